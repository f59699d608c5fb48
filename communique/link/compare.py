"""Accounts of one engagement side by side, property by property.

A comparison relates what documents, and the voices in them, say; it never says who is right. Copies of one text
(`duplicates`) and reports that quote one speaker or one agency count as one source. Relations:

- ``corroborates``: independent sources give the same value, or values that overlap;
- ``same chain``: the same value, but all who give it are copies of one text or go back to one source;
- ``broader``: one value holds the other (month and day, state and city, several hours and four hours);
- ``contradicts``: values that exclude each other: dates without a common day, other cities, lengths, hours, that
  something happened and that it was cancelled, that an issue was discussed and that it was not. That it was planned and
  that it happened does not contradict, nor does an issue expected in one report and avoided in another;
- ``different scope``: both can hold, since they are about parts of one occasion (when the talks ended and when the
  dinner did), about several meetings together and one of them, or counts of different series.

What only one source says gives no comparison. Two voices in one report are two sources; a report's own words are not
set against each other: there the reading is more likely wrong than the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from communique.link.accounts import collect
from communique.link.comparisons import make_comparison
from communique.link.doubts import compare_days
from communique.link.forms import Form, Sign
from communique.link.intervals import Interval, find_interval, get_gap
from communique.link.said import Layer1, Said
from communique.link.values import Judged, compare_forms, make_form
from communique.model import (
    Comparison,
    Engagement,
    EngagementKind,
    Evidence,
    Property,
    Relation,
)

_EVENING = frozenset(
    {EngagementKind.MEETING, EngagementKind.TALKS, EngagementKind.DINNER, EngagementKind.PRESS_CONFERENCE}
)
_JOINT = "one report tells of several meetings together"
# Compared by equal values only: two kinds or hosts may be two words for one.
_EQUAL_ONLY = frozenset({Property.KIND, Property.HOST})
# Compared also where two voices of one report give them and they do not exclude each other.
_BY_VOICE = frozenset(
    {
        Property.DURATION,
        Property.START,
        Property.END,
        Property.NUMBER,
        Property.ORDINAL,
        Property.TOPIC,
        Property.RESULT,
        Property.MOOD,
    }
)
# Of one thing there may be more than are compared: then only the first.
_MAX_FORMS = 24


def compare_accounts(
    engagements: Iterable[Engagement],
    layer1: Layer1,
    chain: Mapping[str, str],
) -> tuple[Comparison, ...]:
    """Comparisons of all engagements, sorted by id.

    Args:
        engagements: With their accounts.
        layer1: What their reports say (`accounts.index_layer_1`).
        chain: For every document the first among its copies.
    """
    rows = sorted(engagements, key=lambda engagement: engagement.id)
    found: list[Comparison] = []
    by_parent: defaultdict[str, list[Engagement]] = defaultdict(list)
    for engagement in rows:
        if engagement.parent:
            by_parent[engagement.parent].append(engagement)
        for name, values in sorted(collect(engagement, layer1).items()):
            found += _compare_property(engagement, name, values, chain)
    for _, inner in sorted(by_parent.items()):
        found += _compare_scopes(inner)
    found += compare_days(rows, layer1, chain)
    return tuple(sorted({row.id: row for row in found}.values(), key=lambda row: row.id))


# --- one property ---------------------------------------------------------------------------------


def _compare_property(
    engagement: Engagement, name: Property, values: Sequence[Said], chain: Mapping[str, str]
) -> list[Comparison]:
    by_form: defaultdict[Form, list[Said]] = defaultdict(list)
    for value in values:
        by_form[_get_key(value.form)].append(value)
    found = []
    for same in by_form.values():
        if len({value.document for value in same}) == 1 and name in _BY_VOICE:
            found += _join_voices(engagement, name, same)
        if len({value.document for value in same}) > 1:
            relation, reason = _weigh(same, chain)
            if name is Property.DURATION and len({value.is_joint for value in same}) > 1:
                relation, reason = Relation.DIFFERENT_SCOPE, _JOINT
            found.append(make_comparison(engagement.id, name, relation, same, reason))
    if name in _EQUAL_ONLY:
        return found
    for a, b in combinations(sorted(by_form, key=str)[:_MAX_FORMS], 2):
        found += _compare_pair(engagement, name, (by_form[a], by_form[b]), chain)
    return found


def _get_key(form: Form) -> Form:
    """What is one value: of signed words the same words and sign, whatever is added."""
    return Sign(form.about, form.is_positive, form.words) if isinstance(form, Sign) else form


def _compare_pair(
    engagement: Engagement, name: Property, pair: tuple[list[Said], list[Said]], chain: Mapping[str, str]
) -> list[Comparison]:
    first, second = pair[0][0].form, pair[1][0].form
    verdict = _judge(first, second, engagement, name)
    if verdict is None:
        return []
    relation, reason = verdict
    apart = [(x, y) for x in pair[0] for y in pair[1] if _are_apart(x, y, chain)]
    if relation is not Relation.CONTRADICTS:
        apart = [(x, y) for x, y in apart if x.document != y.document or _are_voices(x, y, name)]
    if not apart:
        return []
    said = [value for x, y in apart for value in (x, y)]
    if relation is Relation.CONTRADICTS and any(value.is_joint for value in said):
        relation, reason = Relation.DIFFERENT_SCOPE, _JOINT
    if relation is Relation.CORROBORATES:
        relation, weighed = _weigh(said, chain)
        reason = reason if relation is Relation.CORROBORATES else weighed
    return [make_comparison(engagement.id, name, relation, said, reason)]


def _join_voices(engagement: Engagement, name: Property, same: list[Said]) -> list[Comparison]:
    """One value that several named speakers of one report give."""
    own = [value for value in same if value.origins]
    if not any(_are_voices(x, y, name) and not x.origins & y.origins for x, y in combinations(own[:_MAX_FORMS], 2)):
        return []
    return [
        make_comparison(engagement.id, name, Relation.CORROBORATES, own, "several voices of one report give the same")
    ]


def _are_voices(x: Said, y: Said, name: Property) -> bool:
    """Two speakers of one report, each with a value: its own words are not set beside what it quotes."""
    return name in _BY_VOICE and None not in (x.voice, y.voice) and _name(x) != _name(y)


def _name(value: Said) -> str | None:
    return (value.voice.entity or value.voice.name.casefold()) if value.voice else None


def _are_apart(x: Said, y: Said, chain: Mapping[str, str]) -> bool:
    """Two sources: documents that are no copies of each other, or two voices, at least one of them a speaker's."""
    if chain[x.document] != chain[y.document]:
        return True
    return _name(x) != _name(y) and (x.document == y.document or x.form != y.form)


def _weigh(same: Sequence[Said], chain: Mapping[str, str]) -> tuple[Relation, str]:
    """One value in several documents: of how many independent sources."""
    groups: list[set[str]] = []
    for value in same:
        keys = set(value.origins) or {chain[value.document], value.writer or value.document}
        # A report that quotes a speaker is no source of its own for what the speaker says, but its copies are one.
        linked = [group for group in groups if group & keys]
        merged = keys.union(*linked)
        groups = [group for group in groups if group not in linked] + [merged]
    documents = {chain[value.document] for value in same}
    n = min(len(groups), len(documents))
    if n > 1:
        return Relation.CORROBORATES, f"{n} independent reports give the same"
    if len(documents) == 1:
        return Relation.SAME_CHAIN, "only copies of one text give it"
    if not any(value.voice for value in same):
        return Relation.SAME_CHAIN, f"all reports that give it are by one writer: {same[0].writer}"
    voice = next((value.voice.name for value in same if value.voice), "one source")
    return Relation.SAME_CHAIN, f"all who give it quote one source: {voice}"


def _judge(a: Form, b: Form, engagement: Engagement, name: Property) -> Judged:
    if isinstance(a, Interval) and isinstance(b, Interval):
        return _judge_dates(a, b, engagement)
    if name is Property.STATUS or not (isinstance(a, bool) or isinstance(b, bool)):
        return compare_forms(a, b)
    return None


def _judge_dates(a: Interval, b: Interval, engagement: Engagement) -> Judged:
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


# --- several engagements --------------------------------------------------------------------------


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
                found[words] = make_comparison(a.id, Property.END, Relation.DIFFERENT_SCOPE, [x, *others], reason)
    return list(found.values())


def _count_shared_people(a: Engagement, b: Engagement) -> int:
    return len({p.entity for p in a.participants if p.entity} & {p.entity for p in b.participants if p.entity})


def _find_ends(engagement: Engagement) -> list[Said]:
    return [
        Said(a.value, account.document, a.evidence, make_form(a, ()), a.voice)
        for account in engagement.accounts
        for a in account.assertions
        if a.property is Property.END
    ]
