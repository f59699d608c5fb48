"""A report of one sentence and the exported engagements told in it -> what is right.

Of the engagements whose evidence lies in the report, the one that holds most of the persons wanted is judged. What it
does not say itself may be said by an engagement that it belongs to, or that belongs to it ("arrived in Cairo on 7 May
for talks with …"), or by the only other engagement of the sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.register.sentences import Report

Row = Mapping[str, Any]

_TITLE = re.compile(r"^(?:Lord|Lady|Sir|Dame) (?=\w)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is right of one report, and what was found, for reading."""

    report: Report
    date: bool
    place: bool
    persons: bool  # all wanted, the traveller too, and no other person
    n_found: int  # of the persons wanted, without the traveller
    found: str

    @property
    def right(self) -> bool:
        return self.date and self.place and self.persons


def judge(report: Report, engagements: Sequence[Row], entities: Mapping[str, Row]) -> Verdict:
    """Judges the engagements that are told in the report; ``entities`` are those of the export, by id."""
    if not engagements:
        return Verdict(report, False, False, False, 0, "no engagement")
    best = max(engagements, key=lambda row: (_count(report, row, entities), -len(_persons(row, entities)), row["id"]))
    around = [best, *_around(best, engagements)]
    start, end = report.trip.start.isoformat(), report.trip.end.isoformat()
    dates = [row["date"] for row in around if row["date"] and row["date"]["start"]]
    places = [row["place"] for row in around if row["place"]]
    return Verdict(
        report,
        bool(dates) and (dates[0]["start"], dates[0]["end"]) == (start, end),
        bool(places) and _fold(report.trip.place) in _name_place(places[0], entities),
        _all_right(report, best, entities),
        _count(report, best, entities),
        " | ".join(_show(row) for row in around),
    )


def _around(best: Row, engagements: Sequence[Row]) -> list[Row]:
    """The others of the sentence, what contains ``best`` first."""
    others = [row for row in engagements if row["id"] != best["id"]]
    near = [row for row in others if row["id"] == best["parent"]]
    near += [row for row in others if row["parent"] == best["id"]]
    return near or (others if len(others) == 1 else [])


def _name_place(place: Row, entities: Mapping[str, Row]) -> set[str]:
    """Its names, folded: a place may go by another name in the record ("Kiev", "Kyiv")."""
    names = (place["name"], *entities.get(place["entity"] or "", {}).get("names", ()))
    return {_fold(name.split(",")[0]) for name in names}


def _persons(row: Row, entities: Mapping[str, Row]) -> list[list[str]]:
    """For each person that takes part, the folded names known."""
    found = []
    for participant in row["participants"]:
        entity = entities.get(participant["entity"] or "", {})
        if participant["role"] != "absent" and entity.get("kind", "person") == "person":
            found.append([_fold(name) for name in (participant["name"], *entity.get("names", ()))])
    return found


def _wanted(report: Report) -> list[list[str]]:
    """Names of the persons met, folded, without a title that is not part of the name ("Lord Carrington")."""
    return [_fold(_TITLE.sub("", person.name)).split() for person in report.trip.persons]


def _count(report: Report, row: Row, entities: Mapping[str, Row]) -> int:
    found = _persons(row, entities)
    return sum(any(_is_named(words, names) for names in found) for words in _wanted(report))


def _all_right(report: Report, row: Row, entities: Mapping[str, Row]) -> bool:
    """Every person wanted and the traveller is one of the participants, one each, and no other person is."""
    found = _persons(row, entities)
    for words in [*_wanted(report), [_fold(report.trip.surname)]]:
        match = next((names for names in found if _is_named(words, names)), None)
        if match is None:
            return False
        found.remove(match)
    return not found


def _is_named(words: Sequence[str], names: Sequence[str]) -> bool:
    """Whether one of the names holds the words in their order ("hosni mubarak" is named by "mubarak")."""
    wanted = " ".join(words)
    return any(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", name) for name in names)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _show(row: Row) -> str:
    people = ", ".join(f"{p['name']} ({p['role']})" for p in row["participants"])
    date = row["date"]["edtf"] if row["date"] else None
    return f"{row['kind']} [{people}] {date} {row['place']['name'] if row['place'] else None} {row['status']}"
