"""Whole short reports, with every engagement that a reader finds in them (``reports.toml``).

What the rules have wrong is marked there (``missed``, ``beside``), so that this test tells when that changes.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.annotate.language_model import LanguageModel
from communique.model import EventMention, Role
from communique.text.timex.days import find_days
from tests.annotate.events.engagement_texts import Told, read

REPORTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("reports.toml").read_text("utf-8"))["report"]


def gather(told: Told) -> list[list[EventMention]]:
    """The event mentions of each engagement."""
    groups: dict[str, list[EventMention]] = {}
    for event in told.events:
        groups.setdefault(event.same_as or event.id, []).append(event)
    return list(groups.values())


def tell(group: list[EventMention], published: date) -> dict[str, Any]:
    """An engagement as ``reports.toml`` writes it."""
    people = [p for event in group for p in event.participants]
    present = {p.name for p in people if p.role is not Role.ABSENT}
    dates = [event.date for event in group if event.date and event.date.start]
    statuses = [event.status.value for event in group]
    return {
        "kind": group[0].kind.value,
        "who": present,
        "absent": {p.name for p in people if p.role is Role.ABSENT} - present,
        "when": [(when.start, when.end) for when in dates],
        "place": next((event.place.name for event in group if event.place), ""),
        "status": statuses[0],
        "words": group[0].evidence.quote,
    }


def find_faults(wanted: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Which properties of an engagement are not as a reader has them."""
    faults = []
    for name in ("kind", "status", "place"):
        if found[name] != wanted[name]:
            faults.append(f"{name} {found[name]!r}")
    for name in ("who", "absent"):
        if found[name] != set(wanted.get(name, ())):
            faults.append(f"{name} {sorted(found[name])}")
    days = parse_days(wanted["when"])
    if (days is None) != (not found["when"]) or (days is not None and days not in found["when"]):
        faults.append(f"when {found['when']}")
    return faults


def parse_days(words: str) -> tuple[date, date] | None:
    days = find_days(words) if words else None
    return (days.start, days.end) if days and days.start and days.end else None


def match(report: dict[str, Any], model: LanguageModel) -> tuple[list[tuple[dict[str, Any], list[str]]], list[str]]:
    """Every engagement that a reader finds, with its faults (["missed"] without any); and what is found beside."""
    published = date.fromisoformat(report["published"])
    found = [tell(group, published) for group in gather(read(report["text"].strip(), model, published=published))]
    rated = []
    for wanted in report["told"]:
        pairs = [(len(find_faults(wanted, one)), number) for number, one in enumerate(found) if overlap(wanted, one)]
        if not pairs:
            rated.append((wanted, ["missed"]))
            continue
        rated.append((wanted, find_faults(wanted, found.pop(min(pairs)[1]))))
    return rated, [one["words"] for one in found]


def overlap(wanted: dict[str, Any], found: dict[str, Any]) -> bool:
    """Could these be one engagement: its kind, or all of its people?"""
    who, theirs = {*wanted["who"], *wanted.get("absent", ())}, found["who"] | found["absent"]
    return bool(who & theirs or not who) and (found["kind"] == wanted["kind"] or who == theirs)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["text"].strip().partition(" --")[0][:24])
def test_a_report_tells_what_a_reader_finds_in_it(report: dict[str, Any], language_model: LanguageModel) -> None:
    rated, beside = match(report, language_model)
    for wanted, faults in rated:
        assert bool(faults) == wanted.get("missed", False), (wanted["kind"], wanted["who"], faults)
    assert beside == report.get("beside", [])
