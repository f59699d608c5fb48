"""Whose office a phrase is, where its sentence tells: in apposition, or as the subject of "is" and "served as"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from communique.annotate.who.name_words import Name
from communique.annotate.who.office_words import get_honorifics
from communique.model import EntityKind

_PREDICATES = frozenset(["be", "serve", "become", "remain"])

# Token -> the name that it belongs to.
Owner = dict[int, Name]


def person_at(owner: Owner, k: int) -> Name | None:
    """The person whose name begins at a token."""
    name = owner.get(k)
    return name if name is not None and name.kind is EntityKind.PERSON and name.first == k else None


def find_holder(tokens: Doc, first: int, last: int, owner: Owner) -> Name | None:
    """The person whose office it is: in apposition after or before the phrase, or as the subject of "is"."""
    if last < len(tokens) and tokens[last].text == ",":
        behind = last + 1
        while behind < len(tokens) and tokens[behind].text.rstrip(".") in get_honorifics():
            behind += 1  # "the Minister of Finance, Dr. Ann Ek,"
        name = person_at(owner, behind)
        if name is not None and (name.last == len(tokens) or tokens[name.last].text in (",", ".", ")", ";", "--")):
            return name
    before = first - 1
    if before > 0 and tokens[before].text in (",", "--", "(") and before - 1 in owner:
        name = owner[before - 1]
        is_list = tokens[first].pos_ == "PROPN" and last < len(tokens) and owner.get(last) is not None
        if (
            name.kind is EntityKind.PERSON
            and name.last == before
            and not is_list
            and not _is_subject(tokens, first, last)
        ):
            return name
    return _find_apposed(tokens, first, last, owner)


def _is_subject(tokens: Doc, first: int, last: int) -> bool:
    """ "…, a palace official said" names another person, without a name, and is no apposition."""
    is_unnamed = tokens[first].lower_ in ("a", "an", "one", "another")
    following = tokens[last] if last < len(tokens) else None
    return is_unnamed and following is not None and following.pos_ in ("VERB", "AUX")


def _find_apposed(tokens: Doc, first: int, last: int, owner: Owner) -> Name | None:
    head: Token = next((t for t in tokens[first:last] if not first <= t.head.i < last), tokens[last - 1])
    while head.dep_ == "conj" and head.head.i < head.i and head.head.dep_ in ("appos", "attr", "conj"):
        head = head.head
    if head.dep_ == "appos":
        return owner[head.head.i] if _is_person(owner, head.head.i) else None
    verb = head.head
    if head.dep_ == "pobj" and verb.lower_ == "as":
        verb = verb.head
    elif head.dep_ not in ("attr", "oprd", "dobj"):
        return None
    if verb.lemma_ not in _PREDICATES or any(child.dep_ == "neg" for child in verb.children):
        return None
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            subject = verb.head.i if child.lower_ in ("who", "that") and verb.dep_ == "relcl" else child.i
            if _is_person(owner, subject):
                return owner[subject]
    return None


def _is_person(owner: Owner, k: int) -> bool:
    return k in owner and owner[k].kind is EntityKind.PERSON
