"""Engagements between two others in time: a first meeting lies after the office was taken and before the second.

"Their first meeting", told without a date, took place before any other meeting of the same two that the corpus dates;
and not before the later of them took the office in which its report shows them. Where the corpus gives both ends, the
days between are what is known. Nothing is chosen within them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from communique.link.entities import Known
from communique.link.intervals import Interval, find_interval
from communique.link.merge import unite_evidence
from communique.link.units import get_family
from communique.model import Basis, Engagement, Evidence, Property, Role, Status
from communique.tables import load_table
from communique.text.dates import parse_edtf

# Ends further apart than this date nothing.
MAX_DAYS = 366


@dataclass(frozen=True, slots=True)
class Chained:
    """Days of an engagement between two others, with the words that they rest on and the steps of the inference."""

    days: Interval
    evidence: tuple[Evidence, ...]
    note: str


def find_chained(engagements: Sequence[Engagement], known: Known) -> dict[str, Chained]:
    """Event mention id -> its days, for the undated mentions of a first meeting of two persons."""
    undated = [row for row in engagements if find_interval(row.date) is None or _is_inferred(row)]
    firsts = [row for row in undated if _is_first(row)]
    if not firsts:
        return {}
    dated: defaultdict[tuple[str, ...], list[Engagement]] = defaultdict(list)
    wanted = {_get_pair(row) for row in firsts}
    for row in engagements:
        people = {p.entity for p in row.participants if p.entity and p.role is not Role.ABSENT}
        if row.status is Status.HAPPENED and get_family(row.kind) == "meeting" and find_interval(row.date):
            for pair in wanted:
                if people >= set(pair):
                    dated[pair].append(row)
    found: dict[str, Chained] = {}
    for row in firsts:
        chained = _bound(row, dated[_get_pair(row)], known)
        if chained is not None:
            found |= {id: chained for account in row.accounts for id in account.mentions}
    return found


def _get_pair(row: Engagement) -> tuple[str, ...]:
    return tuple(sorted(p.entity for p in row.participants if p.entity and p.role is not Role.ABSENT))


def _is_first(row: Engagement) -> bool:
    """ "Their first meeting" of two, without "since" or "in years" behind it."""
    if get_family(row.kind) != "meeting" or len(_get_pair(row)) != 2 or len(row.participants) != 2:
        return False
    numbers: dict[str, int] = load_table("engagements")["ordinals"]["numbers"]
    nouns = set(load_table("engagements")["nouns"])
    for account in row.accounts:
        for assertion in account.assertions:
            words = assertion.value.lower().split()
            is_of_meeting = assertion.property is Property.ORDINAL and words[-1] in nouns
            if is_of_meeting and any(numbers.get(word) == 1 for word in words):
                return True
    return False


def _is_inferred(row: Engagement) -> bool:
    return row.date is not None and row.date.basis is Basis.INFERRED


def _bound(row: Engagement, others: Iterable[Engagement], known: Known) -> Chained | None:
    begun = [start for person in _get_pair(row) for start in find_begun(person, row.accounts[0].document, known)]
    if not begun:
        return None
    first, words, office = max(begun, key=lambda start: start[0])
    later = [(days, other) for other in others if other.id != row.id and (days := find_interval(other.date))]
    later = [(days, other) for days, other in later if days.start >= first]
    if not later:
        return None
    days, other = min(later, key=lambda pair: (pair[0].end, pair[1].id))
    if (days.end - first).days > MAX_DAYS:
        return None
    note = f"between taking office as {office} and their next dated meeting"
    evidence = (*words, *(other.date.evidence if other.date else ()))
    return Chained(Interval(first, days.end), unite_evidence(evidence), note)


Begun = tuple[date, tuple[Evidence, ...], str]


def find_begun(person: str, document: str, known: Known) -> list[Begun]:
    """First days of the offices in which a document shows a person, as far as another document dates them."""
    found = []
    for office in known.entities[person].offices:
        when = parse_edtf(office.start) if office.start else None
        documents = {evidence.document for evidence in office.evidence}
        if when is not None and when.start is not None and not office.former and document in documents:
            found.append((when.start, office.evidence, office.office))
    return found
