"""Which event mentions of one report are the same engagement.

A mention is the same as an earlier one when kind and participants agree and nothing sets them apart: another date,
place, ordinal, or words such as "previous". A mention without participants of its own ("the visit") takes the latest
that fits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import crosses_verb, get_children, get_lemma, is_verb
from communique.annotate.events.people import Party
from communique.annotate.events.triggers import Trigger, get_words
from communique.model import AHEAD, Assertion, EngagementKind, Place, Property, Role, Status, When
from communique.tables import load_table

# How many mentions back an engagement can be meant.
REACH = 150
_GROUP = {EngagementKind.TALKS: EngagementKind.MEETING}


@dataclass(slots=True, eq=False)
class Draft:
    """An event mention while it is made. ``same`` is the first draft of the same engagement."""

    trigger: Trigger
    parties: tuple[Party, ...]
    date: When | None
    place: Place | None
    status: Status | None
    assertions: tuple[Assertion, ...]
    is_quoted: bool
    extra: str = ""
    is_history: bool = False  # dated long before its report
    same: Draft | None = None
    parent: Draft | None = None
    names: frozenset[str] = field(default_factory=frozenset)


def get_names(parties: Iterable[Party]) -> frozenset[str]:
    """Who took part, for comparing: those absent are left out."""
    return frozenset(p.source.entity or p.source.name.lower() for p in parties if p.role is not Role.ABSENT)


def get_group(kind: EngagementKind) -> EngagementKind:
    """Talks and meetings are told in each other's words."""
    return _GROUP.get(kind, kind)


def is_definite(trigger: Trigger) -> bool:
    """ "the visit", "this meeting", "his trip": points back, or to what everybody knows."""
    token = trigger.token
    if any(child.lower_ in ("the", "this", "that", "these", "those") for child in get_children(token, "det")):
        return True
    return bool(get_children(token, "poss"))


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
        candidates.sort(key=lambda candidate: candidate.trigger.token.lower_ != trigger.token.lower_)
    for candidate in candidates:
        if _is_inside(trigger.token, candidate.trigger.token) or _is_inside(candidate.trigger.token, trigger.token):
            continue
        if _is_repeated(draft, candidate):
            return candidate.same or candidate
        if _is_set_apart(draft, candidate):
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
    return not is_named(draft.trigger) and (draft.place is None or candidate.place is not None)


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


def is_named(trigger: Trigger) -> bool:
    """ "the G8 summit", "the Munich Security Conference": an engagement with a name of its own."""
    return (
        trigger.is_noun
        and trigger.kind is not EngagementKind.VISIT
        and any(
            c.dep_ in ("compound", "nmod")
            and c.text[0].isupper()
            and c.ent_type_ not in ("PERSON", "GPE", "DATE")
            and (c.pos_ == "PROPN" or any(x.isdigit() for x in c.text))
            for c in trigger.token.lefts
        )
    )


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
        and not _is_plural(draft.trigger)
    )


def _share_words(one: str, other: str) -> bool:
    """ "human rights organizations" and "the human rights advocates": one group in other words."""
    return len(set(one.split()) & set(other.split())) > 1


def _visitors(draft: Draft) -> frozenset[str]:
    return frozenset(p.source.entity or p.source.name.lower() for p in draft.parties if p.role is Role.VISITOR)


def _is_plural(trigger: Trigger) -> bool:
    return trigger.token.tag_ in ("NNS", "NNPS") and trigger.token.lower_ != "talks"


def _is_set_apart(draft: Draft, candidate: Draft) -> bool:
    if candidate.is_history and draft.date is None and (draft.place is None or not is_definite(draft.trigger)):
        return True  # "the talks" are not those of last year
    if is_elsewhere(draft.trigger) != is_elsewhere(candidate.trigger):
        return not (_overlap(draft.date, candidate.date) and draft.date is not None and candidate.date is not None)
    if (
        _is_plural(draft.trigger) != _is_plural(candidate.trigger)
        and draft.trigger.is_noun
        and candidate.trigger.is_noun
    ):
        return True
    if not _overlap(draft.date, candidate.date) or not _same_place(draft.place, candidate.place):
        return True
    if _is_dated_otherwise(draft, candidate) or _when(draft) in get_words("sequence", "next_day"):
        return True
    mine, theirs = _ordinal(draft), _ordinal(candidate.same or candidate)
    if mine is not None and theirs is not None and mine != theirs:
        return True
    is_same_place = draft.place is not None and candidate.place is not None and draft.place.name == candidate.place.name
    if (
        not is_same_place
        and draft.status in AHEAD
        and candidate.status is Status.HAPPENED
        and draft.trigger.block.start != candidate.trigger.block.start
    ):
        return _starts_anew(draft)
    return Status.CANCELLED in (draft.status, candidate.status) and draft.status is Status.HAPPENED


def _starts_anew(draft: Draft) -> bool:
    """ "will hold another meeting", "plan to meet": not the meeting that was, unless the words point back to it."""
    return not (draft.trigger.is_noun and is_definite(draft.trigger))


def is_elsewhere(trigger: Trigger) -> bool:
    """Do the words set the engagement apart from the one at hand: "previously", "last met", "an earlier visit"?"""
    words = [child for child in trigger.token.children if child.dep_ in ("amod", "advmod", "det")]
    if trigger.is_noun:
        return any(child.lower_ in get_words("elsewhere", "adjectives") for child in words if child.i < trigger.token.i)
    return any(child.lower_ in get_words("elsewhere", "adverbs") and child.dep_ == "advmod" for child in words)


def _overlap(one: When | None, other: When | None) -> bool:
    if one is None or other is None or one.start is None or other.start is None:
        return True
    return one.start <= (other.end or other.start) and other.start <= (one.end or one.start)


def _same_place(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None or one.name == other.name or (one.entity and one.entity == other.entity):
        return True
    if one.territory and other.territory and one.territory != other.territory:
        return False
    # Two cities are two places; a city lies in its state, a venue may lie in any city.
    return not (_is_city(one) and _is_city(other))


def _is_city(place: Place) -> bool:
    territories = load_table("territories")
    row = territories.get(place.territory or "", {})
    return place.name in load_table("places") or place.name == row.get("capital")


def _is_dated_otherwise(draft: Draft, candidate: Draft) -> bool:
    """ "on Monday" and "in May 2009", one of them unresolved: only a word that points back makes them one."""
    mine, theirs = _when(draft), _when(candidate)
    if not mine or not theirs or mine == theirs or None not in (draft.date, candidate.date):
        return False
    return not (draft.trigger.is_noun and is_definite(draft.trigger))


def _when(draft: Draft) -> str:
    return next((a.value.lower() for a in draft.assertions if a.property is Property.WHEN), "")


def _ordinal(draft: Draft) -> int | None:
    numbers: dict[str, int] = load_table("engagements")["ordinals"]["numbers"]
    for assertion in draft.assertions:
        if assertion.property is Property.ORDINAL:
            word = next((w for w in assertion.value.lower().split() if w in numbers or w[:1].isdigit()), "")
            return numbers.get(word, int("0" + "".join(c for c in word if c.isdigit())) or None)
    return None
