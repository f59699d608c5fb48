"""What a mention needs beside its words to name an engagement: parties, a place, a day, offices.

`rules` says what a trigger may name by its clause; here it is weighed what the report tells with it. Who "was in Lima
in his youth" made no journey, and "the talks" that nobody held are none.
"""

from __future__ import annotations

from communique.annotate.clauses import get_children, get_lemma, iter_objects
from communique.annotate.events.drafts import Draft, is_definite, is_named
from communique.annotate.events.triggers import get_words
from communique.model import EngagementKind, Property, Role, Status

# A stay of more days than this is no journey.
_LONGEST_STAY = 60


def has_circumstances(draft: Draft) -> bool:
    """Is told what a weak verb needs beside its parties: a place, a day, offices?"""
    frame, is_dated = draft.trigger.frame, draft.place is not None or draft.date is not None
    if frame == "stay":
        return _is_stay(draft)
    if frame == "gather":
        return is_dated
    if frame == "signed":  # told without who signed, or by private people
        papers = get_children(draft.trigger.token, "dobj", "nsubjpass")
        if any(get_lemma(noun) in get_words("verb_rules", "plans") for noun in papers) and draft.officials < 2:
            return False
        is_of_state = any(get_lemma(noun) in get_words("verb_rules", "state_papers") for noun in papers)
        return is_dated if not draft.names else is_of_state or draft.officials > 0 or draft.place is not None
    if frame in ("seen", "discussed"):
        is_past = draft.trigger.token.tag_ not in ("VBZ", "VBP")
        is_told = is_past and draft.status is Status.HAPPENED and draft.officials == len(draft.parties)
        is_pair = len(draft.parties) == 2 and all(p.source.entity for p in draft.parties)
        is_of_two = is_pair and len({p.source.start for p in draft.parties}) == 1  # "the two spoke"
        return _is_seen(draft) or is_told or (is_of_two and draft.status is Status.HAPPENED)
    return True


def _is_stay(draft: Draft) -> bool:
    """ "was in Lima on 3 June" tells of a journey; "was in Lima in his youth" may tell of anything."""
    date = draft.date
    if date is None or date.start is None or date.end is None or draft.place is None or draft.place.entity is None:
        return False
    return (date.end - date.start).days <= _LONGEST_STAY


def _is_seen(draft: Draft) -> bool:
    """ "saw the president on Monday", "spoke with him in Lima", "talked for two hours": somewhere, or at some time."""
    is_long = any(assertion.property is Property.DURATION for assertion in draft.assertions)
    return draft.place is not None or draft.date is not None or is_long


def stands_alone(draft: Draft) -> bool:
    """Does a mention that repeats none name an engagement: parties, or a place, or a place that it is about?"""
    trigger, names = draft.trigger, draft.names
    if not trigger.is_noun:
        return True
    is_weak = get_lemma(trigger.token) in get_words("noun_rules", "weak") and trigger.start == trigger.token.i
    is_between = any(iter_objects(trigger.token, "between", "among"))
    if is_weak and trigger.kind is EngagementKind.TALKS and len(names) < 2 and not is_between:
        return False  # it points to none that was told
    is_plural = trigger.token.tag_ in ("NNS", "NNPS")
    if trigger.kind is EngagementKind.VISIT:
        return any(p.role in (Role.VISITOR, Role.ABSENT) for p in draft.parties) and (
            draft.place is not None
            or not is_plural
            or bool(draft.date)
            or len(names) > 1
            or any(a.property is Property.ORDINAL for a in draft.assertions)
        )
    is_bare = is_plural and not is_definite(trigger) and draft.date is None
    if trigger.kind is EngagementKind.CONFERENCE and draft.status is Status.POSSIBLE and not is_plural:
        is_hosted = any(party.role is Role.HOST for party in draft.parties)
        return is_hosted or draft.place is not None or is_named(trigger) or _is_about_place(draft)
    is_open = draft.status in (Status.POSSIBLE, Status.DENIED) and draft.place is None
    if is_open and (len(names) < 2 or (is_bare and all(p.role is not Role.HOST for p in draft.parties))):
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
    return any(
        noun.ent_type_ in ("GPE", "LOC", "NORP") for _, noun in iter_objects(draft.trigger.token, "on", "about", "for")
    )
