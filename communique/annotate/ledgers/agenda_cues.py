"""A paragraph's clauses into cues that issues were, were to be, or were not talked about.

"discussed X", "expected to focus on X", "the main topic was X", "X topped the agenda", "not a word was said about X".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_first_conjunct,
    find_governor,
    get_children,
    get_lemma,
    is_negated,
    is_verb,
    iter_objects,
)
from communique.annotate.events.people import is_people
from communique.annotate.events.status import read_verb_status
from communique.annotate.ledgers.issues import get_issue_words
from communique.annotate.parse import Block
from communique.model import AHEAD, Phase, Status

_OF_THE_ISSUE = ("be", "become", "remain", "say", "come", "top", "dominate", "head", "lead", "fill", "overshadow")


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A verb that says that issues (the noun phrases headed by ``heads``) were, or were to be, talked about."""

    verb: Token
    heads: tuple[Token, ...]
    phase: Phase
    needs_event: bool = False

    @property
    def is_impersonal(self) -> bool:
        """Said of the issue itself: "was discussed", "topped the agenda", "was not mentioned"."""
        passive = any(
            child.dep_ in ("auxpass", "nsubjpass") for child in (*self.verb.children, *self.verb.head.children)
        )
        return passive or not is_verb(self.verb) or get_lemma(self.verb) in _OF_THE_ISSUE


def find_cues(block: Block) -> Iterator[Cue]:
    """The cues of a paragraph."""
    for token in block.tokens:
        if is_verb(token):
            cue = _read_verb(token)
            if cue is not None:
                yield cue
        elif (
            token.i + 1 < len(block.tokens)
            and get_lemma(token) in get_issue_words("issue", "wrappers")
            and _has_examples(token)
        ):
            governor = find_governor(token)
            if governor is not None and read_verb_status(governor) is not Status.DENIED:
                yield Cue(governor, (token,), Phase.ADDRESSED, needs_event=True)
        elif token.lower_ == "focus" and _is_headline_focus(token):
            yield Cue(token, (), Phase.EXPECTED)
        elif get_lemma(token) in get_issue_words("avoided", "nouns") and _is_missing(token):
            heads = tuple(noun for _, noun in iter_objects(token, "of", "on", "about", "to"))
            governor = next((t for t in token.ancestors if is_verb(t)), None)
            if heads and governor is not None:
                yield Cue(governor, heads, Phase.AVOIDED, needs_event=True)


@cache
def _get_verbs() -> frozenset[str]:
    """Lemmas of all verbs that `_read_verb` knows; most verbs of a text are none of them."""
    listed = (("objects", "plain"), ("objects", "guarded"), ("avoided", "verbs"), ("agenda", "leads"))
    governing = {pair.partition(":")[0] for pair in get_issue_words("prepositions", "pairs")}
    others = {"exchange", "be", "become", "remain", "say", "come"}
    return frozenset(governing | others).union(*(get_issue_words(section, name) for section, name in listed))


def _read_verb(verb: Token) -> Cue | None:
    lemma = get_lemma(verb)
    if lemma not in _get_verbs():
        return None
    objects = get_children(verb, "dobj", "nsubjpass")
    if not objects and get_children(verb, "auxpass") and verb.dep_ == "xcomp":
        objects = get_children(verb.head, "nsubjpass", "nsubj")  # "X is expected to be discussed"
    if lemma in get_issue_words("objects", "plain"):
        if lemma != "discuss" and verb.dep_ in ("pcomp", "acl"):
            return None  # "partners in addressing problems"
        heads = tuple(noun for noun in objects if not is_people(noun) or noun.ent_type_ in ("GPE", "NORP"))
        return _make(verb, heads, needs_event=lemma != "discuss")
    if lemma in get_issue_words("objects", "guarded"):
        heads = tuple(
            noun for noun in objects if get_lemma(noun) in get_issue_words("issue", "wrappers") | {"concern", "case"}
        )
        return _make(verb, heads, needs_event=True)
    if lemma in get_issue_words("avoided", "verbs"):
        heads = tuple(noun for noun in objects if get_lemma(noun) in get_issue_words("issue", "wrappers"))
        status = read_verb_status(verb)
        if status in (Status.HAPPENED, Status.ONGOING):
            return Cue(verb, heads, Phase.AVOIDED, needs_event=True)
        return None
    if lemma == "exchange":
        views = [noun for noun in objects if get_lemma(noun) in ("view", "opinion", "idea")]
        heads = tuple(noun for head in (*views, verb) for noun in _iter_about(head)) if views else ()
        return _make(verb, heads, needs_event=False)
    pairs = tuple(
        noun
        for preposition, noun in iter_objects(verb)
        if f"{lemma}:{preposition.lower_}" in get_issue_words("prepositions", "pairs")
    )
    if pairs:
        return _make(verb, pairs, needs_event=lemma in ("deal", "focus", "concentrate", "talk"))
    return _read_agenda(verb, lemma)


def _iter_about(head: Token) -> Iterator[Token]:
    """What follows "on" or "about"; of "on how to share the water", "the water"."""
    for preposition in get_children(head, "prep"):
        if preposition.lower_ in ("on", "about"):
            yield from get_children(preposition, "pobj")
            for clause in get_children(preposition, "pcomp"):
                yield from get_children(clause, "dobj")


def _read_agenda(verb: Token, lemma: str) -> Cue | None:
    """ "The topic was X", "X was on the agenda", "X topped the agenda", "not a word was said about X", "X came up"."""
    subjects, attributes = get_children(verb, "nsubj", "nsubjpass"), get_children(verb, "attr")
    topics = get_issue_words("agenda", "topics")
    if lemma in ("be", "become", "remain"):
        for one, other in ((subjects, attributes), (attributes, subjects)):
            if any(get_lemma(noun) in topics and _names_talk(noun, lemma) for noun in one) and other:
                return _make(verb, tuple(other), needs_event=True)
        if any(noun.lower_ == "agenda" for _, noun in iter_objects(verb, "on")):
            # "On the agenda was likely to be X": how real it is, the inner verb says.
            inner = [
                x
                for child in get_children(verb, "acomp", "xcomp")
                for x in (child, *get_children(child, "xcomp"))
                if get_children(x, "attr")
            ]
            below = [noun for child in inner for noun in get_children(child, "attr")]
            return _make(inner[0] if inner else verb, tuple(below or subjects or attributes), needs_event=False)
    if lemma in get_issue_words("agenda", "leads") and any(
        get_lemma(noun) in get_issue_words("agenda", "agendas") or noun.lower_ == "talks"
        for noun in get_children(verb, "dobj")
    ):
        own = [noun for noun in subjects if not is_people(noun) or noun.ent_type_ == "GPE"]
        if not subjects and verb.tag_ == "VB" and verb.left_edge.i > 0:
            own = _find_before(verb.doc[verb.left_edge.i - 1])
        return _make(verb, tuple(own), needs_event=False)
    if lemma == "say" and _is_unsaid(verb, subjects):
        return Cue(verb, tuple(noun for _, noun in iter_objects(verb, "about", "on")), Phase.AVOIDED, needs_event=True)
    if lemma == "come" and any(child.lower_ == "up" for child in get_children(verb, "prt")):
        own = [noun for noun in subjects if get_lemma(noun) in get_issue_words("issue", "wrappers")]
        return _make(verb, tuple(own), needs_event=True)
    return None


def _is_unsaid(verb: Token, subjects: list[Token]) -> bool:
    """ "not a word was said", "nothing was said"."""
    if any(noun.lower_ == "nothing" for noun in subjects):
        return True
    words = [noun for noun in subjects if noun.lower_ == "word"]
    return bool(words) and (is_negated(verb) or any(is_negated(noun) for noun in words))


def _find_before(token: Token) -> list[Token]:
    """In "with the issues of A and B to top the agenda" the parser does not say what tops it."""
    token = find_first_conjunct(token)
    while token.dep_ == "pobj" and token.head.lower_ == "of":
        token = token.head.head
    return [token] if token.pos_ in ("NOUN", "PROPN") else []


def _names_talk(topic: Token, lemma: str) -> bool:
    """A topic of what? Of talks, or a subject for discussion; "the subject of a book" is none."""
    if topic.lower_ == "agenda" or any(
        child.lower_ in ("main", "key", "central", "chief", "top", "primary") for child in topic.lefts
    ):
        return True
    nouns = [get_lemma(noun) for _, noun in iter_objects(topic, "of", "for", "at", "in")]
    return any(noun in get_issue_words("agenda", "agendas") or noun == "conversation" for noun in nouns)


def _make(verb: Token, heads: tuple[Token, ...], *, needs_event: bool) -> Cue | None:
    status = read_verb_status(verb)
    if (
        not heads
        or status is None
        or {"should", "must", "would", "could"} & {child.lower_ for child in get_children(verb, "aux")}
    ):
        return None
    if status is Status.DENIED:
        return Cue(verb, heads, Phase.AVOIDED, needs_event=True)
    return Cue(verb, heads, Phase.EXPECTED if status in AHEAD else Phase.ADDRESSED, needs_event)


def _is_headline_focus(token: Token) -> bool:
    """ "Visit To Focus On Trade": the tagger takes headlines for names."""
    return (
        token.i > 0 and token.nbor(-1).lower_ == "to" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "on"
    )


def _has_examples(noun: Token) -> bool:
    """ "on issues like A and B, he noted": named because they came up."""
    return (
        noun.tag_ == "NNS"
        and noun.dep_ == "pobj"
        and noun.head.lower_ in ("on", "about")
        and any(iter_objects(noun, "like", "as"))
    )


def _is_missing(noun: Token) -> bool:
    """ "no mention of X", "without any emphasis on X"."""
    has_no = any(child.lower_ == "no" for child in get_children(noun, "det"))
    return has_no or (noun.dep_ == "pobj" and noun.head.lower_ == "without")
