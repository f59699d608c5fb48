"""Cues that issues were left out: "sidestepped X", "no mention of X", "X did not come up" is in its verb's own reader.

Only what a report says was left out is one; what it does not mention is never read out of its silence.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import MAX_DEPTH, get_children, get_lemma, is_negated, is_verb, iter_objects
from communique.annotate.events.people import is_people
from communique.annotate.events.status import read_verb_status
from communique.annotate.ledgers.cue import Cue, Need, find_objects, is_passive, iter_below, iter_texts
from communique.annotate.ledgers.issues import get_issue_words
from communique.model import Phase, Status

_REAL = (Status.HAPPENED, Status.ONGOING)
_ABOUT = ("of", "on", "about", "to")


def read_left_out(verb: Token, key: str) -> Cue | None:
    """A verb of avoiding with what was avoided; "not a word was said about X"; "X was left off the agenda"."""
    clauses = [child for child in get_children(verb, "csubj", "csubjpass") if is_negated(child)]
    if any(get_lemma(clause) in get_issue_words("objects", "plain") for clause in clauses):
        cue = _avoid(verb, get_children(verb, "attr"))  # "Not addressed were the rights"
        return cue and replace(cue, is_impersonal=True)
    if key == "say" and _is_unsaid(verb):
        cue = _avoid(verb, [noun for _, noun in iter_objects(verb, "about", "on", "of")])
        return cue and replace(cue, needs=Need.NOTHING)
    if read_verb_status(verb) not in _REAL:
        return None
    if key in get_issue_words("avoided", "verbs"):
        return _avoid(verb, [noun for noun in (*find_objects(verb), *_find_likewise(verb)) if not _is_body(noun)])
    if key in get_issue_words("avoided", "guarded"):
        objects = find_objects(verb)
        wrapped = [noun for noun in objects if get_lemma(noun) in get_issue_words("issue", "wrappers")]
        mentions = [noun for noun in objects if get_lemma(noun) in get_issue_words("avoided", "nouns")]
        return _avoid(verb, [*wrapped, *(inner for noun in mentions for inner in iter_below(noun, *_ABOUT))])
    for phrase in get_issue_words("avoided", "phrases"):
        lemma, word, preposition = phrase.split(":")
        if key.partition("_")[0] == lemma and any(child.lower_ == word for child in verb.children):
            below = [child for child in verb.children if child.lower_ in (word, preposition)]
            return _avoid(verb, [noun for head in (verb, *below) for noun in _iter_of(head, preposition)])
    if get_lemma(verb) in ("leave", "keep", "take", "put") and any(
        noun.lower_ in ("agenda", "table") for _, noun in iter_objects(verb, "off")
    ):
        return _avoid(verb, find_objects(verb))
    return None


def _find_likewise(verb: Token) -> list[Token]:
    """ "X was left out, and so was Y"."""
    others = [other for other in get_children(verb, "conj") if get_lemma(other) == "be"]
    others = [other for other in others if any(child.lower_ == "so" for child in other.children)]
    return [noun for other in others for noun in get_children(other, "nsubj", "attr")]


def _iter_of(head: Token, preposition: str) -> list[Token]:
    if head.lower_ == preposition and head.dep_ == "prep":
        return get_children(head, "pobj")
    return [noun for _, noun in iter_objects(head, preposition)]


def _is_body(noun: Token) -> bool:
    """People are bypassed, laws are shelved: no issue at a table."""
    return is_people(noun) and noun.ent_type_ not in ("GPE", "NORP", "LOC")


def _avoid(verb: Token, heads: list[Token]) -> Cue | None:
    if not heads:
        return None
    return Cue(verb, tuple(heads), Phase.AVOIDED, is_impersonal=is_passive(verb))


def _is_unsaid(verb: Token) -> bool:
    """ "not a word was said", "nothing was said"."""
    subjects = get_children(verb, "nsubj", "nsubjpass")
    if any(noun.lower_ == "nothing" for noun in subjects):
        return True
    words = [noun for noun in subjects if noun.lower_ == "word"]
    return bool(words) and (is_negated(verb) or any(is_negated(noun) for noun in words))


def read_missing(noun: Token) -> Cue | None:
    """ "no mention of X", "made no reference to X", "without any emphasis on X"."""
    if get_lemma(noun) not in get_issue_words("avoided", "nouns"):
        return None
    has_no = any(child.lower_ == "no" for child in get_children(noun, "det"))
    if not (has_no or _is_denied(noun) or (noun.dep_ == "pobj" and noun.head.lower_ == "without")):
        return None
    heads = list(iter_below(noun, *_ABOUT))
    governor = next((t for t in islice(noun.ancestors, MAX_DEPTH) if is_verb(t)), None)
    if not heads or governor is None:
        return None
    impersonal = bool(get_children(governor, "expl")) or noun.dep_ in ("nsubj", "nsubjpass", "pobj")
    texts = get_issue_words("agenda", "texts")
    written = any(iter_texts(noun)) or any(get_lemma(subject) in texts for subject in get_children(governor, "nsubj"))
    needs = Need.NOTHING if written else Need.EVENT
    return Cue(governor, tuple(heads), Phase.AVOIDED, needs, impersonal)


def _is_denied(noun: Token) -> bool:
    """ "did not make any mention of": the parser gives the negation to the verb."""
    return noun.dep_ == "dobj" and get_lemma(noun.head) in ("make", "contain", "include") and is_negated(noun.head)
