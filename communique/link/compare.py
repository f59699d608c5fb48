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
    ComparedValue,
    Comparison,
    Engagement,
    EngagementKind,
    EventMention,
    Evidence,
    Property,
    Relation,
    Source,
    Status,
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
_LENGTH = re.compile(r"P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?")
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
    engagements: Iterable[Engagement], mentions: Mapping[str, EventMention], chain: Mapping[str, str]
) -> tuple[Comparison, ...]:
    """Comparisons of all engagements, sorted by id.

    Args:
        engagements: With their accounts.
        mentions: Event mentions by id, for their dates, places and status.
        chain: For every document the first among its copies.
    """
    found: list[Comparison] = []
    rows = sorted(engagements, key=lambda engagement: engagement.id)
    by_parent: defaultdict[str, list[Engagement]] = defaultdict(list)
    for engagement in rows:
        if engagement.parent:
            by_parent[engagement.parent].append(engagement)
        if len(engagement.accounts) > 1:
            said = _collect(engagement, mentions)
            for name, values in sorted(said.items()):
                found += _compare_property(engagement, name, values, chain)
    for _, inner in sorted(by_parent.items()):
        found += _compare_scopes(inner)
    found += _compare_days(rows, mentions, chain)
    return tuple(sorted({row.id: row for row in found}.values(), key=lambda row: row.id))


def _collect(engagement: Engagement, mentions: Mapping[str, EventMention]) -> dict[Property, list[Said]]:
    said: defaultdict[Property, list[Said]] = defaultdict(list)
    for account in engagement.accounts:
        for mention in (mentions[id] for id in account.mentions):
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
                form = fold_name(assertion.value)
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
    found = []
    evening = [engagement for engagement in inner if engagement.kind in _EVENING]
    for a, b in combinations(sorted(evening, key=lambda engagement: engagement.id), 2):
        days_a, days_b = find_interval(a.date), find_interval(b.date)
        people = {p.entity for p in a.participants if p.entity} & {p.entity for p in b.participants if p.entity}
        if days_a is None or days_b is None or get_gap(days_a, days_b) or len(people) < 2:
            continue
        ends_a, ends_b = (_find_ends(engagement) for engagement in (a, b))
        for x in ends_a:
            others = [y for y in ends_b if y.document != x.document and y.form != x.form]
            if others:
                reason = f"ends of two parts of one occasion: {a.title}; {b.title}"
                found.append(_make(a.id, Property.END, Relation.DIFFERENT_SCOPE, [x, *others], reason))
    return found


def _find_ends(engagement: Engagement) -> list[Said]:
    return [
        Said(a.value, account.document, a.evidence, fold_name(a.value), a.voice)
        for account in engagement.accounts
        for a in account.assertions
        if a.property is Property.END
    ]


def _compare_days(
    engagements: Iterable[Engagement], mentions: Mapping[str, EventMention], chain: Mapping[str, str]
) -> list[Comparison]:
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
                said = [v for e in (a, b) for v in _collect(e, mentions).get(Property.WHEN, ()) if _is_day(v.form)]
                reason = f"two meetings, or one with two dates: no report has both; the other is {b.id}"
                found.append(_make(a.id, Property.WHEN, Relation.CONTRADICTS, said, reason))
    return found


def _is_day(form: Form) -> bool:
    return isinstance(form, Interval) and form.n_days == 1


def _make(about: str, name: Property, relation: Relation, said: Iterable[Said], reason: str) -> Comparison:
    """A comparison with one value for each place in the texts, by document and offset."""
    rows = {(v.document, v.evidence.start, v.evidence.end, v.value): v for v in said}
    values = tuple(ComparedValue(v.value, v.document, v.evidence, v.voice) for _, v in sorted(rows.items(), key=_first))
    places = [word for v in values for word in (v.document, v.evidence.start, v.evidence.end, v.value)]
    return Comparison(content_id("cmp", about, name, relation, *places), about, name.value, relation, values, reason)


def _first(pair: tuple[tuple[str, int, int, str], Said]) -> tuple[str, int, int, str]:
    return pair[0]
