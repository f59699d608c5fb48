"""A parsed document into its event mentions: each report's words for a visit, meeting, talks, call and so on.

Order, for every paragraph of the report itself (not comments, not notices):

1. triggers (`triggers`),
2. who took part (`parties`), when and where (`circumstances`), how real (`status`),
   what is asserted beside (`assertions`),
3. out go triggers that name nobody and no place, and generic ones (`rules`),
4. mentions of the same engagement (`coreference`) and what lies within what (`occasions`),
5. what later sentences say came of it (`results`), and what a mention takes over from others: its status
   from the one that it repeats, date and place from the one that it lies in;
   "then" gives the day of what was told before.

What other documents say is not considered, and no date is made up: the day of publication is used for one thing only,
to tell that a day after it is still to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.annotate.clauses import (
    find_quoted,
    iter_objects,
)
from communique.annotate.events.apart import find_near
from communique.annotate.events.assertions import find_assertions
from communique.annotate.events.attendance import find_attendance
from communique.annotate.events.circumstances import (
    Timed,
    attach_times,
    find_dates,
    get_when,
)
from communique.annotate.events.company import (
    ATTENDING,
    as_mention_of,
    find_attended,
    find_purpose,
)
from communique.annotate.events.coreference import find_antecedent
from communique.annotate.events.drafts import Draft, get_names, is_named
from communique.annotate.events.entries import add_entry_day, find_entry_day
from communique.annotate.events.headlines import drop_headlines
from communique.annotate.events.hosts import add_counterpart, add_travellers
from communique.annotate.events.mentions import to_mention
from communique.annotate.events.needs import has_circumstances, stands_alone
from communique.annotate.events.newsday import add_conference, add_journey_place, add_news_day
from communique.annotate.events.occasions import find_occasions
from communique.annotate.events.officials import is_official
from communique.annotate.events.parties import find_parties
from communique.annotate.events.people import Party
from communique.annotate.events.results import add_results
from communique.annotate.events.rules import (
    is_habit,
    is_placeless,
    is_possible,
)
from communique.annotate.events.sequence import add_order
from communique.annotate.events.sides import settle_sides, take_parties
from communique.annotate.events.status import read_status
from communique.annotate.events.triggers import Trigger, find_triggers
from communique.annotate.events.weighing import is_tomorrow, weigh_arrival, weigh_date, weigh_purpose
from communique.annotate.events.where import JOURNEY_REACH, find_where
from communique.annotate.parse import Block, Parsed, is_reported
from communique.annotate.who.actors import Actors
from communique.model import (
    Assertion,
    Document,
    EngagementKind,
    EventMention,
    PartKind,
    Place,
    Property,
    Role,
    SourceKind,
    Status,
    TimeExpression,
    TimeType,
    When,
)  # fmt: skip


def find_engagements(parsed: Parsed, actors: Actors, times: tuple[TimeExpression, ...]) -> tuple[EventMention, ...]:
    """Finds the event mentions of a document.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        times: Its time expressions, resolved where that could be done.

    Returns:
        Event mentions in text order. ``same_as`` and ``parent`` are ids of others of them; ``same_as`` always that of
        the first mention.
    """
    drafts: list[Draft] = []
    for block in parsed.blocks:
        if is_reported(block):
            here = [t for t in times if block.start <= t.start < block.end]
            for draft in _find_in_block(block, actors, here, drafts):
                drafts.append(draft)
    kept: list[Draft] = []
    for draft in drafts:
        if _place(draft, kept):
            kept.append(draft)
    _complete(kept, parsed.document)
    for position, draft in enumerate(kept):
        add_counterpart(draft, kept[:position], actors)
    add_travellers(kept)
    add_journey_place(kept, actors)
    add_conference(kept)
    add_news_day(kept, times, parsed.document)
    kept = drop_headlines(kept)
    add_results(kept, tuple(block for block in parsed.blocks if is_reported(block)), actors)
    return tuple(to_mention(draft, actors, parsed.document) for draft in kept)


def _place(draft: Draft, kept: list[Draft]) -> bool:
    """Sets a draft to the engagement that it mentions again. False where it names none, neither old nor new."""
    if not has_circumstances(draft):
        return False
    take_parties(draft, kept)
    draft.near = find_near(draft, kept)
    if draft.trigger.frame in ATTENDING:
        attended = find_attended(draft, kept)
        if attended is not None:
            as_mention_of(draft, attended)
            return True
        is_handshake = draft.trigger.frame == "greeting" and draft.trigger.token.lower_ == "shook"
        if draft.trigger.frame != "company" and not (is_handshake and (draft.place or draft.date)):
            return False
    draft.same = find_purpose(draft, kept) or find_antecedent(draft, kept)
    if draft.same is not None and draft.same.trigger.kind is EngagementKind.SIGNING:
        draft.trigger = replace(draft.trigger, kind=EngagementKind.SIGNING)  # "attended the ceremony"
    return draft.same is not None or stands_alone(draft)


# --- one paragraph --------------------------------------------------------------------------------


def _find_in_block(block: Block, actors: Actors, times: list[TimeExpression], earlier: list[Draft]) -> Iterator[Draft]:
    triggers = find_triggers(block)
    if not triggers:
        return
    quoted = find_quoted(block.tokens)
    timed = attach_times(block, tuple(times), triggers)
    day = find_entry_day(block, times, actors.parsed.document)
    for position, trigger in enumerate(triggers):
        if (
            trigger.is_noun
            and trigger.token.lower_ != "summit"
            and actors.referent_of(block, trigger.token) is not None
        ):
            continue  # part of a name: "the Conference of Presidents"
        parties = settle_sides(trigger, find_parties(trigger, actors), earlier, actors)
        if is_habit(trigger) or not is_possible(trigger, parties):
            continue
        places = find_where(trigger, triggers[max(0, position - JOURNEY_REACH) : position], parties, actors)
        if not places and is_placeless(trigger, parties):
            continue
        where: list[Place | None] = [*places] or [None]
        told = [(some, place) for some in _distribute(trigger, parties) for place in where]
        for number, (some, place) in enumerate(told):
            for draft in _draft(trigger, some, place, timed, actors, trigger.token.i in quoted):
                add_entry_day(draft, day, actors.parsed.document)
                draft.extra += f".{number}" if len(told) > 1 else ""
                yield draft


def _distribute(trigger: Trigger, parties: tuple[Party, ...]) -> list[tuple[Party, ...]]:
    """ "Meetings with A and B" are two: of the first party with A, and with B."""
    others = parties[1:]
    is_many = trigger.token.lower_ == "meetings" and len(others) > 1 and any(iter_objects(trigger.token, "with"))
    if not is_many or any(p.role is not Role.PARTICIPANT or p.source.kind is not SourceKind.PERSON for p in parties):
        return [parties]
    company = next(noun for _, noun in iter_objects(trigger.token, "with"))
    first = parties[0].source
    if first.start is not None and first.start <= trigger.block.start + company.idx < (first.end or 0):
        return [parties]  # whose meetings they were is not told
    return [(parties[0], other) for other in others]


def _draft(
    trigger: Trigger,
    parties: tuple[Party, ...],
    place: Place | None,
    timed: list[Timed],
    actors: Actors,
    is_quoted: bool,
) -> Iterator[Draft]:
    document = actors.parsed.document
    assertions = (*find_assertions(trigger, timed, document), *find_attendance(trigger, parties, document))
    dates = [date for date in find_dates(trigger, timed) if not _is_hour_told(date, assertions)]
    status = weigh_arrival(trigger, read_status(trigger))
    for number, date in enumerate(dates or [None]):
        when = get_when(document, date) if date is not None else None
        stated = list(assertions)
        if date is not None:
            words = document.evidence(date.expression.start, date.expression.end)
            stated.append(Assertion(Property.WHEN, words.quote, words))
        if place is not None and place.evidence:
            stated.append(Assertion(Property.PLACE, place.evidence[0].quote, place.evidence[0]))
        stated.sort(key=lambda a: (a.evidence.start, a.evidence.end, a.property))
        extra = str(number) if len(dates) > 1 else ""
        told = Status.PLANNED if is_tomorrow(trigger, when, document) else weigh_date(status, when, document)
        draft = Draft(trigger, parties, when, place, told, tuple(stated), is_quoted, extra)
        draft.names = get_names(parties)
        draft.officials = sum(is_official(party.source, actors) for party in parties)
        draft.is_history = _is_history(when, document)
        yield draft


def _is_hour_told(date: Timed, assertions: tuple[Assertion, ...]) -> bool:
    """ "ended at midnight" is no date: the hour tells when it began or ended."""
    told = [a.evidence for a in assertions if a.property in (Property.START, Property.END)]
    at = date.expression
    return at.type is TimeType.TIME and any(e.start <= at.start and at.end <= e.end for e in told)


# What is dated further back than this (days) is not what a report means by "the talks".
_HISTORY = 60


def _is_history(when: When | None, document: Document) -> bool:
    published = document.published.start if document.published else None
    return bool(when and when.end and published and (published - when.end).days > _HISTORY)


# --- the whole document ---------------------------------------------------------------------------


def _complete(drafts: list[Draft], document: Document) -> None:
    """What mentions take from each other: parents, "then", "just as long", status."""
    by_block: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_block.setdefault(draft.trigger.block.start, []).append(draft)
    for draft in drafts:
        occasions = find_occasions(draft, by_block[draft.trigger.block.start])
        draft.parent = occasions[0] if occasions else None
        draft.status = weigh_purpose(draft, document)
        _take_from_parent(draft)
        for occasion in occasions:
            if occasion.same is None:
                occasion.status = occasion.status or draft.status
            is_theirs = occasion.trigger.kind is EngagementKind.CONFERENCE and not is_named(occasion.trigger)
            if is_theirs and not occasion.parties:
                occasion.parties = draft.parties  # "A and B met during a bilateral summit"
    last_duration: Assertion | None = None
    told: dict[int, Status] = {}  # what the text has last said of an engagement
    for position, draft in enumerate(drafts):
        if position:
            add_order(draft, drafts[position - 1], document)
        for assertion in draft.assertions:
            if assertion.property is Property.DURATION:
                if "as long" in assertion.value and last_duration is not None:
                    resolved = replace(assertion, value=last_duration.value)
                    draft.assertions = tuple(resolved if a is assertion else a for a in draft.assertions)
                else:
                    last_duration = assertion
        first = draft.same or draft
        if draft.status is None:
            draft.status = told.get(id(first)) or first.status or _guess_status(draft)
        elif _is_in_text(draft):
            told[id(first)] = draft.status


def _is_in_text(draft: Draft) -> bool:
    """Headlines are written in a tense of their own."""
    return draft.trigger.block.part.part is not PartKind.TITLE


def _take_from_parent(draft: Draft) -> None:
    """A meeting "at a summit in June in Rome" was in June in Rome. A visit is longer than what happens in it."""
    parent = draft.parent
    if parent is None:
        return
    if parent.trigger.kind is EngagementKind.VISIT:
        if parent.trigger.frame == "to":
            draft.place = draft.place or parent.place  # "arrived in Cairo for talks"
        return
    first = parent.same or parent
    draft.date = draft.date or parent.date or first.date
    draft.place = draft.place or parent.place or first.place


def _guess_status(draft: Draft) -> Status:
    if draft.parent is not None and draft.parent.status is not None:
        return draft.parent.status
    return Status.PLANNED if draft.trigger.kind is EngagementKind.CONFERENCE and not draft.names else Status.HAPPENED
