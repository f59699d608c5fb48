"""Clusters of event mentions into engagements.

Order of the steps: which engagement contains which; dates, those of visits after those of what they contain; dates lent
by a visit to what it contains; ids; the rows themselves with their accounts.

An id is made of the first-reported event mention (by the date of its document, then by id), so that later reports of
the same engagement, and reports of others, leave it as it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from communique.link.containment import CONTAINED_KINDS, find_days, get_guests
from communique.link.engagements import Clustered
from communique.link.entities import Known
from communique.link.index import Cluster
from communique.link.intervals import find_interval, find_months, get_gap
from communique.link.lending import lend_date, lend_year
from communique.link.mapping import find_joint, map_mentions
from communique.link.merge import (
    choose_date,
    choose_status,
    collect_dates,
    date_visit,
    find_topic,
    make_title,
    unite_participants,
    unite_places,
)
from communique.link.places import PlaceRelation, compare_places, find_territory
from communique.link.plover import find_code
from communique.link.sequence import carry_days, find_steps
from communique.link.units import count_kinds
from communique.model import (
    Account,
    Assertion,
    Basis,
    Engagement,
    EngagementEvidence,
    EngagementKind,
    Entity,
    EventMention,
    Evidence,
    Participant,
    Property,
    Reading,
    Role,
    TimeType,
    When,
    content_id,
)

_DAYS = re.compile(r"P(\d{1,2})D")


@dataclass(frozen=True, slots=True)
class Assembled:
    """Engagements sorted by id, and the engagement of each event mention."""

    engagements: tuple[Engagement, ...]
    of_mention: Mapping[str, str]
    joint: frozenset[str]  # ids of event mentions that speak of several


def assemble(clustered: Clustered, readings: Sequence[Reading], known: Known) -> Assembled:
    """Clusters, in any order, into engagements."""
    clusters = clustered.clusters
    parents = _find_parents(clustered)
    inner: defaultdict[int, list[int]] = defaultdict(list)
    for child, parent in parents.items():
        inner[parent].append(child)
    lengths = {reading.document.id: _find_day_counts(reading) for reading in readings}
    dates = {i: choose_date(collect_dates([*cluster.units, *cluster.shared])) for i, cluster in enumerate(clusters)}
    for i, cluster in enumerate(clusters):
        if cluster.profile.is_visit:
            contained = [when for child in inner[i] if (when := dates[child])]
            dates[i] = date_visit(collect_dates(cluster.units), contained, _find_lengths(cluster, lengths))
    steps = find_steps(readings, {m.id: i for i, c in enumerate(clusters) for u in c.units for m in u.mentions})
    stays = {child: days for child, parent in parents.items() if (days := find_interval(dates[parent]))}
    carry_days(steps, dates, stays)
    for child, parent in sorted(parents.items()):
        if not find_interval(dates[child]):
            lent = lend_year(clusters[child], dates[parent]) or lend_date(clusters[parent], dates[parent])
            dates[child] = lent or dates[child]
    ids = make_ids(clusters, readings)
    rows = [
        _make_row(ids[i], cluster, dates[i], ids[parents[i]] if i in parents else None, known)
        for i, cluster in enumerate(clusters)
    ]
    of_mention = map_mentions(clusters, ids, parents)
    return Assembled(tuple(sorted(rows, key=lambda row: row.id)), of_mention, find_joint(clusters))


def _mentions(cluster: Cluster) -> list[EventMention]:
    """All mentions of a cluster, those that it shares with others included, by id."""
    mentions = {m.id: m for unit in (*cluster.units, *cluster.shared) for m in unit.mentions}
    return [mentions[id] for id in sorted(mentions)]


def _find_day_counts(reading: Reading) -> list[tuple[int, Evidence]]:
    """Numbers of days in a document, with their words: "two-day", "three days"."""
    found = []
    for time in reading.annotations.times:
        match = _DAYS.fullmatch(time.value)
        if time.type is TimeType.DURATION and match:
            found.append((int(match[1]), reading.document.evidence(time.start, time.end)))
    return found


def _find_lengths(cluster: Cluster, counts: Mapping[str, list[tuple[int, Evidence]]]) -> dict[int, Evidence]:
    """What the reports of a visit say of its length in days, with the words of the first."""
    lengths: dict[int, Evidence] = {}
    for mention in _mentions(cluster):
        for said in (a.evidence for a in mention.assertions if a.property is Property.DURATION):
            for n_days, words in counts[mention.document]:
                if said.start <= words.start and words.end <= said.end:
                    lengths.setdefault(n_days, words)
    return lengths


def make_ids(clusters: Iterable[Cluster], readings: Iterable[Reading]) -> list[str]:
    """The id of each cluster's engagement."""
    published = {r.document.id: (r.document.published and r.document.published.start) or date.max for r in readings}
    return [cluster.id or _make_id(cluster, published) for cluster in clusters]


def _make_id(cluster: Cluster, published: Mapping[str, date]) -> str:
    own = [mention for unit in cluster.units for mention in unit.mentions]
    first = min(own, key=lambda mention: (published.get(mention.document, date.max), mention.id))
    return content_id("eng", first.id)


def _find_parents(clustered: Clustered) -> dict[int, int]:
    """Cluster -> the cluster that contains it: as documents have it, else the visit whose guest, days and place fit."""
    clusters = clustered.clusters
    of_unit = {unit.id: i for i, cluster in enumerate(clusters) for unit in cluster.units}
    of_mention = {m.id: i for i, cluster in enumerate(clusters) for unit in cluster.units for m in unit.mentions}
    visits: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, cluster in enumerate(clusters):
        days = find_days(cluster.profile.all_dates)
        if cluster.profile.is_visit and days:
            for guest in get_guests(cluster.profile):
                for month in find_months(days):
                    visits[guest, month].append(i)
    parents: dict[int, int] = {}
    for i, cluster in enumerate(clusters):
        votes: Counter[int] = Counter()
        for unit in (*cluster.units, *cluster.shared):
            stated = {of_mention[m.parent] for m in unit.mentions if m.parent in of_mention}
            votes.update(stated or {of_unit[visit] for visit in [clustered.inside.get(unit.id)] if visit in of_unit})
        del votes[i]
        stated_first = sorted(votes, key=lambda parent: (-votes[parent], parent))
        for parent in stated_first or _find_fitting(cluster, visits, clusters):
            if not _is_inside(parent, i, parents):
                parents[i] = parent
                break
    return parents


def _is_inside(cluster: int, other: int, parents: Mapping[int, int]) -> bool:
    """True when ``cluster`` is ``other``, or lies in it at any depth."""
    while cluster != other and cluster in parents:
        cluster = parents[cluster]
    return cluster == other


def _find_fitting(
    cluster: Cluster, visits: Mapping[tuple[str, str], list[int]], clusters: Sequence[Cluster]
) -> list[int]:
    """The one visit on whose days and in whose place the cluster lies, and in which one of its people is the guest."""
    days = find_days(cluster.profile.all_dates)
    if cluster.profile.is_visit or not cluster.profile.kinds & CONTAINED_KINDS or days is None:
        return []
    keys = [(person, month) for person in cluster.profile.persons for month in find_months(days)]
    near = {i for key in keys for i in visits.get(key, ())}
    found = []
    for i in sorted(near):
        visit = clusters[i].profile
        stay = find_days(visit.all_dates)
        places = compare_places(visit.all_spots, cluster.profile.all_spots)
        if stay and get_gap(stay, days) == 0 and places not in (PlaceRelation.EXCLUDED, PlaceRelation.UNKNOWN):
            found.append(i)
    return found if len(found) == 1 else []


def _make_row(id: str, cluster: Cluster, when: When | None, parent: str | None, known: Known) -> Engagement:
    mentions = _mentions(cluster)
    own = [mention for unit in cluster.units for mention in unit.mentions]
    kind = EngagementKind.VISIT if cluster.profile.is_visit else count_kinds(own)[0]
    status = choose_status(mention.status for mention in mentions)
    # A report of several meetings together names people who were not at this one.
    participants = unite_participants(own, known)
    if cluster.shared:
        participants = _add_evidence(participants, [m for unit in cluster.shared for m in unit.mentions], known)
    place = unite_places(own, known) or unite_places(mentions, known)
    return Engagement(
        id=id,
        kind=kind,
        title=make_title(kind, participants, place, known, find_topic(own)),
        status=status,
        parent=parent,
        date=when,
        place=place,
        participants=participants,
        plover=find_code(kind, status, participants, _count_states(participants, known)),
        evidence=_collect_evidence(mentions),
        accounts=_collect_accounts(mentions, known),
        reasons=tuple(sorted(cluster.reasons)),
    )


def _add_evidence(
    participants: Sequence[Participant], shared: Sequence[EventMention], known: Known
) -> tuple[Participant, ...]:
    """Puts the evidence of mentions that speak of several engagements to the participants that are theirs."""
    extra = {participant.entity: participant.evidence for participant in unite_participants(shared, known)}
    added = []
    for participant in participants:
        evidence = set(participant.evidence) | set(extra.get(participant.entity, ()) if participant.entity else ())
        places = sorted(evidence, key=lambda e: (e.document, e.start, e.end))
        added.append(replace(participant, evidence=tuple(places)))
    return tuple(added)


def _count_states(participants: Sequence[Participant], known: Known) -> int:
    sides = {find_side(p.entity, known) for p in participants if p.entity and p.role is not Role.ABSENT}
    return len(sides - {None})


def find_side(entity: str, known: Known) -> str | None:
    """As `find_state`, by id."""
    return find_state(known.entities[entity])


def find_state(row: Entity) -> str | None:
    """The state that somebody stands for: its own, or that of the offices held; None when unknown or several."""
    if row.territory:
        return row.territory
    offices = [office for office in row.offices if not office.former]
    states = {find_territory(words) for o in offices for words in (o.organization, o.office) if words} - {None}
    return states.pop() if len(states) == 1 else None


def _collect_evidence(mentions: Sequence[EventMention]) -> tuple[EngagementEvidence, ...]:
    rows = {(m.evidence.document, m.evidence.start, m.evidence.end, m.evidence.quote, m.status): None for m in mentions}
    return tuple(EngagementEvidence(*row) for row in sorted(rows))


def _collect_accounts(mentions: Sequence[EventMention], known: Known) -> tuple[Account, ...]:
    by_document: defaultdict[str, list[EventMention]] = defaultdict(list)
    for mention in mentions:
        by_document[mention.document].append(mention)
    accounts = []
    for document, own in sorted(by_document.items()):
        assertions = {
            replace(a, value=_reckon(a, mention), voice=a.voice and replace(a.voice, entity=known.get(a.voice.entity)))
            for mention in own
            for a in mention.assertions
        }
        ordered = sorted(assertions, key=_sort_assertions)
        accounts.append(Account(document, tuple(mention.id for mention in own), tuple(ordered)))
    return tuple(accounts)


def _reckon(assertion: Assertion, mention: EventMention) -> str:
    """The day that "Tuesday" is, where it is the date of the mention; else the report's words."""
    when = mention.date
    if assertion.property is not Property.WHEN or when is None or when.edtf is None or "X" in when.edtf:
        return assertion.value
    is_close = when.basis is not Basis.INFERRED or ((days := find_interval(when)) is not None and days.n_days <= 31)
    return when.edtf if is_close and assertion.evidence in when.evidence else assertion.value


def _sort_assertions(assertion: Assertion) -> tuple[object, ...]:
    at = assertion.evidence
    return at.start, at.end, assertion.property, assertion.value, repr(assertion.voice)
