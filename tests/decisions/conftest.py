"""A record on which people decide: reports by hand, linked by the rules, in a file of its own for each test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from communique.decisions import Draft, decide
from communique.link import link
from communique.model import (
    Action,
    Annotations,
    Commitment,
    Decision,
    EngagementKind,
    Forecast,
    Measure,
    MeasureKind,
    Reading,
    Status,
    content_id,
)
from communique.record.reader import open_record
from communique.record.rows import Row
from communique.record.writer import RecordWriter, Run
from communique.tables import get_tables_digest
from communique.version import VERSION
from tests.factory import cite, make_source, make_statement
from tests.link.build import Report

RUN = Run(VERSION, "no model", get_tables_digest())

FIRST = (
    "Ana Ruiz met Ben Okafor in Lisbon on 3 March 2024. “We will reopen the embassy by June,” Ruiz said. "
    "Ana Ruiz dined with Carl Lind in Lisbon on 3 March 2024. Norland will probably answer the ban."
)
SECOND = "Ruiz-Vega banned imports of grain. Anna Ruiz-Vega met Ben Okafor in Lisbon."
THIRD = "Ben Okafor and Carl Lind held talks in Oslo on 9 May 2024. The talks were long, Lind said. \N{GRINNING FACE}"


def make_readings() -> list[Reading]:
    """Three reports: two on one meeting, which name a person differently, and one on another meeting."""
    return [_first(), _second(), _third()]


def _first() -> Reading:
    report = Report(FIRST, "2024-03-04", "first.txt")
    report.knows("Ana Ruiz", "Ruiz").knows("Ben Okafor").knows("Carl Lind")
    report.tells(
        "Ana Ruiz met Ben Okafor", EngagementKind.MEETING, "Ana Ruiz", "Ben Okafor", day="2024-03-03", place="Lisbon"
    )
    report.tells("Ana Ruiz dined with Carl Lind", EngagementKind.DINNER, "Ana Ruiz", "Carl Lind", day="2024-03-03")
    document, ruiz = report.document, report.referents["Ana Ruiz"].id
    promise, hope = cite(document, "We will reopen the embassy by June"), cite(document, "Norland will probably answer")
    speaker = make_source(document.evidence(FIRST.index("Ruiz said"), FIRST.index(" said")), "Ana Ruiz", ruiz)
    report.rows = Annotations(
        statements=(make_statement(promise, cite(document, "said"), speaker),),
        commitments=(
            Commitment(
                content_id("com", document.id, 1),
                document.id,
                (speaker,),
                (),
                "reopen the embassy",
                None,
                None,
                (promise,),
            ),
        ),
        forecasts=(
            Forecast(
                content_id("fct", document.id, 1), document.id, None, "Norland answers", "probably", None, None, (hope,)
            ),
        ),
    )
    return report.read()


def _second() -> Reading:
    report = Report(SECOND, "2024-03-05", "second.txt")
    report.knows("Anna Ruiz-Vega", "Ruiz-Vega").knows("Ben Okafor")
    report.tells(
        "Anna Ruiz-Vega met Ben Okafor",
        EngagementKind.MEETING,
        "Anna Ruiz-Vega",
        "Ben Okafor",
        day="2024-03-03",
        place="Lisbon",
    )
    document, vega = report.document, report.referents["Anna Ruiz-Vega"].id
    ban = cite(document, "banned imports of grain")
    actor = make_source(cite(document, "Ruiz-Vega"), "Ruiz-Vega", vega)
    report.rows = Annotations(
        measures=(
            Measure(
                content_id("msr", document.id, 1),
                document.id,
                MeasureKind.BAN,
                "ban",
                actor,
                (),
                None,
                Status.HAPPENED,
                (ban,),
            ),
        ),
    )
    return report.read()


def _third() -> Reading:
    report = Report(THIRD, None, "third.txt")
    report.knows("Ben Okafor").knows("Carl Lind", "Lind")
    report.tells(
        "Ben Okafor and Carl Lind held talks",
        EngagementKind.TALKS,
        "Ben Okafor",
        "Carl Lind",
        day="2024-05-09",
        place="Oslo",
    )
    document, lind = report.document, report.referents["Carl Lind"].id
    said = replace(
        make_statement(
            cite(document, "The talks were long"), None, make_source(cite(document, "Lind", 1), "Lind", lind)
        ),
        engagement=report.events[0].id,
    )
    report.rows = Annotations(statements=(said,))
    return report.read()


def build(path: Path, readings: list[Reading] | None = None, run: Run = RUN) -> Path:
    """Reads reports into a record, linked."""
    with RecordWriter(path, run) as writer:
        for reading in make_readings() if readings is None else readings:
            writer.add(reading)
        if writer.needs_linking():
            writer.relink()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return build(tmp_path / "story.db")


def rows(path: Path, noun: str) -> list[Row]:
    with open_record(path) as record:
        return record.rows(noun)


def find(path: Path, noun: str, words: str) -> Row:
    """The one row of a noun in which the words occur."""
    found = [row for row in rows(path, noun) if words in str(row)]
    assert len(found) == 1, (noun, words, len(found))
    return found[0]


def named(path: Path, name: str) -> Row:
    """The entity of a name."""
    return next(row for row in rows(path, "entities") if row["name"] == name)


def act(path: Path, action: Action, subject: str, who: str = "Kim", why: str = "", **values: Any) -> Decision:
    """Decides, at a time that tells nothing."""
    return decide(path, Draft(action, subject, values, why), who)


def dump(path: Path, *without: str) -> dict[str, list[Row]]:
    """Everything that is shown or derived, but for the log itself."""
    tables = ("documents", "entities", "mentions", "times", "statements", "engagements", "event_mentions", "agenda")
    more = ("commitments", "forecasts", "measures", "comparisons", "problems")
    with open_record(path) as record:
        found = {noun: record.rows(noun) for noun in (*tables, *more)}
        for name in ("evidence", "reviews", "relocated", "statement_words"):
            order = "1, 2, 3, 4, 5, 6" if name == "evidence" else "1, 2"
            found[name] = [{"cells": row} for row in record.query(f"SELECT * FROM {name} ORDER BY {order}")]
    return {noun: found_rows for noun, found_rows in found.items() if noun not in without}


def relinked(path: Path) -> dict[str, list[Row]]:
    """As `dump`, after layer 2 was made anew from layer 1 and the log."""
    with RecordWriter(path, RUN) as writer:
        writer.replace_linked(link(list(writer.readings()), writer.registers(), writer.decisions()))
    return dump(path)
