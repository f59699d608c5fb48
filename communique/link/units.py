"""Event mentions, and sets of them, as what is compared: `Unit`.

A unit holds what one document (later: several) says of one engagement: who, where, when, of what kind. Participants are
entities; people without a name are words. ``yearless`` is a date without a year (`intervals`); ``context`` is what the
visit in whose report the words stand lends to them, used where they say nothing themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from communique.link.entities import Known
from communique.link.intervals import Interval, find_interval, find_yearless, widen
from communique.link.places import Spot, make_spot
from communique.model import (
    EngagementKind,
    EntityKind,
    EventMention,
    Property,
    Reading,
    Role,
    Status,
    TimeExpression,
)
from communique.text.names import find_group_kinds, fold_name

# Kinds that reports use for one and the same occasion.
FAMILIES = {
    EngagementKind.MEETING: "meeting",
    EngagementKind.TALKS: "meeting",
    EngagementKind.CONFERENCE: "meeting",
    EngagementKind.CEREMONY: "ceremony",
    EngagementKind.SIGNING: "ceremony",
}
AHEAD = frozenset({Status.PLANNED, Status.EXPECTED, Status.POSSIBLE})
# Reports on the day itself speak of the event as planned and as past; three days cover time zones and late editions.
PUBLICATION_SLACK = 3
_SETS = (
    *("kinds", "persons", "bodies", "groups", "visitors", "hosts", "spots", "dates", "yearless"),
    *("bounds", "ordinals", "topics", "documents", "context_dates", "context_spots", "context_visits"),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is compared; see the module. Sets are over all its mentions."""

    id: str  # smallest id of its mentions
    mentions: tuple[EventMention, ...]
    family: str  # of its kinds, all of which are of one
    kinds: frozenset[EngagementKind]
    persons: frozenset[str]
    bodies: frozenset[str]
    groups: frozenset[str]
    visitors: frozenset[str]
    hosts: frozenset[str]
    spots: frozenset[Spot]
    dates: frozenset[Interval]
    yearless: frozenset[Interval] = frozenset()
    bounds: frozenset[Interval] = frozenset()  # of undated ones: what their report's date leaves open
    ordinals: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    ahead: bool = False
    context_dates: frozenset[Interval] = field(default=frozenset(), compare=False)
    context_spots: frozenset[Spot] = field(default=frozenset(), compare=False)
    context_visits: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def is_visit(self) -> bool:
        return EngagementKind.VISIT in self.kinds

    @property
    def who(self) -> frozenset[str]:
        """Persons where there are any, else institutions and states."""
        return self.persons or self.bodies

    @property
    def is_dated(self) -> bool:
        """True when its own words give days, not only a month or a year."""
        return any(days.is_narrow for days in self.dates)

    @property
    def all_dates(self) -> frozenset[Interval]:
        return self.dates if self.is_dated else self.dates | self.context_dates

    @property
    def all_spots(self) -> frozenset[Spot]:
        return self.spots | self.context_spots


def get_family(kind: EngagementKind) -> str:
    """Kinds of one family may be one engagement."""
    return FAMILIES.get(kind, kind.value)


def make_units(reading: Reading, known: Known) -> list[Unit]:
    """The units of one document: event mentions that it declares to be the same, put together. Sorted by id."""
    events = {event.id: event for event in reading.annotations.events}
    groups: dict[str, list[EventMention]] = {}
    for event in sorted(events.values(), key=lambda event: event.id):
        groups.setdefault(_find_first(event, events), []).append(event)
    units = [unite([make_unit(event, reading, known) for event in group]) for group in groups.values()]
    return sorted(units, key=lambda unit: unit.id)


def _find_first(event: EventMention, events: dict[str, EventMention]) -> str:
    """Follows ``same_as`` to its end; a circle ends at its smallest id."""
    seen = [event.id]
    while (earlier := events[seen[-1]].same_as) in events and earlier is not None:
        if earlier in seen:
            return min(seen[seen.index(earlier) :])
        seen.append(earlier)
    return seen[-1]


def make_unit(event: EventMention, reading: Reading, known: Known) -> Unit:
    """What one event mention says, as it is compared."""
    persons: set[str] = set()
    bodies: set[str] = set()
    groups: set[str] = set()
    visitors: set[str] = set()
    hosts: set[str] = set()
    for participant in event.participants:
        if participant.role is Role.ABSENT or participant.present is False:
            continue
        entity = known.get(participant.entity)
        kind = known.entities[entity].kind if entity else EntityKind.GROUP
        if entity is None or kind is EntityKind.GROUP:
            groups.add(participant.name)
            continue
        (persons if kind is EntityKind.PERSON else bodies).add(entity)
        if participant.role is Role.VISITOR:
            visitors.add(entity)
        elif participant.role is Role.HOST:
            hosts.add(entity)
    interval = find_interval(event.date)
    yearless = None if interval else _find_yearless(event, reading.annotations.times)
    return Unit(
        id=event.id,
        mentions=(event,),
        family=get_family(event.kind),
        kinds=frozenset([event.kind]),
        persons=frozenset(persons),
        bodies=frozenset(bodies),
        groups=frozenset(groups),
        visitors=frozenset(visitors),
        hosts=frozenset(hosts),
        spots=frozenset([make_spot(event.place)] if event.place else []),
        dates=frozenset([interval] if interval else []),
        yearless=frozenset([yearless] if yearless else []),
        bounds=_bound(event.status, reading),
        ordinals=frozenset(fold_name(a.value) for a in event.assertions if a.property is Property.ORDINAL),
        topics=frozenset(fold_name(a.value) for a in event.assertions if a.property is Property.TOPIC),
        documents=frozenset([event.document]),
        ahead=event.status in AHEAD,
    )


def _find_yearless(event: EventMention, times: Iterable[TimeExpression]) -> Interval | None:
    """The day of the year that a mention's date has, or else the words that the date rests on."""
    if event.date is None:
        return None
    if yearless := find_yearless(event.date.edtf):
        return yearless
    words = {evidence.span for evidence in event.date.evidence}
    found = {interval for t in times if (t.start, t.end) in words and (interval := find_yearless(t.edtf or t.value))}
    return found.pop() if len(found) == 1 else None


def _bound(status: Status, reading: Reading) -> frozenset[Interval]:
    """What happened was before the report, what is planned comes after it: only where the report's day is known."""
    published = find_interval(reading.document.published)
    if published is None or not published.is_narrow:
        return frozenset()
    near = widen(published, PUBLICATION_SLACK)
    if status is Status.ONGOING:
        return frozenset([widen(published, 14)])
    if status in AHEAD:
        return frozenset([Interval(near.start, near.end.replace(year=9999, month=12, day=31))])
    if status is Status.HAPPENED:
        return frozenset([Interval(near.start.replace(year=1, month=1, day=1), near.end)])
    return frozenset()


def unite(units: Sequence[Unit]) -> Unit:
    """One unit of several."""
    profile = units[0]
    for unit in units[1:]:
        profile = absorb(profile, unit)
    mentions = {mention.id: mention for unit in units for mention in unit.mentions}
    return replace(profile, id=min(mentions), mentions=tuple(mentions[id] for id in sorted(mentions)))


def absorb(profile: Unit, unit: Unit) -> Unit:
    """The profile with what a unit adds to its sets; its mentions and id stay as they are."""
    both = ((name, getattr(profile, name), getattr(unit, name)) for name in _SETS)
    added = {name: mine | theirs for name, mine, theirs in both if not theirs <= mine}
    if not added and profile.ahead <= unit.ahead:
        return profile
    return replace(profile, ahead=profile.ahead and unit.ahead, **added)


def find_kinds_of_groups(groups: Iterable[str]) -> frozenset[str]:
    """Kinds of the unnamed people that take part ("civil society"), for comparing two reports' words."""
    return frozenset(kind for group in groups for kind in find_group_kinds(group))


def count_kinds(mentions: Iterable[EventMention]) -> list[EngagementKind]:
    """Kinds, the most frequent first, then in the order of the enumeration."""
    frequency = Counter(mention.kind for mention in mentions)
    order = list(EngagementKind)
    return sorted(frequency, key=lambda kind: (-frequency[kind], order.index(kind)))
