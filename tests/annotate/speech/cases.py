"""Reads ``cases.toml`` and sets what is found beside what is expected, field by field.

Marks may nest here: ``{content:“It rained. {source2:He} {cue2:said} {content2:so},”} {cue:said} {source:Weber}.``
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.model import PartKind, Source, Statement

CASES = Path(__file__).with_name("cases.toml")
FIELDS = ("content", "cue", "source", "form", "polarity", "kind", "via", "to")
_OPEN = re.compile(r"\{([a-z]+)(\d*):")

Place = tuple[int, int]


@dataclass
class Expected:
    """One statement as it should be. None: not compared."""

    row: dict[str, Any]
    content: list[Place] = field(default_factory=list)
    cue: Place | None = None
    source: Place | None = None


@dataclass
class Case:
    why: str
    text: str
    part: PartKind
    says: list[Expected]
    xfail: str | None


def read_nested_marks(marked: str) -> tuple[str, list[tuple[str, int, Place]]]:
    """The text without marks, and (label, number of the statement, place) of each, as they close."""
    plain, at, length = [], 0, 0
    open_marks: list[tuple[str, int, int]] = []
    marks = []
    while at < len(marked):
        if found := _OPEN.match(marked, at):
            open_marks.append((found[1], int(found[2] or 1), length))
            at = found.end()
        elif marked[at] == "}":
            label, number, start = open_marks.pop()
            marks.append((label, number, (start, length)))
            at += 1
        else:
            plain.append(marked[at])
            length += 1
            at += 1
    assert not open_marks, marked
    return "".join(plain), marks


def read_cases(path: Path = CASES) -> list[Case]:
    return [_read_case(row) for row in tomllib.loads(path.read_text("utf-8"))["case"]]


def _read_case(row: dict[str, Any]) -> Case:
    text, marks = read_nested_marks(row["text"].strip("\n"))
    says = [Expected(said) for said in row["says"]]
    for label, number, place in marks:
        if label == "content":
            says[number - 1].content.append(place)
        elif label == "cue":
            says[number - 1].cue = place
        else:
            assert label == "source", label
            says[number - 1].source = place
    assert all(expected.content for expected in says), row["why"]
    return Case(row["why"], text, PartKind(row.get("part", "body")), says, row.get("xfail"))


def pair(case: Case, found: list[Statement]) -> list[tuple[Expected | None, Statement | None]]:
    """Each expected statement with the one whose content shares most with it; what is left over stands alone."""
    left = list(found)
    pairs: list[tuple[Expected | None, Statement | None]] = []
    for expected in case.says:
        best = max(left, key=lambda statement: _shared(expected, statement), default=None)
        if best is not None and _shared(expected, best) > 0:
            left.remove(best)
            pairs.append((expected, best))
        else:
            pairs.append((expected, None))
    return pairs + [(None, statement) for statement in left]


def _shared(expected: Expected, statement: Statement) -> float:
    """How much of both contents is the same, from 0 to 1."""
    want = {at for start, end in expected.content for at in range(start, end)}
    have = {at for part in statement.content for at in range(part.start, part.end)}
    return len(want & have) / len(want | have)


def compare(expected: Expected, found: Statement, text: str) -> dict[str, tuple[object, object]]:
    """Of each field that is compared: what is wanted and what was found, in words."""
    row, source = expected.row, found.source
    pairs: dict[str, tuple[object, object]] = {
        "content": (
            [text[start:end] for start, end in expected.content],
            [text[part.start : part.end] for part in found.content],
        ),
        "form": (row["form"], found.form.value),
        "polarity": (row.get("polarity", "asserted"), found.polarity.value),
        "via": (row.get("via", []), [link.name for link in found.via]),
        "source": _compare_source(expected, source, text),
    }
    if expected.cue:
        pairs["cue"] = (text[slice(*expected.cue)], found.cue.quote if found.cue else None)
    if "kind" in row:
        pairs["kind"] = (row["kind"], source.kind.value if source else None)
    if "to" in row:
        pairs["to"] = (row["to"], found.addressee.name if found.addressee else None)
    return pairs


def _compare_source(expected: Expected, source: Source | None, text: str) -> tuple[object, object]:
    """The name where the case gives it; else the marked words have to share something with the source's words."""
    if "who" in expected.row:
        return expected.row["who"], source.name if source else ""
    assert expected.source, expected.row
    start, end = expected.source
    if source and source.start is not None and source.end is not None and source.start < end and start < source.end:
        return text[start:end], text[start:end]
    return text[start:end], f"{source.name} ({source.quote})" if source else None
