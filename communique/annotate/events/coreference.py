"""Which event mentions of one report are the same engagement.

A mention is the same as an earlier one when kind and participants agree and nothing sets them apart: another date,
place, ordinal, or words such as "previous". A mention without participants of its own ("the visit") takes the latest
that fits.
"""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import crosses_verb, get_children, get_lemma, is_verb
from communique.annotate.events.apart import is_plural, is_set_apart
from communique.annotate.events.drafts import Draft, is_definite, is_named
from communique.annotate.events.triggers import Trigger, get_words
from communique.model import AHEAD, EngagementKind, Role

# How many mentions back an engagement can be meant.
REACH = 150
_WEAK = ("seen", "discussed")
_GROUP = {EngagementKind.TALKS: EngagementKind.MEETING}


def get_group(kind: EngagementKind) -> EngagementKind:
    """Talks and meetings are told in each other's words."""
    return _GROUP.get(kind, kind)


def find_antecedent(draft: Draft, earlier: list[Draft]) -> Draft | None:
    """The first mention of the engagement that a draft mentions again; None when it is new."""
    trigger = draft.trigger
    is_pointing = trigger.is_noun and is_definite(trigger)
    group = {get_group(trigger.kind)}
    if is_pointing and not draft.names and EngagementKind.MEETING in group:
        group.add(EngagementKind.CONFERENCE)  # "the meeting" may be the summit
    if is_pointing and trigger.kind is EngagementKind.CEREMONY:
        group.add(EngagementKind.SIGNING)
    back = islice((d for d in reversed(earlier) if get_group(d.trigger.kind) in group), REACH)
    visited = _find_visited(earlier) if is_pointing and not draft.names and draft.place is not None else set()
    if (draft.is_quoted and not draft.names and not _is_at_hand(trigger)) or is_discussed(trigger):
        return None
    is_joined = is_pointing and _is_joined(draft)
    candidates = list(back)
    if is_joined or (is_pointing and not draft.names):
        # "The talks" are rather the talks than the meeting told last.
        # Nor are they what a weak verb tells ("spoke with"), where a meeting is told.
        candidates.sort(key=lambda one: (one.trigger.token.lower_ != trigger.token.lower_, one.trigger.frame in _WEAK))
    for candidate in candidates:
        if _is_inside(trigger.token, candidate.trigger.token) or _is_inside(candidate.trigger.token, trigger.token):
            continue
        if _is_repeated(draft, candidate):
            return candidate.same or candidate
        if is_set_apart(draft, candidate):
            continue
        if not draft.names and is_pointing and _is_where_visited(draft, candidate, visited):
            return candidate.same or candidate
        if not draft.names:
            if is_pointing and _fits_pointing(draft, candidate):
                return candidate.same or candidate
            continue
        if _agree_on_names(draft, candidate):
            return candidate.same or candidate
        if is_joined and _fits_pointing(draft, candidate):
            return candidate.same or candidate
    return None


def _is_joined(draft: Draft) -> bool:
    """ "hosted the talks", "took part in the talks": the words name who came to it, not whose it was."""
    token, carrier = draft.trigger.token, draft.trigger.carrier
    owned = get_children(token, "poss") or any(c.lower_ in ("with", "between") for c in get_children(token, "prep"))
    roles = {party.role for party in draft.parties}
    came = carrier is not None and get_lemma(carrier) in ("attend", "take", "participate", "join", "chair", "mediate")
    return not owned and (came or roles <= {Role.HOST, Role.MEDIATOR, Role.ABSENT})


def _is_at_hand(trigger: Trigger) -> bool:
    """ "this meeting", in somebody's mouth."""
    return any(child.lower_ == "this" for child in get_children(trigger.token, "det"))


def is_discussed(trigger: Trigger) -> bool:
    """ "They discussed the talks on trade": an issue, and not what they were at."""
    token = trigger.token
    return trigger.is_noun and token.dep_ == "dobj" and get_lemma(token.head) in get_words("noun_rules", "discussed")


def _is_inside(token: Token, phrase: Token) -> bool:
    """Does a token hang below another of the same paragraph, without a verb between?"""
    if token.doc is not phrase.doc or is_verb(phrase):
        return False
    return not crosses_verb(token, phrase)


def _is_repeated(draft: Draft, candidate: Draft) -> bool:
    """The same words in the same sentence twice, as captions often are."""
    mine, theirs = draft.trigger, candidate.trigger
    return (
        mine.block is not theirs.block
        and mine.kind is theirs.kind
        and mine.token.lower_ == theirs.token.lower_
        and draft.extra == candidate.extra
        and mine.token.idx - mine.token.sent.start_char == theirs.token.idx - theirs.token.sent.start_char
        and mine.token.sent.text == theirs.token.sent.text
    )


def _find_visited(earlier: list[Draft]) -> set[str | None]:
    return {d.place.territory for d in earlier if d.trigger.kind is EngagementKind.VISIT and d.place is not None}


def _is_where_visited(draft: Draft, candidate: Draft, visited: set[str | None]) -> bool:
    """ "the talks in the palace" are talks of the visit to its city told of before."""
    if draft.place is None or draft.place.territory is None or candidate.place is not None or is_named(draft.trigger):
        return False
    return visited == {draft.place.territory}


def _fits_pointing(draft: Draft, candidate: Draft) -> bool:
    """ "the talks" may be any talks before; "the talks in Geneva" only talks there."""
    if not _get_modifiers(draft.trigger) <= _get_modifiers(candidate.trigger) | _get_modifiers(
        (candidate.same or candidate).trigger
    ):
        return False
    told = {candidate.place.name if candidate.place else "", *(c.text for c in candidate.trigger.token.lefts)}
    if draft.place is None and not told.issuperset(_get_towns(draft.trigger)):
        return False  # "the Bahrain meeting" is not any meeting
    is_placed_now = (
        candidate.status in AHEAD
        and draft.status in (None, *AHEAD)
        and (candidate.trigger.token.lower_ == draft.trigger.token.lower_ or None not in (candidate.date, draft.date))
    )
    return not is_named(draft.trigger) and (draft.place is None or candidate.place is not None or is_placed_now)


def _get_towns(trigger: Trigger) -> set[str]:
    lefts = trigger.token.lefts if trigger.is_noun else ()
    return {child.text for child in lefts if child.dep_ in ("compound", "nmod") and child.ent_type_ in ("GPE", "LOC")}


def _get_modifiers(trigger: Trigger) -> set[str]:
    """Words that narrow down which engagement is meant ("top-level", "peace"), not those of praise, number or place."""
    neutral = get_words("elsewhere", "neutral") | get_words("mood", "adjectives")
    return {
        child.lower_
        for child in trigger.token.lefts
        if child.dep_ in ("amod", "compound", "nmod")
        and child.lower_ not in neutral
        and child.ent_type_ not in ("GPE", "DATE", "ORDINAL", "CARDINAL", "TIME")
    }


def _agree_on_names(draft: Draft, candidate: Draft) -> bool:
    here, there = draft.names, (candidate.same or candidate).names | candidate.names
    if draft.trigger.kind is EngagementKind.VISIT:
        return bool(_visitors(draft) & _visitors(candidate)) if _visitors(draft) else bool(here & there)
    if not there:
        return False
    if here == there or (len(here & there) > 1 and (here <= there or there <= here)):
        return True
    if (
        len(here) == 1
        and is_definite(draft.trigger)
        and any(_share_words(one, other) for one in here for other in there)
    ):
        return True
    # One name only ("his meeting", "the emir's talks"): needs pointing and the same name there.
    return (
        len(here) == 1
        and here <= there
        and draft.trigger.is_noun
        and is_definite(draft.trigger)
        and not is_plural(draft.trigger)
    )


def _share_words(one: str, other: str) -> bool:
    """ "human rights organizations" and "the human rights advocates": one group in other words."""
    return len(set(one.split()) & set(other.split())) > 1


def _visitors(draft: Draft) -> frozenset[str]:
    return frozenset(p.source.entity or p.source.name.lower() for p in draft.parties if p.role is Role.VISITOR)
