"""Accounts of one engagement side by side, property by property.

A comparison relates what documents say; it never says who is right. Copies of one text (`duplicates`) count as one
voice. Relations:

- ``corroborates``: independent documents give the same value, or dates of equal precision that overlap;
- ``same chain``: the same value, but only copies of one text give it;
- ``broader``: one value holds the other (month and day, state and city);
- ``contradicts``: values that exclude each other: dates without a common day, other cities, lengths, ends, counts with
  one unit, that something happened and that it was cancelled. That it was planned and that it happened does not
  contradict, nor does an issue expected in one report and avoided in another;
- ``different scope``: both can hold, since they are about parts of one occasion: when the talks ended and when the
  dinner of the same evening did.

What only one report says gives no comparison.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from communique.link.intervals import Interval, find_interval, get_gap
from communique.link.places import PlaceRelation, Spot, compare_spots, make_spot
from communique.model import (
    Assertion,
    ComparedValue,
    Comparison,
    Engagement,
    EngagementKind,
    EventMention,
    Evidence,
    Property,
    Reading,
    Relation,
    Source,
    Status,
    TimeExpression,
    TimeType,
    content_id,
)
from communique.text.names import fold_name

# Of these properties an engagement has one value, so that two values cannot both be right. A topic, a mood or a result
# may stand beside another one.
_SINGLE = frozenset({Property.END, Property.DURATION, Property.ORDINAL})
_FACTS = {Status.HAPPENED: True, Status.ONGOING: True, Status.CANCELLED: False, Status.DENIED: False}
_EVENING = frozenset(
    {EngagementKind.MEETING, EngagementKind.TALKS, EngagementKind.DINNER, EngagementKind.PRESS_CONFERENCE}
)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Said:
    """One document's value for one property, ready for comparing; ``form`` is a date, a place, yes or no, or words."""

    value: str
    document: str
    evidence: Evidence
    form: Interval | Spot | bool | str
    voice: Source | None = None


def compare_accounts(
    engagements: Iterable[Engagement], readings: Iterable[Reading], chain: Mapping[str, str]
) -> tuple[Comparison, ...]:
    """Comparisons of all engagements, sorted by id.

    Args:
        engagements: With their accounts.
        readings: For dates, places and status of their event mentions, and for lengths of time.
        chain: For every document the first among its copies.
    """
    layer1 = _index(readings)
    found: list[Comparison] = []
    rows = sorted(engagements, key=lambda engagement: engagement.id)
    by_parent: defaultdict[str, list[Engagement]] = defaultdict(list)
    for engagement in rows:
        if engagement.parent:
            by_parent[engagement.parent].append(engagement)
        if len(engagement.accounts) > 1:
            said = _collect(engagement, layer1)
            for name, values in sorted(said.items()):
                found += _compare_property(engagement, name, values, chain)
    for _, inner in sorted(by_parent.items()):
        found += _compare_scopes(inner)
    found += _compare_days(rows, layer1, chain)
    return tuple(sorted({row.id: row for row in found}.values(), key=lambda row: row.id))


@dataclass(frozen=True, slots=True)
class _Layer1:
    """What is looked up of single documents: event mentions by id, time expressions by document."""

    mentions: Mapping[str, EventMention]
    lengths: Mapping[str, list[TimeExpression]]

    def find_form(self, assertion: Assertion) -> str:
        """The words in folded form; of a length of time its value ("four hours", "4 hours"), if it has one."""
        if assertion.property is Property.DURATION:
            at = assertion.evidence
            inside = [t for t in self.lengths.get(at.document, ()) if at.start <= t.start and t.end <= at.end]
            values = {t.value for t in inside if "X" not in t.value}
            if len(values) == 1:
                return values.pop()
        return fold_name(assertion.value)


def _index(readings: Iterable[Reading]) -> _Layer1:
    mentions: dict[str, EventMention] = {}
    lengths: dict[str, list[TimeExpression]] = {}
    for reading in readings:
        mentions |= {event.id: event for event in reading.annotations.events}
        lengths[reading.document.id] = [t for t in reading.annotations.times if t.type is TimeType.DURATION]
    return _Layer1(mentions, lengths)


def _collect(engagement: Engagement, layer1: _Layer1) -> dict[Property, list[Said]]:
    said: defaultdict[Property, list[Said]] = defaultdict(list)
    for account in engagement.accounts:
        for mention in (layer1.mentions[id] for id in account.mentions):
            if (days := find_interval(mention.date)) and mention.date and mention.date.edtf:
                evidence = (*mention.date.evidence, mention.evidence)[0]
                said[Property.WHEN].append(Said(mention.date.edtf, mention.document, evidence, days))
            if mention.place:
                evidence = (*mention.place.evidence, mention.evidence)[0]
                spot = make_spot(mention.place)
                said[Property.PLACE].append(Said(mention.place.name, mention.document, evidence, spot))
            if mention.status in _FACTS:
                value = mention.status.value
                said[Property.STATUS].append(Said(value, mention.document, mention.trigger, _FACTS[mention.status]))
        for assertion in account.assertions:
            if assertion.property not in (Property.WHEN, Property.PLACE, Property.STATUS):
                form = layer1.find_form(assertion)
                row = Said(assertion.value, account.document, assertion.evidence, form, assertion.voice)
                said[assertion.property].append(row)
    return said


def _compare_property(
    engagement: Engagement, name: Property, values: Sequence[Said], chain: Mapping[str, str]
) -> list[Comparison]:
    by_form: defaultdict[Interval | Spot | bool | str, list[Said]] = defaultdict(list)
    for value in values:
        by_form[value.form].append(value)
    found = []
    for same in by_form.values():
        documents = {value.document for value in same}
        if len(documents) > 1:
            chains = {chain[document] for document in documents}
            relation = Relation.CORROBORATES if len(chains) > 1 else Relation.SAME_CHAIN
            n = len(chains)
            reason = f"{n} independent reports give the same" if n > 1 else "only copies of one text give it"
            found.append(_make(engagement.id, name, relation, same, reason))
    judge = _JUDGES.get(name, _judge_words if name in _SINGLE else None)
    if judge is not None:
        for a, b in combinations(sorted(by_form, key=_sort_form), 2):
            verdict = judge(a, b, engagement)
            if verdict is not None and len({v.document for v in (*by_form[a], *by_form[b])}) > 1:
                found.append(_make(engagement.id, name, verdict[0], [*by_form[a], *by_form[b]], verdict[1]))
    return found


Form = Interval | Spot | bool | str
Judged = tuple[Relation, str] | None


def _sort_form(form: Form) -> str:
    return str(form)


def _judge_dates(a: Form, b: Form, engagement: Engagement) -> Judged:
    if not isinstance(a, Interval) or not isinstance(b, Interval):
        return None
    is_visit = engagement.kind is EngagementKind.VISIT
    if get_gap(a, b):
        if is_visit and (a.n_days == 1 or b.n_days == 1):
            return None  # two days of one visit
        return Relation.CONTRADICTS, "no day fits both"
    if is_visit and a.is_narrow and b.is_narrow:
        if 1 in (a.n_days, b.n_days):
            return Relation.BROADER, "one day of the visit, and its days"
        return Relation.CONTRADICTS, "first or last day differ"
    for wide, narrow in ((a, b), (b, a)):
        if wide.start <= narrow.start and narrow.end <= wide.end:
            return Relation.BROADER, "one date holds the other"
    return Relation.CORROBORATES, "the dates overlap"


def _judge_places(a: Form, b: Form, _: Engagement) -> Judged:
    if not isinstance(a, Spot) or not isinstance(b, Spot):
        return None
    relation = compare_spots(a, b)
    if relation is PlaceRelation.CONTAINED:
        return Relation.BROADER, "one place holds the other"
    if relation is PlaceRelation.EXCLUDED:
        return Relation.CONTRADICTS, "different states or cities"
    return (Relation.CORROBORATES, "one place, named in two ways") if relation is PlaceRelation.SAME else None


def _judge_status(a: Form, b: Form, _: Engagement) -> Judged:
    return (Relation.CONTRADICTS, "it took place, and it did not") if a is not b else None


def _judge_words(a: Form, b: Form, engagement: Engagement) -> Judged:
    """Words that measure: they exclude each other only when both are exact and of one unit."""
    if not isinstance(a, str) or not isinstance(b, str):
        return None
    numbers = _NUMBER.findall(a), _NUMBER.findall(b)
    if numbers[0] and numbers[1] and numbers[0] != numbers[1] and _NUMBER.sub("#", a) == _NUMBER.sub("#", b):
        return Relation.CONTRADICTS, "different figures of one unit"
    return None


_JUDGES: dict[Property, Callable[[Form, Form, Engagement], Judged]] = {
    Property.WHEN: _judge_dates,
    Property.PLACE: _judge_places,
    Property.STATUS: _judge_status,
}


def _compare_scopes(inner: Sequence[Engagement]) -> list[Comparison]:
    """Ends that differ between engagements of one visit, one evening and shared people: parts of one occasion."""
    found: dict[frozenset[Evidence], Comparison] = {}
    evening = sorted((row for row in inner if row.kind in _EVENING and _find_ends(row)), key=lambda row: row.id)
    pairs = sorted(combinations(evening, 2), key=lambda pair: (-_count_shared_people(*pair), pair[0].id, pair[1].id))
    for a, b in pairs:
        days_a, days_b = find_interval(a.date), find_interval(b.date)
        if days_a is None or days_b is None or get_gap(days_a, days_b) or not _count_shared_people(a, b):
            continue
        for x in _find_ends(a):
            others = [y for y in _find_ends(b) if y.document != x.document and y.form != x.form]
            words = frozenset(said.evidence for said in (x, *others))
            # One report's words may belong to several meetings: the pair with most people in common stands for all.
            if others and words not in found:
                reason = f"ends of two parts of one occasion: {a.title}; {b.title}"
                found[words] = _make(a.id, Property.END, Relation.DIFFERENT_SCOPE, [x, *others], reason)
    return list(found.values())


def _count_shared_people(a: Engagement, b: Engagement) -> int:
    return len({p.entity for p in a.participants if p.entity} & {p.entity for p in b.participants if p.entity})


def _find_ends(engagement: Engagement) -> list[Said]:
    return [
        Said(a.value, account.document, a.evidence, fold_name(a.value), a.voice)
        for account in engagement.accounts
        for a in account.assertions
        if a.property is Property.END
    ]


def _compare_days(engagements: Iterable[Engagement], layer1: _Layer1, chain: Mapping[str, str]) -> list[Comparison]:
    """Two meetings of the same people on neighbouring days, neither in a report of the other: one or two?"""
    found = []
    alike: defaultdict[tuple[str, ...], list[tuple[Interval, Engagement]]] = defaultdict(list)
    for engagement in engagements:
        people = sorted({p.entity for p in engagement.participants if p.entity and p.present is not False})
        days = find_interval(engagement.date)
        if len(people) > 1 and days and days.n_days == 1:
            alike[engagement.kind.value, *people].append((days, engagement))
    for same in alike.values():
        ordered = sorted(same, key=lambda pair: (pair[0], pair[1].id))
        for (days, a), (later, b) in pairwise(ordered):
            documents = [{chain[account.document] for account in engagement.accounts} for engagement in (a, b)]
            if get_gap(days, later) == 1 and not documents[0] & documents[1]:
                said = [v for e in (a, b) for v in _collect(e, layer1).get(Property.WHEN, ()) if _is_day(v.form)]
                reason = f"two meetings, or one with two dates: no report has both; the other is {b.id}"
                found.append(_make(a.id, Property.WHEN, Relation.CONTRADICTS, said, reason))
    return found


def _is_day(form: Form) -> bool:
    return isinstance(form, Interval) and form.n_days == 1


def _make(about: str, name: Property, relation: Relation, said: Iterable[Said], reason: str) -> Comparison:
    """A comparison; a document's value stands once, where it says it first."""
    rows: dict[tuple[str, str, str], Said] = {}
    for v in sorted(said, key=_sort_said):
        rows.setdefault((v.document, v.value, v.voice.name if v.voice else ""), v)
    values = tuple(ComparedValue(v.value, v.document, v.evidence, v.voice) for v in rows.values())
    places = [word for v in values for word in (v.document, v.evidence.start, v.evidence.end, v.value)]
    return Comparison(content_id("cmp", about, name, relation, *places), about, name.value, relation, values, reason)


def _sort_said(said: Said) -> tuple[str, int, int, str, str]:
    return said.document, said.evidence.start, said.evidence.end, said.value, repr(said.voice)
