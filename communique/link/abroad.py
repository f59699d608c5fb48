"""Engagements abroad of registered persons, as what is set beside a register: `Case`.

What an engagement does not say itself is said by what it is part of (the place of a visit) or by its parts (the town of
a meeting on a visit to a state). Left out, and counted by reason: calls and letters, what took place at home,
engagements of nobody who is registered, and parts that have their days from their visit alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from communique.link.assemble import find_state
from communique.link.intervals import NARROW, Interval, find_interval
from communique.link.lending import WITHIN_OTHER, WITHIN_VISIT
from communique.link.places import Level, Spot, make_spot
from communique.model import (
    AHEAD,
    Basis,
    Engagement,
    EngagementKind,
    Entity,
    EntityKind,
    Evidence,
    Participant,
    Precision,
    Role,
    Status,
    When,
)
from communique.text.names import fold_name

_AT_A_DISTANCE = frozenset({EngagementKind.CALL, EngagementKind.LETTER})
# Reports from another time zone may carry the day before.
_SLACK = timedelta(1)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a record says, as far as it is set beside a register.

    ``engagements``: all; where a register narrowed a date, that of the reports counts. ``published``: document id ->
    its day, as far as it is known. ``hints``: engagement id -> words for its day that do not date it (`find_hints`).
    """

    engagements: Sequence[Engagement]
    entities: Sequence[Entity]
    published: Mapping[str, When | None]
    hints: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """One engagement of one registered person; see the module."""

    engagement: str
    entity: str
    status: Status
    is_visit: bool
    told: When | None  # the date as the reports give it
    spots: frozenset[Spot]
    place: str  # in the reports' words; empty when unknown
    surnames: frozenset[str]  # of the others who took part, folded
    evidence: tuple[Evidence, ...]  # words for the place, else for the person
    hints: tuple[str, ...] = ()  # words for its day that do not date it (`hints`)
    not_after: date | None = None  # as far as the days of the reports tell
    not_before: date | None = None

    @property
    def days(self) -> Interval | None:
        return find_interval(self.told)

    @property
    def is_exact(self) -> bool:
        """True when the reports name the days, not a week, a month or a year."""
        days = self.days
        exact = (Precision.DAY, Precision.RANGE)
        return self.told is not None and days is not None and self.told.precision in exact and days.n_days <= NARROW

    @property
    def tells_both_ends(self) -> bool:
        """True for a visit of which a report itself gives first and last day."""
        is_range = self.told is not None and self.told.precision is Precision.RANGE
        return self.is_visit and is_range and self.told is not None and self.told.basis is not Basis.INFERRED


def find_cases(corpus: Corpus, registered: Set[str], left_out: Counter[str]) -> Iterator[Case]:
    """What can be set beside a register, by id; what cannot is counted in ``left_out``, by reason.

    Args:
        corpus: What a record says.
        registered: Ids of the persons who are in the register.
        left_out: Is added to.
    """
    known = {entity.id: entity for entity in corpus.entities}
    family = _Family(corpus.engagements)
    homes = {id: find_state(known[id]) for id in registered}
    common = {home for home in homes.values() if home}
    for row in sorted(corpus.engagements, key=lambda row: row.id):
        persons = sorted({p.entity for p in row.participants if p.entity and p.entity in registered and _took_part(p)})
        told = row.registered.told if row.registered else row.date
        spots = family.find_spots(row)
        reason = _find_reason(row, told, bool(persons))
        if reason:
            left_out[reason] += 1
            continue
        for person in persons:
            territories = {spot.territory for spot in spots if spot.territory}
            if territories and territories <= ({homes[person]} if homes[person] else common):
                left_out["in the person's own country"] += 1
                continue
            yield Case(
                row.id,
                person,
                row.status,
                row.kind is EngagementKind.VISIT,
                told,
                spots,
                family.find_place(row),
                family.find_surnames(row, person, known),
                _find_evidence(row, person),
                corpus.hints.get(row.id, ()),
                *_find_limits(row, corpus.published),
            )


def _find_reason(row: Engagement, told: When | None, has_registered: bool) -> str:
    """Why an engagement cannot be compared; empty when it can."""
    if row.kind in _AT_A_DISTANCE:
        return "calls and letters"
    if not has_registered:
        return "without anybody registered"
    days = find_interval(told)
    if told and told.note in (WITHIN_VISIT, WITHIN_OTHER) and days and days.is_narrow:
        return "with the days of the visit that it is part of"
    return ""


def _took_part(participant: Participant) -> bool:
    return participant.role is not Role.ABSENT and participant.present is not False


def _find_limits(row: Engagement, published: Mapping[str, When | None]) -> tuple[date | None, date | None]:
    """The last day on which it can have been, for a report of it as past; the first, for reports of it as to come."""
    told = row.registered.told if row.registered else row.date
    past, ahead = [], []
    for evidence in row.evidence:
        days = find_interval(published.get(evidence.document))
        if days and evidence.status in (Status.HAPPENED, Status.ONGOING):
            past.append(days.end + _SLACK)
        elif days and evidence.status in AHEAD:
            ahead.append(days.start - _SLACK)
    is_ahead = row.status in AHEAD
    after = [told.end] if told and told.end and not told.start else []
    before = [told.start] if told and told.start and not told.end else []
    return min(past + after, default=None), max((ahead if is_ahead else []) + before, default=None)


def _find_evidence(row: Engagement, person: str) -> tuple[Evidence, ...]:
    """The words for the place, else for the person, else for the engagement."""
    persons = [e for participant in row.participants if participant.entity == person for e in participant.evidence]
    places = row.place.evidence if row.place else ()
    return places or tuple(persons) or tuple(evidence.words for evidence in row.evidence)


class _Family:
    """Engagements with what contains them and what they contain."""

    def __init__(self, engagements: Sequence[Engagement]) -> None:
        self._by_id = {row.id: row for row in engagements}
        self._parts: defaultdict[str, list[Engagement]] = defaultdict(list)
        for row in sorted(engagements, key=lambda row: row.id):
            if row.parent:
                self._parts[row.parent].append(row)

    def _above(self, row: Engagement) -> Iterator[Engagement]:
        """The engagement itself, then what contains it, outwards; a circle ends where it began."""
        seen: set[str] = set()
        while row.id not in seen:
            yield row
            seen.add(row.id)
            row = self._by_id.get(row.parent or "", row)

    def find_place(self, row: Engagement) -> str:
        return next((above.place.name for above in self._above(row) if above.place), "")

    def find_spots(self, row: Engagement) -> frozenset[Spot]:
        """Its places: its own, those around it up to one that names a town or state, and the towns of its parts."""
        spots: set[Spot] = set()
        for above in self._above(row):
            if above.place:
                spots.add(make_spot(above.place))
            if any(spot.territory and spot.level in (Level.CITY, Level.STATE, Level.REGION) for spot in spots):
                break
        states = {spot.territory for spot in spots if spot.territory}
        if not any(spot.level is Level.CITY for spot in spots):
            inner = [make_spot(part.place) for part in self._parts[row.id] if part.place]
            spots |= {
                spot for spot in inner if spot.level is Level.CITY and spot.territory in (states or {spot.territory})
            }
        return frozenset(spots)

    def find_surnames(self, row: Engagement, person: str, known: Mapping[str, Entity]) -> frozenset[str]:
        """Folded surnames of the other persons who took part, in its parts too."""
        rows = [row, *(self._parts[row.id] if row.kind is EngagementKind.VISIT else ())]
        found: set[str] = set()
        for participant in (participant for one in rows for participant in one.participants):
            entity = known.get(participant.entity or "")
            if entity and entity.kind is EntityKind.PERSON and entity.id != person and _took_part(participant):
                found |= {fold_name(name).split()[-1] for name in (entity.name, *entity.names) if fold_name(name)}
        return frozenset(found)
