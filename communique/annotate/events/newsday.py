"""The day and the place of what a report tells without one, as a reader takes them.

A report of one day ("met on Thursday") tells the rest of that day in the plain past, without naming the day again. Who
"flew to Lima" met there whom the next sentences name. Both are inferred, with the words that they rest on, and neither
is done where another day, another place or "had met" stands beside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from communique.annotate.clauses import get_auxiliaries
from communique.annotate.events.apart import is_elsewhere, is_plural
from communique.annotate.events.drafts import Draft
from communique.annotate.who.actors import Actors
from communique.model import (
    Basis,
    Document,
    EngagementKind,
    PartKind,
    Precision,
    Property,
    Role,
    Source,
    SourceKind,
    Status,
    TimeExpression,
    TimeType,
    When,
)  # fmt: skip

# A report of today, yesterday or the evening before that.
_NEWS = timedelta(days=3)
_ON_DAY = frozenset(
    {
        EngagementKind.MEETING,
        EngagementKind.TALKS,
        EngagementKind.DINNER,
        EngagementKind.PRESS_CONFERENCE,
        EngagementKind.CEREMONY,
        EngagementKind.SIGNING,
    }
)
# A journey is that of the paragraph, or of the one before; so many characters may lie between.
_REACH = 700
# No summit is longer (days).
_SUMMIT = 8
# Of summits in one place, so many are looked at.
_MOST_SUMMITS = 8
_THERE = ("to", "place", "stay", "")


def add_news_day(drafts: list[Draft], times: Iterable[TimeExpression], document: Document) -> None:
    """Gives the one day of a report to what it tells of it without a day."""
    day = _find_news_day(drafts, document)
    if day is None:
        return
    all_times = sorted(times, key=lambda t: (t.start, t.end))
    dates = [t.start for t in all_times if t.type in (TimeType.DATE, TimeType.DURATION, TimeType.SET)]
    others = [t.start for t in all_times if t.type is TimeType.DATE and _is_other_day(t, day)]
    dated = {id(draft.same or draft) for draft in drafts if draft.date is not None}
    for draft in drafts:
        is_free = not _has_time(draft, dates) and not _is_behind(draft, others)
        if id(draft.same or draft) not in dated and _is_plain(draft) and is_free:
            draft.date = replace(day, basis=Basis.INFERRED, note="the day of which the report tells")


def _find_news_day(drafts: list[Draft], document: Document) -> When | None:
    """The day of all that a report tells as done on a day; None where these are several."""
    if not _is_in_lead(drafts):
        return None
    published = document.published
    days: dict[date, When] = {}
    for draft in drafts:
        when = draft.date
        if when is None or when.start is None or draft.status is not Status.HAPPENED:
            continue
        is_near = published is None or published.end is None or published.end - when.start <= _NEWS
        if when.precision in (Precision.DAY, Precision.RANGE) and is_near:
            days.setdefault(when.start, when)
            days.setdefault(when.end or when.start, when)
    return next(iter(days.values())) if len(days) == 1 else None


def _is_in_lead(drafts: list[Draft]) -> bool:
    """Does the first paragraph that tells of any engagement tell one on a day?"""
    body = [draft for draft in drafts if draft.trigger.block.part.part is PartKind.BODY]
    return any(d.date is not None and d.trigger.block is body[0].trigger.block for d in body)


def _is_plain(draft: Draft) -> bool:
    """Told in the plain past, of the report's own time: "laid a wreath", not "had met", "has met", "last met"."""
    trigger, verb = draft.trigger, draft.trigger.carrier
    is_news = draft.status is Status.HAPPENED and trigger.kind in _ON_DAY and not draft.is_history
    if not is_news or verb is None or verb.tag_ not in ("VBD", "VBN") or is_plural(trigger) or draft.is_quoted:
        return False
    if trigger.block.part.part is not PartKind.BODY or is_elsewhere(trigger):
        return False
    if any(party.role is Role.ABSENT for party in draft.parties):
        return False
    if any(a.property in (Property.WHEN, Property.ORDINAL, Property.ORDER) for a in draft.assertions):
        return False
    auxiliaries = get_auxiliaries(verb)
    is_past = verb.tag_ == "VBD" and not auxiliaries
    return is_past or bool(auxiliaries & {"was", "were"} and "to" not in auxiliaries)


def _has_time(draft: Draft, dates: list[int]) -> bool:
    sentence, offset = draft.trigger.token.sent, draft.trigger.block.start
    return any(offset + sentence.start_char <= start < offset + sentence.end_char for start in dates)


def _is_other_day(time: TimeExpression, day: When) -> bool:
    """Does a time expression tell of days before the report's?"""
    return bool(time.when and time.when.end and day.start and time.when.end < day.start)


def _is_behind(draft: Draft, others: list[int]) -> bool:
    """ "landed on 19 November. He dined with": a paragraph that tells of another day goes on with it."""
    block = draft.trigger.block
    at = block.start + draft.trigger.token.idx
    return any(block.start <= start < at for start in others)


def add_journey_place(drafts: list[Draft], actors: Actors) -> None:
    """ "He flew to Lima on Monday. The president received him": in Lima, on that journey."""
    often = Counter(_get_place(draft) for draft in drafts)
    for position, draft in enumerate(drafts):
        is_far = draft.place is not None and (draft.place.entity is not None or draft.place.territory is not None)
        if is_far or draft.parent is not None or draft.trigger.kind not in _ON_DAY:
            continue
        if draft.same is not None or is_elsewhere(draft.trigger) or draft.is_quoted or is_plural(draft.trigger):
            continue
        journey = _find_journey(draft, (drafts[k] for k in range(position - 1, -1, -1)), often)
        if journey is not None and journey.place is not None and _is_hosted(draft, journey, actors):
            draft.place, draft.parent = draft.place or journey.place, journey  # "dined at the Harbour Hotel"


def add_conference(drafts: list[Draft]) -> None:
    """ "They met in Lima on Monday", where the report tells of a summit in Lima on these days: on its margins."""
    summits: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        is_summit = draft.trigger.kind is EngagementKind.CONFERENCE and draft.same is None and draft.date is not None
        if is_summit and draft.place is not None and len(summits[draft.place.name]) < _MOST_SUMMITS:
            summits[draft.place.name].append(draft)
    for draft in drafts:
        if draft.parent is not None or draft.same is not None or draft.trigger.kind not in _ON_DAY:
            continue
        near = summits.get(draft.place.name, []) if draft.place is not None else []
        around = [summit for summit in near if _is_at_summit(draft, summit)]
        if len(around) == 1:
            draft.parent = around[0]


def _is_at_summit(draft: Draft, summit: Draft) -> bool:
    mine, theirs = draft.date, summit.date
    if mine is None or theirs is None or draft.place is None or summit.place is None:
        return False
    if not (mine.start and mine.end and theirs.start and theirs.end) or draft.place.name != summit.place.name:
        return False
    is_short = theirs.precision in (Precision.DAY, Precision.RANGE) and (theirs.end - theirs.start).days < _SUMMIT
    return is_short and theirs.start <= mine.start and mine.end <= theirs.end


def _get_place(draft: Draft) -> tuple[int, int]:
    """Where a draft's word stands; two drafts of one word are two engagements told at once."""
    return draft.trigger.block.start, draft.trigger.token.i


def _find_journey(draft: Draft, backwards: Iterable[Draft], often: Mapping[tuple[int, int], int]) -> Draft | None:
    """The journey told last, if one who took part was on it, and nothing sets the two apart."""
    auxiliaries = get_auxiliaries(draft.trigger.carrier) if draft.trigger.carrier is not None else frozenset()
    if auxiliaries & {"had", "has", "have"}:
        return None
    for other in backwards:
        if _get_offset(draft) - _get_offset(other) > _REACH:
            return None
        if other.trigger.kind is not EngagementKind.VISIT or other.place is None:
            continue
        is_one = often[_get_place(other)] == 1
        travellers = {p.source.entity for p in other.parties if p.role is Role.VISITOR and p.source.entity}
        is_theirs = is_one and bool(travellers & draft.names) and other.trigger.frame in _THERE
        return other if is_theirs and _is_of_one_time(draft, other) else None
    return None


def _get_offset(draft: Draft) -> int:
    return draft.trigger.block.start + draft.trigger.token.idx


def _is_hosted(draft: Draft, journey: Draft, actors: Actors) -> bool:
    """Is whom the traveller met of the state that the journey went to, or is nobody else told?"""
    travellers = {p.source.entity for p in journey.parties if p.role is Role.VISITOR}
    others = [p.source for p in draft.parties if p.source.entity not in travellers]
    there = journey.place.territory if journey.place is not None else None
    if not others:
        return draft.trigger.kind not in (EngagementKind.MEETING, EngagementKind.TALKS)
    return any(_is_of_state(source, there, actors) for source in others)


def _is_of_state(source: Source, territory: str | None, actors: Actors) -> bool:
    """Has somebody an office of a state, or one of which no state is told ("received by the president")?"""
    held = [holder for holder in actors.holders.get(source.entity or "", []) if not holder.former]
    if any(holder.territory is not None for holder in held):
        return any(holder.territory == territory for holder in held)
    if source.entity is not None and source.kind is not SourceKind.PERSON:
        return actors.referent(source.entity).territory == territory
    return any(holder.classes for holder in held)


def _is_of_one_time(draft: Draft, journey: Draft) -> bool:
    done = (Status.HAPPENED, Status.ONGOING)
    if draft.status not in done or journey.status not in done or is_elsewhere(journey.trigger):
        return False
    mine, theirs = draft.date, journey.date
    if mine is None or mine.start is None or mine.end is None:
        return True
    if theirs is None or theirs.start is None or theirs.end is None:
        return not journey.is_history
    return mine.start <= theirs.end + timedelta(days=3) and theirs.start <= mine.end
