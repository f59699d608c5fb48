"""Pairs of short reports (``accounts.toml``), through both layers: how their accounts stand to each other.

What the rules have wrong is marked there ("missed duration", "extra when"), so that this test tells when that changes.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from communique.annotate import annotate
from communique.annotate.language_model import LanguageModel
from communique.link import link
from communique.model import Comparison, Linked, Part, PartKind, Reading, Relation
from communique.read.reader import read_text

# Agreement is shown wherever there is any; a row names only what it is about.
_ALWAYS = (Relation.CORROBORATES, Relation.BROADER)


@dataclass(frozen=True, slots=True)
class Pair:
    """Reports with the relations that a reader finds between their accounts."""

    name: str
    reports: tuple[tuple[str, str, str], ...]
    relations: frozenset[tuple[str, str]]
    wrong: frozenset[str]


def load_pairs() -> list[Pair]:
    table = tomllib.loads(Path(__file__).with_name("accounts.toml").read_text("utf-8"))["pair"]
    return [
        Pair(
            row["name"],
            tuple((day, publisher, text) for day, publisher, text in row["reports"]),
            frozenset((name, relation) for name, relation in row["relations"]),
            frozenset(row.get("wrong", ())),
        )
        for row in table
    ]


def link_pair(pair: Pair, model: LanguageModel) -> Linked:
    readings = []
    for number, (day, publisher, text) in enumerate(pair.reports):
        document = read_text(text, f"{number}.txt", {"published": day, "publisher": publisher})
        assert Part(PartKind.BODY, 0, len(text)) in document.parts or document.parts
        readings.append(Reading(document, annotate(document, model)))
    return link(readings)


def find_faults(pair: Pair, comparisons: tuple[Comparison, ...]) -> frozenset[str]:
    """What is missed, and what is called otherwise than a reader calls it."""
    found = {(c.property, c.relation.value) for c in comparisons if c.property != "text"}
    told = {(name, relation) for name, relation in found if relation not in _ALWAYS}
    missed = {f"missed {name}" for name, relation in pair.relations if (name, relation) not in found}
    return frozenset(missed | {f"extra {name} {relation}" for name, relation in told - pair.relations})


@pytest.mark.parametrize("pair", load_pairs(), ids=lambda pair: pair.name)
def test_accounts_compare_as_a_reader_compares_them(pair: Pair, language_model: LanguageModel) -> None:
    linked = link_pair(pair, language_model)
    assert find_faults(pair, linked.comparisons) == pair.wrong, linked.comparisons


def test_few_pairs_are_read_wrongly() -> None:
    pairs = load_pairs()
    assert sum(bool(pair.wrong) for pair in pairs) <= 0.15 * len(pairs)
