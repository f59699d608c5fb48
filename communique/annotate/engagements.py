"""A parsed document into its event mentions: each report's words for a visit, meeting, talks, call and so on.

Order, for every paragraph of the report itself (not comments, not notices):

1. triggers (`engagement_triggers`),
2. who took part (`engagement_parties`), when and where (`engagement_circumstances`), how real (`engagement_status`),
   what is asserted beside (`engagement_assertions`),
3. out go triggers that name nobody and no place, and generic ones ("without talks"),
4. mentions of the same engagement and what lies within what (`engagement_coreference`),
5. what a mention takes over from the one that it repeats: its status; "then" gives the day of what was told before.

What other documents say is not considered, and no date is made up: the day of publication is used for one thing only, to
tell that a day after it is still to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.annotate.actors import Actors
from communique.annotate.clauses import find_clause, find_governor, find_phrase, find_quoted, get_auxiliaries, get_children, get_lemma, is_negated, iter_objects, shorten, to_span
from communique.annotate.engagement_assertions import find_assertions
from communique.annotate.engagement_circumstances import Timed, attach_times, find_dates, find_place, get_when, iter_hooks, to_same_day
from communique.annotate.engagement_coreference import Draft, find_antecedent, find_occasions, get_names, is_definite, is_named
from communique.annotate.engagement_parties import Party, find_parties, is_people
from communique.annotate.engagement_results import add_results
from communique.annotate.engagement_status import read_status
from communique.annotate.engagement_titles import make_title
from communique.annotate.engagement_triggers import Trigger, find_triggers, get_words
from communique.annotate.parse import Block, Parsed, is_reported
from communique.model import (
    Assertion, Document, EngagementKind, EventMention, Evidence, PartKind, Participant, Place, Property, Role, Source, SourceKind,
    Status, TimeExpression, When, content_id,
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
    drafts = [
        draft
        for block in parsed.blocks
        if is_reported(block)
        for draft in _find_in_block(block, actors, [t for t in times if block.start <= t.start < block.end])
    ]
    kept: list[Draft] = []
    for draft in drafts:
        draft.same = find_antecedent(draft, kept)
        if draft.same is not None or _stands_alone(draft):
            kept.append(draft)
    _complete(kept, parsed.document)
    add_results(kept, tuple(block for block in parsed.blocks if is_reported(block)), actors)
    return tuple(_to_mention(draft, actors, parsed.document) for draft in kept)


# --- one paragraph --------------------------------------------------------------------------------


def _find_in_block(block: Block, actors: Actors, times: list[TimeExpression]) -> Iterator[Draft]:
    triggers = find_triggers(block)
    if not triggers:
        return
    quoted = find_quoted(block.tokens)
    timed = attach_times(block, tuple(times), triggers)
    for trigger in triggers:
        if trigger.is_noun and actors.referent_of(block, trigger.token) is not None:
            continue  # part of a name: "the Conference of Presidents"
        parties = find_parties(trigger, actors)
        if _is_habit(trigger) or not _is_possible(trigger, parties):
            continue
        place = find_place(trigger, actors)
        if trigger.frame in ("to", "for", "sent") and place is None:
            continue
        if trigger.frame == "place" and place is None and not any(p.role is Role.HOST for p in parties):
            continue
        for number, some in enumerate(_distribute(trigger, parties)):
            for draft in _draft(trigger, some, place, timed, actors, trigger.token.i in quoted):
                draft.extra += f".{number}" if some is not parties else ""
                yield draft


def _distribute(trigger: Trigger, parties: tuple[Party, ...]) -> list[tuple[Party, ...]]:
    """ "Meetings with A and B" are two: of the first party with A, and with B."""
    others = parties[1:]
    is_many = trigger.token.lower_ == "meetings" and len(others) > 1 and any(iter_objects(trigger.token, "with"))
    if not is_many or any(p.role is not Role.PARTICIPANT or p.source.kind is not SourceKind.PERSON for p in parties):
        return [parties]
    return [(parties[0], other) for other in others]


def _draft(
    trigger: Trigger, parties: tuple[Party, ...], place: Place | None, timed: list[Timed], actors: Actors, is_quoted: bool
) -> Iterator[Draft]:
    document = actors.parsed.document
    assertions = find_assertions(trigger, timed, document)
    dates = find_dates(trigger, timed)
    status = _weigh_arrival(trigger, read_status(trigger))
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
        draft = Draft(trigger, parties, when, place, _weigh_date(status, when, document), tuple(stated), is_quoted, extra)
        draft.names = get_names(parties)
        yield draft


def _weigh_arrival(trigger: Trigger, status: Status | None) -> Status | None:
    """Who has arrived is there."""
    verb = trigger.carrier
    if verb is not None and status is Status.HAPPENED and get_lemma(verb) in ("arrive", "land") and get_auxiliaries(verb) & {"has", "have", "'ve"}:
        return Status.ONGOING
    return status


def _weigh_date(status: Status | None, when: When | None, document: Document) -> Status | None:
    """What is to be after the day of publication has not happened, whatever the tense ("meets Putin on Friday")."""
    published = document.published
    if when is None or when.start is None or published is None or published.end is None or status not in (None, Status.HAPPENED, Status.ONGOING):
        return status
    if when.start > published.end:
        return Status.PLANNED
    if status is None and when.end is not None and published.start is not None and when.end < published.start:
        return Status.HAPPENED
    return status


def _is_possible(trigger: Trigger, parties: tuple[Party, ...]) -> bool:
    if trigger.is_noun:
        return _is_possible_noun(trigger, parties)
    verb, names = trigger.token, get_names(parties)
    objects = get_children(verb, "dobj")
    if trigger.frame == "mutual":
        if any(not is_people(noun) and noun.pos_ not in ("PRON", "PROPN") for noun in objects):
            return False
        if objects and any(not is_people(noun) and noun.pos_ == "NOUN" for _, noun in iter_objects(verb, "with")):
            return False  # "met him with tanks"
        return len(names) > 1 or _is_body(verb, parties)
    if trigger.frame in ("with", "company"):
        return len(names) > 1
    if trigger.frame in ("to", "for", "place", "sent"):
        goals = [noun.lower_ for _, noun in iter_objects(verb, "to", "into", "in", "for")]
        return any(p.role is Role.VISITOR for p in parties) and not any(goal in get_words("verb_rules", "no_destination") for goal in goals)
    if trigger.frame == "host":
        guests = [p for p in parties if p.role is Role.PARTICIPANT]
        needs_person = get_lemma(verb) != "host"
        if needs_person and not any(iter_objects(verb, "in", "at", "to")):
            return False
        return bool(guests) and any(p.role is Role.HOST for p in parties) and all(
            p.source.kind is SourceKind.PERSON for p in parties if needs_person
        )
    if trigger.frame == "person":
        if get_lemma(verb) == "call" and (get_children(verb, "oprd", "ccomp", "acomp", "prt", "nsubjpass", "dative") or any(iter_objects(verb, "for", "on", "upon"))):
            return False
        return len(names) > 1 and all(p.source.kind is SourceKind.PERSON for p in parties) and _is_told_as_call(trigger)
    if trigger.frame == "by_phone":
        phones = [noun for _, noun in iter_objects(verb, "by", "on", "over", "via") if get_lemma(noun) in get_words("verb_rules", "phones")]
        return bool(phones) and len(names) > 1
    if trigger.frame in ("signed", "wreath"):
        things = get_words("verb_rules", "signed" if trigger.frame == "signed" else "wreaths")
        return bool(names) and any(get_lemma(noun) in things for noun in objects)
    return any(p.role is Role.HOST for p in parties) and len(names) > 1


def _is_habit(trigger: Trigger) -> bool:
    """ "often meets", "regular meetings", "do not meet": a custom, no engagement."""
    words = {child.lower_ for child in trigger.token.children if child.dep_ in ("advmod", "amod", "npadvmod")}
    if trigger.is_noun and trigger.carrier is not None:
        words |= {child.lower_ for child in get_children(trigger.carrier, "advmod")}
    if words & get_words("noun_rules", "habits"):
        return not trigger.is_noun or trigger.token.tag_ in ("NNS", "NNPS")
    auxiliaries = get_auxiliaries(trigger.token)
    return not trigger.is_noun and bool(auxiliaries & {"do", "does"}) and is_negated(trigger.token)


def _is_told_as_call(trigger: Trigger) -> bool:
    """ "called him on Monday", "called him to discuss": not "called him a liar"."""
    verb = trigger.token
    return get_lemma(verb) != "call" or bool(get_children(verb, "npadvmod", "prep")) or any(c.tag_ == "VB" for c in get_children(verb, "advcl", "xcomp"))


def _is_body(verb: object, parties: tuple[Party, ...]) -> bool:
    """One party that meets with itself: a council, "the leaders"."""
    return len(parties) == 1 and parties[0].source.kind in (SourceKind.ORGANIZATION, SourceKind.COLLECTIVE)


def _is_possible_noun(trigger: Trigger, parties: tuple[Party, ...]) -> bool:
    token, names = trigger.token, get_names(parties)
    if any(child.lower_ in ("any", "no", "every", "each", "what", "some", "many", "neither") for child in get_children(token, "det", "amod")):
        return False
    is_bare = not any(c.dep_ in ("det", "poss", "compound", "nmod", "amod", "nummod") for c in token.lefts)
    if is_bare and token.tag_ == "NN" and trigger.block.part.part is not PartKind.TITLE:
        return False  # "in consultation with", "on trip"
    if get_lemma(token) in get_words("noun_rules", "weak") and trigger.start == token.i:
        if trigger.kind is EngagementKind.LETTER:
            return len(names) > 1 or (bool(names) and any(iter_objects(token, "to", "from")))
        if trigger.kind is EngagementKind.TALKS or trigger.kind is EngagementKind.CALL:
            return len(names) > 1
        return len(names) > 1 or (bool(names) and trigger.manner in ("hold", "host", "absent"))
    return True


def _stands_alone(draft: Draft) -> bool:
    """Does a mention that repeats none name an engagement: parties, or a place, or a place that it is about?"""
    trigger, names = draft.trigger, draft.names
    if not trigger.is_noun:
        return True
    is_plural = trigger.token.tag_ in ("NNS", "NNPS")
    if trigger.kind is EngagementKind.VISIT:
        return any(p.role in (Role.VISITOR, Role.ABSENT) for p in draft.parties) and (draft.place is not None or not is_plural or bool(draft.date) or len(names) > 1 or any(a.property is Property.ORDINAL for a in draft.assertions))
    is_bare = is_plural and not is_definite(trigger) and draft.date is None
    if draft.status is Status.POSSIBLE and draft.place is None and (len(names) < 2 or is_bare):
        return False
    if len(names) > 1 or any(p.role is Role.ABSENT for p in draft.parties):
        return True
    if len(names) == 1:
        return not is_plural or trigger.manner in ("hold", "host") or draft.place is not None or draft.date is not None
    if draft.place is not None or is_named(trigger):
        return not (draft.is_quoted and not is_definite(trigger))
    if is_definite(trigger) and draft.date is not None and not draft.is_quoted:
        return True
    return trigger.kind is EngagementKind.CONFERENCE and _is_about_place(draft)


def _is_about_place(draft: Draft) -> bool:
    return any(noun.ent_type_ in ("GPE", "LOC", "NORP") for _, noun in iter_objects(draft.trigger.token, "on", "about", "for"))


# --- the whole document ---------------------------------------------------------------------------


def _complete(drafts: list[Draft], document: Document) -> None:
    """What mentions take from each other: parents, "then", "just as long", status."""
    for draft in drafts:
        occasions = find_occasions(draft, drafts)
        draft.parent = occasions[0] if occasions else None
        _take_from_parent(draft)
        for occasion in occasions:
            if occasion.same is None:
                occasion.status = occasion.status or draft.status
            if not occasion.parties and not is_named(occasion.trigger) and occasion.trigger.kind is not EngagementKind.VISIT:
                occasion.parties = draft.parties  # "A and B met during a bilateral summit"
    last_duration: Assertion | None = None
    told: dict[int, Status] = {}  # what the text has last said of an engagement
    for position, draft in enumerate(drafts):
        if position:
            _take_day_before(draft, drafts[position - 1], document)
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
    draft.date = draft.date or parent.date
    draft.place = draft.place or parent.place


def _take_day_before(draft: Draft, before: Draft, document: Document) -> None:
    if draft.date is not None or before.date is None or draft.trigger.is_noun and draft.trigger.carrier is None:
        return
    for hook in iter_hooks(draft.trigger):
        for adverb in get_children(hook, "advmod"):
            is_told = before.status is Status.HAPPENED and draft.status is Status.HAPPENED and draft.names & before.names
            if adverb.lower_ in get_words("sequence", "same_day") and is_told and draft.trigger.kind is not EngagementKind.VISIT:
                draft.date = to_same_day(before.date, document, adverb, draft.trigger.block)
                return


def _guess_status(draft: Draft) -> Status:
    if draft.parent is not None and draft.parent.status is not None:
        return draft.parent.status
    return Status.PLANNED if draft.trigger.kind is EngagementKind.CONFERENCE and not draft.names else Status.HAPPENED


def _to_mention(draft: Draft, actors: Actors, document: Document) -> EventMention:
    trigger = draft.trigger
    span = to_span(trigger.block.tokens, trigger.block.start, trigger.start, trigger.end)
    participants = tuple(_to_participant(party, actors, document) for party in draft.parties)
    return EventMention(
        id=_get_id(draft, document),
        document=document.id,
        kind=trigger.kind,
        title=make_title(trigger, participants, draft.place),
        status=draft.status or Status.HAPPENED,
        trigger=document.evidence(*span),
        evidence=_find_evidence(draft, document),
        participants=participants,
        date=draft.date,
        place=draft.place,
        parent=_get_id(draft.parent.same or draft.parent, document) if draft.parent else None,
        same_as=_get_id(draft.same, document) if draft.same else None,
        assertions=draft.assertions,
    )


def _get_id(draft: Draft, document: Document) -> str:
    span = to_span(draft.trigger.block.tokens, draft.trigger.block.start, draft.trigger.start, draft.trigger.end)
    return content_id("evm", document.id, draft.trigger.kind, span.start, span.end, draft.extra)


def _to_participant(party: Party, actors: Actors, document: Document) -> Participant:
    source = party.source
    evidence: tuple[Evidence, ...] = ()
    if source.start is not None and source.end is not None:
        evidence = (document.evidence(source.start, source.end),)
    return Participant(source.name, party.role, source.entity, _find_office(source, actors), party.present, evidence)


def _find_office(source: Source, actors: Actors) -> str | None:
    """The office as the words give it; else the one that the document gives to the person elsewhere, if only one."""
    if source.entity is None:
        return None
    offices = [o for o in actors.referent(source.entity).offices if not o.former and o.office.lower() != "counterpart"]
    for office in offices:
        if source.start is not None and any(source.start <= e.start < (source.end or 0) for e in office.evidence):
            return office.office
    return offices[0].office if len(offices) == 1 else None


def _find_evidence(draft: Draft, document: Document) -> Evidence:
    """The clause that tells the event, or the noun's phrase where that says enough."""
    trigger = draft.trigger
    top = trigger.carrier
    for hook in iter_hooks(trigger):
        top = hook if hook.pos_ in ("VERB", "AUX") else top
    while top is not None and top.dep_ == "xcomp" and top.head.pos_ in ("VERB", "AUX", "ADJ"):
        top = top.head
    if top is not None and not (trigger.is_noun and top.dep_ == "acl"):
        start, end = find_clause(top)
    else:
        start, end = find_phrase(trigger.token, with_clauses=True)
        governor = find_governor(trigger.token)
        is_finite = governor is not None and (governor.tag_ in ("VBD", "VBZ", "VBP") or bool(get_children(governor, "aux")))
        if governor is not None and is_finite and not is_named(trigger) and (end - start < 5 or trigger.token.dep_ == "nsubj"):
            start, end = find_clause(governor)
    start, end = min(start, trigger.start), max(end, trigger.end)
    tokens = trigger.block.tokens
    start, end = shorten(tokens, start, end, trigger.token.i)
    return document.evidence(*to_span(tokens, trigger.block.start, start, end))
