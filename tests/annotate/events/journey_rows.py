"""What the program finds of one row of ``journeys.toml``, set beside what the row says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from communique.annotate.events.engagements import find_engagements
from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import parse
from communique.annotate.times import find_times
from communique.annotate.who.actors import find_actors
from communique.model import EventMention, Role
from communique.read.reader import read_text
from communique.text.timex.days import find_days

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with what a reader finds in it."""

    group: str
    published: str
    text: str
    when: str
    town: str
    people: frozenset[str]
    wrong: frozenset[str] = frozenset()  # what the rules have wrong: "date", "place", "who"


@dataclass(frozen=True, slots=True)
class Found:
    """One engagement with what its visit adds."""

    kind: str
    days: frozenset[Days]
    towns: frozenset[str]
    people: frozenset[str]

    def find_faults(self, row: Row) -> frozenset[str]:
        """Which of the row's fields are otherwise here."""
        days = find_days(row.when) if row.when else None
        wanted = frozenset({(days.start, days.end)}) if days and days.start and days.end else frozenset()
        is_right = {
            "date": wanted <= self.days if wanted else not self.days,
            "place": row.town in self.towns if row.town else not self.towns,
            "who": row.people == self.people,
        }
        return frozenset(name for name, right in is_right.items() if not right)


def load_rows(name: str) -> list[Row]:
    """The rows of a table beside this module."""
    cases = tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))["case"]
    return [
        Row(group, published, text, when, town, frozenset(people), frozenset(wrong))
        for group, published, text, when, town, people, *wrong in cases
    ]


def find_engaged(row: Row, model: LanguageModel) -> list[Found]:
    """The engagements of a row's sentence; each has the days and places of the visit that it lies in, too."""
    document = read_text(row.text, "row.txt", {"published": row.published})
    parsed = parse(document, model)
    actors, times = find_actors(parsed), find_times(parsed)
    groups: dict[str, list[EventMention]] = {}
    for event in find_engagements(parsed, actors, times):
        groups.setdefault(event.same_as or event.id, []).append(event)
    found = []
    for group in groups.values():
        parents = [event for own in group for event in groups.get(own.parent or "", ())]
        days, towns = _tell_when(group) or _tell_when(parents), _tell_where(group) or _tell_where(parents)
        people = frozenset(p.name for event in group for p in event.participants if p.role is not Role.ABSENT)
        found.append(Found(group[0].kind.value, days, towns, people))
    return found


def find_faults(row: Row, found: list[Found]) -> frozenset[str]:
    """The fields that the nearest engagement has wrong; "missed" where none is found."""
    faults = [one.find_faults(row) for one in found]
    return min(faults, key=lambda names: (len(names), sorted(names)), default=frozenset({"missed"}))


def _tell_when(events: list[EventMention]) -> frozenset[Days]:
    return frozenset((e.date.start, e.date.end) for e in events if e.date and e.date.start and e.date.end)


def _tell_where(events: list[EventMention]) -> frozenset[str]:
    return frozenset(event.place.name for event in events if event.place)
