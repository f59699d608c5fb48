"""What all readers of agenda cues share: the cue itself, verbs with their particles, and the phase of a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token

from communique.annotate.clauses import get_children, get_lemma, is_negated, is_verb
from communique.annotate.events.status import read_verb_status
from communique.annotate.ledgers.issues import Words, get_issue_words
from communique.model import AHEAD, Phase, Status


class Need(StrEnum):
    """What must be known beside a cue."""

    EVENT = "event"
    PEOPLE = "people"  # an engagement, or known people in the clause
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A word that says that issues were, or were to be, talked about.

    The issues are the noun phrases headed by ``heads``, and the plain lists ``listed`` where there is no parse of them.
    ``needs``: what must be known for the words to mean talk at a table. ``is_impersonal``: said of the issue itself
    ("was discussed", "topped the agenda"), not of who talked about it.
    ``follows_event``: in a tense that leaves the phase to the engagement ("is on the agenda").
    """

    verb: Token
    heads: tuple[Token, ...]
    phase: Phase
    needs: Need = Need.EVENT
    is_impersonal: bool = False
    follows_event: bool = False
    listed: tuple[Words, ...] = ()


_ABOUT = ("of", "on", "about", "to")


def get_key(verb: Token) -> str:
    """A verb's lemma, with its particle: "bring_up", "leave_aside"."""
    lemma = get_lemma(verb)
    for child in verb.children:
        is_particle = child.dep_ == "prt" or (
            child.dep_ in ("advmod", "prep") and child.lower_ in ("aside", "over", "out", "off") and child.i > verb.i
        )
        if is_particle and not get_children(child, "pobj"):
            return f"{lemma}_{child.lower_}"
    return lemma


def find_objects(verb: Token) -> list[Token]:
    """What is talked about: a verb's object, or its subject in the passive, also under "is expected to be"."""
    objects = get_children(verb, "dobj", "nsubjpass")
    if not objects and get_children(verb, "auxpass") and verb.dep_ == "xcomp":
        objects = get_children(verb.head, "nsubjpass", "nsubj")  # "X is expected to be discussed"
        if not objects and is_verb(verb.head.head):
            objects = get_children(verb.head.head, "nsubjpass", "nsubj")  # "X is likely to be discussed"
    return objects


def find_topic_subject(verb: Token) -> list[Token]:
    """The subject of a verb that says something of an issue, also under "is expected to", "is likely to"."""
    top = verb
    for _ in range(3):
        own = get_children(top, "nsubj", "nsubjpass")
        if own:
            return own
        if top.dep_ not in ("xcomp", "acomp") or top.head.i == top.i:
            return []
        top = top.head
    return []


def iter_texts(noun: Token) -> Iterator[Token]:
    """Statements and the like beside a noun: "no mention in the joint statement"."""
    texts = get_issue_words("agenda", "texts")
    for one in (noun, *iter_below(noun, *_ABOUT)):
        yield from (below for below in iter_below(one, "in", "at") if get_lemma(below) in texts)


def is_passive(verb: Token) -> bool:
    """Does a verb say what is done to its subject?"""
    return bool(get_children(verb, "auxpass", "nsubjpass"))


def make_cue(
    verb: Token, heads: tuple[Token, ...], needs: Need = Need.EVENT, *, impersonal: bool = False
) -> Cue | None:
    """A cue with the phase that its verb tells; None where it tells none, or only what should or would be."""
    phase = read_phase(verb)
    if not heads or phase is None:
        return None
    needed = Need.EVENT if phase is Phase.AVOIDED and needs is Need.PEOPLE else needs
    return Cue(verb, heads, phase, needed, impersonal or is_passive(verb), _is_timeless(verb))


def read_phase(verb: Token) -> Phase | None:
    """What a verb of talking says of its issue; None where it says nothing that was or is to come."""
    status = read_verb_status(verb)
    auxiliaries = {child.lower_ for child in get_children(verb, "aux")}
    if status is None or auxiliaries & {"should", "must", "ought"}:
        return None
    if auxiliaries & {"would", "'d"} and (verb.dep_ not in ("ccomp", "relcl", "conj") or "have" in auxiliaries):
        return None
    if "could" in auxiliaries and "have" in auxiliaries:
        return None
    is_shunned = verb.dep_ in ("xcomp", "pcomp") and get_lemma(verb.head) in get_issue_words("avoided", "shunning")
    if status is Status.DENIED or is_negated(verb) or is_shunned:
        return Phase.AVOIDED
    return Phase.EXPECTED if status in AHEAD else Phase.ADDRESSED


def _is_timeless(verb: Token) -> bool:
    """ "are on the agenda", "topics include": the present tense, which is said of what is to come, too."""
    is_open = verb.tag_ == "VBG" and not get_children(verb, "aux") and verb.head.tag_ != "VBD"
    return verb.tag_ in ("VBZ", "VBP") or is_open


def is_talk(noun: Token) -> bool:
    """ "talks", "agenda", "meeting": that at which issues are."""
    return get_lemma(noun) in get_issue_words("agenda", "agendas") or noun.lower_ in ("talks", "talk")


def iter_below(noun: Token, *prepositions: str) -> Iterator[Token]:
    """The objects of a noun's own prepositions."""
    for preposition in get_children(noun, "prep"):
        if preposition.lower_ in prepositions:
            yield from get_children(preposition, "pobj")
