"""One engagement's properties out of its accounts: participants, date, place, status, title.

What reports say stays beside each other in ``accounts``; here one value is chosen to show, by rule: the most precise
date with the best basis, the narrowest place, what happened before what was planned. No rule weighs reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from communique.link.entities import Known
from communique.link.intervals import NARROW, Interval, find_interval, get_gap, rank_basis
from communique.link.offices import sort_key_of_evidence
from communique.link.places import Level, make_spot
from communique.link.units import Unit
from communique.model import (
    Basis,
    EngagementKind,
    EntityKind,
    EventMention,
    Evidence,
    Participant,
    Place,
    Precision,
    Property,
    Role,
    Status,
    When,
)
from communique.text.names import fold_name, parse_person_name

# What is said to have happened outranks what was planned; a cancellation outranks the plan.
_STATUSES = (
    *(Status.HAPPENED, Status.ONGOING, Status.CANCELLED, Status.DENIED),
    *(Status.PLANNED, Status.EXPECTED, Status.POSSIBLE),
)
_ROLES = (Role.VISITOR, Role.HOST, Role.MEDIATOR, Role.PARTICIPANT, Role.ABSENT)
_VERBS = {
    EngagementKind.MEETING: "meet",
    EngagementKind.TALKS: "hold talks",
    EngagementKind.CALL: "speak by phone",
    EngagementKind.DINNER: "dine",
    EngagementKind.CONFERENCE: "confer",
}
_NOUNS = {
    EngagementKind.PRESS_CONFERENCE: "Press conference",
    EngagementKind.CEREMONY: "Ceremony",
    EngagementKind.LETTER: "Letter",
    EngagementKind.SIGNING: "Signing",
    EngagementKind.HEARING: "Hearing",
}
_PLACELESS = frozenset({EngagementKind.CALL, EngagementKind.LETTER})
# Longer topics are told on the page of the engagement, not in its title.
TOPIC_WORDS = 4


def choose_status(statuses: Iterable[Status]) -> Status:
    """The status that outranks the others."""
    return min(statuses, key=_STATUSES.index)


def unite_evidence(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each place once, by document and offset."""
    return tuple(sorted(set(evidence), key=sort_key_of_evidence))


def unite_participants(mentions: Iterable[EventMention], known: Known) -> tuple[Participant, ...]:
    """Participants by entity, the unnamed by their words; with the most telling role and office, and all evidence."""
    rows: defaultdict[tuple[str, str], list[Participant]] = defaultdict(list)
    for mention in mentions:
        for participant in mention.participants:
            entity = known.get(participant.entity)
            is_group = entity is None or known.entities[entity].kind is EntityKind.GROUP
            rows[("", fold_name(participant.name)) if is_group else (entity or "", "")].append(participant)
    return tuple(sorted((_unite_participant(same, known) for same in rows.values()), key=_sort_key))


def _unite_participant(same: list[Participant], known: Known) -> Participant:
    roles = [participant.role for participant in same if participant.role is not Role.ABSENT]
    offices = Counter(participant.office for participant in same if participant.office)
    entity = min((id for participant in same if (id := known.get(participant.entity))), default=None)
    names = [known.entities[entity].name] if entity else [participant.name for participant in same]
    return Participant(
        name=min(names, key=lambda name: (-len(name), name)),
        role=min(roles, key=_ROLES.index, default=Role.ABSENT),
        entity=entity,
        office=min(offices, key=lambda office: (-offices[office], -len(office), office), default=None),
        present=_is_present(participant.present for participant in same),
        evidence=unite_evidence(e for participant in same for e in participant.evidence),
    )


def _is_present(said: Iterable[bool | None]) -> bool | None:
    """Present if any report says so; absent if one does and none says otherwise; else unknown."""
    values = set(said)
    return True if True in values else False if False in values else None


def _sort_key(participant: Participant) -> tuple[int, bool, str, str]:
    return (
        _ROLES.index(participant.role),
        participant.entity is None,
        fold_name(participant.name),
        participant.entity or "",
    )


def unite_places(mentions: Iterable[EventMention], known: Known) -> Place | None:
    """The narrowest place that is given most often, with the evidence of all reports that give it; else None."""
    rows: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for mention in mentions:
        if mention.place:
            spot = make_spot(mention.place)
            rows[spot.name, spot.territory].append(replace(mention.place, entity=known.get(mention.place.entity)))
    if not rows:
        return None

    def rank(key: tuple[str, str]) -> tuple[bool, bool, int, tuple[str, str]]:
        level = make_spot(rows[key][0]).level
        return level is Level.STATE, level is Level.REGION, -len(rows[key]), key

    same = rows[min(rows, key=rank)]
    names = Counter(place.name for place in same)
    return Place(
        name=min(names, key=lambda name: (-names[name], -len(name), name)),
        entity=min((place.entity for place in same if place.entity), default=None),
        territory=min((place.territory for place in same if place.territory), default=None),
        evidence=unite_evidence(e for place in same for e in place.evidence),
    )


def collect_dates(units: Iterable[Unit]) -> list[When]:
    """The dates that a cluster's mentions give; one that only the corpus could complete has basis inferred."""
    dates = []
    for unit in units:
        for mention in unit.mentions:
            if find_interval(mention.date) and mention.date:
                dates.append(mention.date)
            elif mention.date and len(unit.dates) == 1 and not any(find_interval(m.date) for m in unit.mentions):
                evidence = mention.date.evidence or (mention.evidence,)
                dates.append(make_when(next(iter(unit.dates)), evidence, "year from the corpus"))
    return dates


def make_when(days: Interval, evidence: tuple[Evidence, ...], note: str) -> When:
    """A date worked out by linking: basis inferred."""
    first, last = days.start.isoformat(), days.end.isoformat()
    if days.start == days.end:
        return When(first, *days, Precision.DAY, Basis.INFERRED, evidence, note)
    next_month = (days.start.replace(day=28) + timedelta(4)).replace(day=1)
    if days.start.day == 1 and days.end == next_month - timedelta(1):
        return When(first[:7], *days, Precision.MONTH, Basis.INFERRED, evidence, note)
    return When(f"{first}/{last}", *days, Precision.RANGE, Basis.INFERRED, evidence, note)


def choose_date(dates: Sequence[When]) -> When | None:
    """The most precise date; of equal ones the best founded. With the evidence of all that say the same."""
    if not dates:
        return None

    def rank(when: When) -> tuple[int, int, str, str]:
        days = find_interval(when)
        return days.n_days if days else 10**7, rank_basis(when.basis), when.edtf or "", when.note

    best = min(dates, key=lambda when: (*rank(when), [sort_key_of_evidence(e) for e in when.evidence]))
    same = [when for when in dates if (when.start, when.end) == (best.start, best.end)]
    return replace(best, evidence=unite_evidence(e for when in same for e in when.evidence))


def date_visit(dates: Sequence[When], contained: Sequence[When], lengths: Mapping[int, Evidence]) -> When | None:
    """A visit's days: as a report states them, else from days that reports name, its length and what it contains.

    Args:
        dates: What reports say of the visit itself.
        contained: Dates of what took place on it.
        lengths: Its length in days, where reports give one, with their words.
    """
    ranges = [when for when in dates if when.precision is Precision.RANGE and _is_narrow(when)]
    stated = [when for when in ranges if when.basis is not Basis.INFERRED]
    if stated:
        best = min(rank_basis(when.basis) for when in stated)
        return choose_date([when for when in stated if rank_basis(when.basis) == best])
    days = [when for when in dates if _is_narrow(when)]
    inner = [when for when in contained if _is_narrow(when)]
    if not days and not inner:
        return choose_date(dates)
    intervals = [interval for when in (days or inner) if (interval := find_interval(when))]
    hull = Interval(min(i.start for i in intervals), max(i.end for i in intervals))
    # What took place on the days before or after belongs to the visit's days, one by one.
    for interval in sorted(interval for when in inner if (interval := find_interval(when))):
        if get_gap(hull, interval) <= 1:
            hull = Interval(min(hull.start, interval.start), max(hull.end, interval.end))
    evidence = [e for when in (*days, *inner) for e in when.evidence]
    reason = "days of what took place on it"
    if len(lengths) == 1 and hull.n_days < min(lengths) <= NARROW and len({when.start for when in days}) == 1:
        hull, reason = _stretch(hull, min(lengths)), "first day and length"
        evidence += lengths.values()
    exact = [when for when in days if (when.start, when.end) == tuple(hull)]
    if exact:
        return choose_date(exact)
    return make_when(hull, unite_evidence(evidence), reason)


def _stretch(hull: Interval, n_days: int) -> Interval:
    try:
        return Interval(hull.start, hull.start + timedelta(n_days - 1))
    except OverflowError:
        return Interval(hull.start, date.max)


def _is_narrow(when: When) -> bool:
    days = find_interval(when)
    return days is not None and days.is_narrow


def find_topic(mentions: Iterable[EventMention]) -> str | None:
    """The shortest topic that a report gives, if it is short enough for a title."""
    topics = {a.value for mention in mentions for a in mention.assertions if a.property is Property.TOPIC}
    short = [topic for topic in topics if len(topic.split()) <= TOPIC_WORDS]
    return min(short, key=lambda topic: (len(topic), topic), default=None)


def make_title(
    kind: EngagementKind,
    participants: Sequence[Participant],
    place: Place | None,
    known: Known,
    topic: str | None = None,
) -> str:
    """A few plain words: "Weber and Ruiz meet in Berlin", "Visit of John Weber to Moscow"."""
    present = [participant for participant in participants if participant.role is not Role.ABSENT]
    if kind is EngagementKind.VISIT:
        guests = [participant.name for participant in present if participant.role is Role.VISITOR]
        names = guests or [participant.name for participant in present]
        return "Visit" + (f" of {_enumerate(names)}" if names else "") + (f" to {place.name}" if place else "")
    named = [participant for participant in present if _is_named(participant, known)]
    # Whom most reports name stand first, who is named once only last.
    named.sort(key=lambda p: (-len({evidence.document for evidence in p.evidence}), len(p.evidence) == 1))
    shown = (named if len(named) > 1 else [*named, *(p for p in present if p not in named)][:2])[:4]
    names = [_shorten(participant, shown, known) for participant in shown] + (["others"] if len(named) > 4 else [])
    where = f" {_choose_preposition(place)} {place.name}" if place and kind not in _PLACELESS else ""
    if len(names) > 1 and kind in _VERBS:
        return f"{_enumerate(names)} {_VERBS[kind]}{where}"
    noun = _NOUNS.get(kind, kind.value.capitalize())
    about = f" of {_enumerate(names)}" if names else f" on {topic}" if topic else ""
    return noun + about + where


def _choose_preposition(place: Place) -> str:
    """At a building, in a town or state; a name of several words that no table knows is more often a building's."""
    level = make_spot(place).level
    return "at" if level is Level.VENUE or (level is Level.UNKNOWN and " " in place.name) else "in"


def _is_named(participant: Participant, known: Known) -> bool:
    entity = known.entities.get(participant.entity or "")
    return entity is not None and entity.kind is not EntityKind.GROUP


def _shorten(participant: Participant, others: Sequence[Participant], known: Known) -> str:
    """A person's surname, unless it is another one's too, or it may be the first word as well as the last."""
    entity = known.entities.get(participant.entity or "")
    words = participant.name.split()
    last = [other.name.split()[-1:] for other in others]
    if entity is None or entity.kind is not EntityKind.PERSON or last.count(words[-1:]) > 1:
        return participant.name
    return words[-1] if len(parse_person_name(participant.name).families) == 1 else participant.name


def _enumerate(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
