"""A paragraph's clauses into cues that something was not said, or somebody not there, where no other noun tells it.

"did not respond to requests", "gave no details", "no joint statement was issued", "stayed away from the summit".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import (
    VERBAL,
    find_governor,
    find_phrase,
    find_subject,
    get_children,
    get_lemma,
    is_negated,
    is_verb,
    iter_objects,
)
from communique.annotate.parse import Block, get_kinds, get_lemmas, get_texts
from communique.model import SilenceKind
from communique.tables import load_table


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A verb that tells of a silence; whose (None: nobody named); the token indices of what was not said."""

    verb: Token
    kind: SilenceKind
    who: Token | None
    what: tuple[int, int]


@cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(load_table("silences")[section][name])


@cache
def _verbs() -> frozenset[str]:
    listed = (
        ("refused", "respond"), ("refused", "reach"), ("refused", "verbs"), ("refused", "comment"),
        ("withheld", "verbs"), ("withheld", "say"), ("withheld", "speak"),
        ("absent", "stay"), ("absent", "skip"), ("absent", "attend"),
    )  # fmt: skip
    return frozenset({"be", "invite"}).union(*(_words(*one) for one in listed))


def find_silence_cues(block: Block) -> Iterator[Cue]:
    """The cues of a paragraph."""
    tokens = block.tokens
    for k, (lemma, kind, text) in enumerate(zip(get_lemmas(tokens), get_kinds(tokens), get_texts(tokens), strict=True)):
        if kind in VERBAL and lemma in _verbs():
            cue = _read_refused(tokens[k]) or _read_withheld(tokens[k]) or _read_absent(tokens[k])
        else:
            cue = _read_without(tokens[k]) if text.lower() == "without" else None
        if cue is not None:
            yield cue


# --- comment refused ------------------------------------------------------------------------------


def _read_refused(verb: Token) -> Cue | None:
    lemma, no = get_lemma(verb), is_negated(verb)
    if lemma in _words("refused", "respond") and no:
        nouns = [noun for _, noun in iter_objects(verb, "to")] + get_children(verb, "dobj")
        return _refuse(verb, [noun for noun in nouns if get_lemma(noun) in _words("refused", "requests")])
    if lemma in _words("refused", "reach") and no and get_children(verb, "auxpass"):
        return _refuse(verb, [noun for _, noun in iter_objects(verb, "for")])
    if lemma == "be" and no:
        adjectives = [a for a in get_children(verb, "acomp") if a.lower_ in _words("refused", "available")]
        return _refuse(verb, [noun for adjective in adjectives for _, noun in iter_objects(adjective, "for")])
    if lemma in _words("refused", "comment") and no and verb.pos_ == "VERB":
        nouns = [noun for _, noun in iter_objects(verb, "on", "about")]
        return _refuse(verb, nouns or [verb])
    if lemma in _words("refused", "verbs"):
        acts = [act for act in get_children(verb, "xcomp") if get_lemma(act) in _words("refused", "acts")]
        nouns = [noun for noun in get_children(verb, "dobj") if get_lemma(noun) in _words("refused", "objects")]
        about = [noun for act in acts for noun in _find_complements(act)]
        return _refuse(verb, about or acts or nouns)
    nouns = [noun for noun in get_children(verb, "dobj") if noun.lower_ == "comment"]
    return (
        _refuse(verb, [noun for noun in nouns if no or _has_no(noun)]) if lemma in ("make", "give", "offer") else None
    )


def _find_complements(act: Token) -> list[Token]:
    nouns = get_children(act, "dobj") + [noun for _, noun in iter_objects(act, "on", "about", "to")]
    return nouns + get_children(act, "ccomp")


def _refuse(verb: Token, what: list[Token]) -> Cue | None:
    return Cue(verb, SilenceKind.REFUSED, find_subject(verb), _span(what[0])) if what else None


# --- words not said -------------------------------------------------------------------------------


def _read_withheld(verb: Token) -> Cue | None:
    lemma = get_lemma(verb)
    if lemma in _words("withheld", "say") and is_negated(verb):
        about = [noun for _, noun in iter_objects(verb, "on", "about")] + get_children(verb, "dobj", "ccomp")
        return Cue(verb, SilenceKind.WORDS, find_subject(verb), _span(about[0] if about else verb))
    if lemma not in _words("withheld", "verbs"):
        return None
    nouns = [n for n in get_children(verb, "dobj", "nsubjpass") if get_lemma(n) in _words("withheld", "objects")]
    if lemma in ("hold", "plan"):
        nouns = [noun for noun in nouns if get_lemma(noun) in _words("withheld", "held")]
    elif lemma == "take":
        nouns = [noun for noun in nouns if get_lemma(noun) in _words("withheld", "taken")]
    elif lemma == "reach":
        nouns = []
    nouns = [noun for noun in nouns if _has_no(noun) or is_negated(verb)]
    if not nouns or _is_ahead(verb):
        return None
    passive = bool(get_children(verb, "nsubjpass"))
    return Cue(verb, SilenceKind.WORDS, None if passive else find_subject(verb), _span(nouns[0]))


def _is_ahead(verb: Token) -> bool:
    """ "will give no details", "should make no statement": not so yet."""
    modals = ("will", "shall", "may", "might", "could", "should", "must", "would", "to", "'ll")
    return any(child.lower_ in modals for child in get_children(verb, "aux"))


def _has_no(noun: Token) -> bool:
    return any(child.lower_ == "no" for child in get_children(noun, "det"))


def _read_without(preposition: Token) -> Cue | None:
    """ "ended without a joint statement", "left without speaking to reporters", "without elaborating"."""
    verb = find_governor(preposition)
    if verb is None:
        return None
    for clause in get_children(preposition, "pcomp"):
        if get_lemma(clause) in _words("withheld", "speak"):
            return Cue(verb, SilenceKind.WORDS, find_subject(verb), _span(clause))
    for noun in get_children(preposition, "pobj"):
        if get_lemma(noun) in _words("withheld", "texts"):
            return Cue(verb, SilenceKind.WORDS, None, _span(noun))
    return None


# --- absent ---------------------------------------------------------------------------------------


def _read_absent(verb: Token) -> Cue | None:
    lemma, no = get_lemma(verb), is_negated(verb)
    nouns: list[Token] = []
    if lemma in _words("absent", "stay") and any(child.lower_ == "away" for child in verb.children):
        nouns = [noun for child in (verb, *verb.children) for noun in _from(child)]
    elif (lemma in _words("absent", "skip") and not no) or (lemma in _words("absent", "attend") and no):
        nouns = get_children(verb, "dobj")
    elif lemma == "invite" and no and get_children(verb, "auxpass"):
        nouns = [noun for _, noun in iter_objects(verb, "to")]
    elif lemma == "be":
        adjectives = [a for a in get_children(verb, "acomp") if a.lower_ in _words("absent", "adjectives")]
        nouns = [noun for adjective in adjectives for noun in _from(adjective)]
    nouns = [noun for noun in nouns if get_lemma(noun) in _words("absent", "meetings") or noun.lower_ == "talks"]
    subject = find_subject(verb)
    if not nouns or subject is None or _is_ahead(verb):
        return None
    return Cue(verb, SilenceKind.ABSENT, subject, _span(nouns[0]))


def _from(head: Token) -> list[Token]:
    """ "away from the summit", whatever the parser hangs "from" on."""
    if head.lower_ == "from":
        return get_children(head, "pobj")
    return [noun for _, noun in iter_objects(head, "from")]


def _span(head: Token) -> tuple[int, int]:
    """The words of a noun phrase without its determiners, or of a clause."""
    if not is_verb(head):
        start, end = find_phrase(head)
        while start < head.i and head.doc[start].pos_ in ("DET", "PRON"):
            start += 1
        return start, end
    kept = [token.i for token in head.subtree if token.i >= head.i or token.dep_ not in ("aux", "neg")]
    return min(kept), max(kept) + 1
