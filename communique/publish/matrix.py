"""Issues × reports of one engagement, and what was expected of it against what reports then tell.

Read out of the record's rows when asked for: "not mentioned" is nobody's word, and is not stored. Both the command line
and the site show what is worked out here; what counts as silence is decided in `link.issue_outcomes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.link.issue_keys import Words
from communique.link.issue_outcomes import Cell, Outcome, Told, find_outcomes, read_silence
from communique.link.silences import find_top
from communique.model import Phase, Status

Row = Mapping[str, Any]
_PHASES = {Phase.EXPECTED: 0, Phase.ADDRESSED: 1, Phase.AVOIDED: 2}


@dataclass(frozen=True, slots=True)
class Tables:
    """What of a record matrices are made of, by what it belongs to. ``read``: the words of a report's own voice."""

    engagements: Mapping[str, Row]
    parts: Mapping[str, list[str]]  # of each engagement, those that it contains
    parents: Mapping[str, str | None]
    agenda: Mapping[str, list[Row]]  # by engagement
    issues: Mapping[str, Row]  # by name
    names: Mapping[str, str]  # of issues, by id
    kin: Mapping[str, set[str]]  # of each issue, those that are wider or narrower
    read: Callable[[str], Words]


def index_tables(
    engagements: Sequence[Row], agenda: Sequence[Row], issues: Sequence[Row], read: Callable[[str], Words]
) -> Tables:
    """Puts the rows of a record in order, once for all matrices."""
    parts: defaultdict[str, list[str]] = defaultdict(list)
    by_engagement: defaultdict[str, list[Row]] = defaultdict(list)
    kin: defaultdict[str, set[str]] = defaultdict(set)
    names = {row["id"]: row["name"] for row in issues}
    for row in engagements:
        if row["parent"] is not None:
            parts[row["parent"]].append(row["id"])
    for item in agenda:
        if item["engagement"] is not None:
            by_engagement[item["engagement"]].append(item)
    for row in issues:
        for wider in row["broader"]:
            kin[row["name"]].add(names[wider])
            kin[names[wider]].add(row["name"])
    return Tables(
        engagements={row["id"]: row for row in engagements},
        parts=parts,
        parents={row["id"]: row["parent"] for row in engagements},
        agenda=by_engagement,
        issues={row["name"]: row for row in issues},
        names=names,
        kin=kin,
        read=cache(read),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """An issue: by report either its items or how the report is silent; and, if it was expected, what came of it."""

    issue: str
    names: tuple[str, ...]
    broader: tuple[str, ...]
    cells: Mapping[str, list[Row] | Cell]
    outcome: Outcome | None
    resting_on: tuple[str, ...]  # reports: those that tell the outcome, or that are silent


@dataclass(frozen=True, slots=True)
class Matrix:
    """Issues × reports. ``after``: reports that tell that the engagement, or a part of it, took place."""

    engagement: str
    parts: tuple[str, ...]
    reports: tuple[str, ...]
    after: tuple[str, ...]
    lines: tuple[Line, ...]


def make_matrix(id: str, tables: Tables) -> Matrix:
    """The matrix of an engagement and of what it contains.

    Args:
        id: Of the engagement.
        tables: Of its record.

    Returns:
        Lines in the order of the first expectation, then by name; reports in the order of their ids.
    """
    scope = _find_parts(id, tables)
    places = [place for one in scope for place in tables.engagements[one]["evidence"]]
    items = [item for one in scope for item in tables.agenda.get(one, ())]
    reports = sorted({place["document"] for place in places})
    after = sorted({place["document"] for place in places if place["status"] == Status.HAPPENED})
    whole = _find_parts(find_top(id, tables.parents), tables)
    outcomes = _find_outcomes([item for one in whole for item in tables.agenda.get(one, ())], after, tables)
    grouped = _group(items)
    lines = []
    for issue, found in grouped.items():
        kin = [item for other in tables.kin.get(issue, ()) for item in grouped.get(other, ())]
        speaking = {item["document"] for item in kin}
        lines.append(_make_line(issue, found, reports, outcomes, speaking, tables))
    return Matrix(id, tuple(sorted({*scope} - {id})), tuple(reports), tuple(after), tuple(lines))


def _make_line(
    issue: str,
    items: list[Row],
    reports: Sequence[str],
    outcomes: Mapping[str, tuple[Outcome, tuple[str, ...]]],
    speaking: set[str],
    tables: Tables,
) -> Line:
    """``speaking``: reports with an item of a wider or narrower issue, which are not silent on this one."""
    row = tables.issues.get(issue, {"names": [issue], "broader": []})
    cells = {document: _read_cell(document, items, row["names"], tables) for document in reports}
    for document in speaking & {name for name, cell in cells.items() if cell is Cell.NOT_MENTIONED}:
        cells[document] = Cell.NAMED
    is_expected = any(item["phase"] == Phase.EXPECTED for item in items)
    outcome, resting_on = outcomes[issue] if is_expected else (None, ())
    broader = tuple(tables.names[wider] for wider in row["broader"])
    return Line(issue, tuple(row["names"]), broader, cells, outcome, resting_on)


def _find_parts(id: str, tables: Tables) -> list[str]:
    """An engagement and all that it contains, each once."""
    found: dict[str, None] = {}
    waiting = [id]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            waiting += tables.parts.get(one, ())
    return list(found)


def _group(items: Iterable[Row]) -> dict[str, list[Row]]:
    """Items by issue: what was expected first, then by name."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (_PHASES.get(item["phase"], 9), item["document"], item["id"])):
        found[item["issue"]].append(item)
    order = sorted(found, key=lambda issue: (_PHASES.get(found[issue][0]["phase"], 9), issue.casefold(), issue))
    return {issue: found[issue] for issue in order}


def _read_cell(document: str, items: Iterable[Row], names: Iterable[str], tables: Tables) -> list[Row] | Cell:
    own = [item for item in items if item["document"] == document]
    return own or read_silence(names, tables.read(document))


def _find_outcomes(
    items: Iterable[Row], after: Sequence[str], tables: Tables
) -> dict[str, tuple[Outcome, tuple[str, ...]]]:
    told = [Told(item["issue"], Phase(item["phase"]), item["document"]) for item in items]
    names = {name: row["names"] for name, row in tables.issues.items()}
    return find_outcomes(told, after, names, tables.kin, {document: tables.read(document) for document in after})


def matrix_to_plain(matrix: Matrix) -> dict[str, Any]:
    """A matrix as plain JSON values: every item with its voice and passages, every silence as a word."""
    return {
        "engagement": matrix.engagement,
        "parts": list(matrix.parts),
        "reports": [{"document": name, "after": name in matrix.after} for name in matrix.reports],
        "issues": [_line_to_plain(line) for line in matrix.lines],
    }


def _line_to_plain(line: Line) -> dict[str, Any]:
    cells = [
        {"document": document, "state": str(cell), "items": []}
        if isinstance(cell, Cell)
        else {"document": document, "state": ", ".join(dict.fromkeys(item["phase"] for item in cell)), "items": cell}
        for document, cell in line.cells.items()
    ]
    return {
        "issue": line.issue,
        "names": list(line.names),
        "broader": list(line.broader),
        "cells": cells,
        "outcome": str(line.outcome) if line.outcome else None,
        "outcome_reports": list(line.resting_on),
    }
