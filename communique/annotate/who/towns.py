"""Towns that no table knows: what stands behind "in", "at" or "to" with a verb of meeting or travelling.

"Met in Amapala", "held talks with the president in Cholpon-Ata", "travelled to Gbarnga": the language model takes such
words for persons or bodies, or for nothing. Nobody meets "in" a person; who bears a title there keeps the name.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from spacy.tokens import Doc, Token

from communique.annotate.clauses import find_first_conjunct, get_lemma, is_verb
from communique.annotate.parse import Block, get_texts
from communique.annotate.who.gazetteer import get_gazetteer
from communique.annotate.who.name_words import Name, get_given_names, is_joint, make_name
from communique.annotate.who.office_words import get_office_words
from communique.model import EntityKind
from communique.tables import load_table

_WHERE = frozenset(["in", "at", "near"])
_WHITHER = frozenset(["to"])
_JOURNEYS = frozenset(["to", "place", "stay", "sent"])
# Labels of the language model under which a town may hide.
_LABELS = frozenset(["", "PERSON", "ORG", "NORP", "GPE", "LOC", "FAC", "PRODUCT"])
# A town has at most so many words.
_MAX_WORDS = 3
_LONGEST_ACRONYM = 6


@cache
def _get_verbs() -> tuple[frozenset[str], frozenset[str]]:
    """Verbs of being with somebody or somewhere, and those of them that go somewhere."""
    table = load_table("engagements")
    frames = {key.partition("_")[0]: row["frame"] for key, row in table["verbs"].items()}
    there = frozenset(frames) | frozenset(["hold", "have", "stay", "be"])
    return there, frozenset(verb for verb, frame in frames.items() if frame in _JOURNEYS) - {"be"}


def find_towns(index: int, block: Block, folded: str, names: list[Name], titles: Collection[int]) -> list[Name]:
    """The names of a paragraph, with what must be a town as a place: names that were something else, and new ones."""
    if block.is_heading:
        return names
    tokens = block.tokens
    owner = {k: name for name in names for k in range(name.first, name.last)}
    towns: dict[int, Name] = {}
    for k, text in enumerate(get_texts(tokens)):
        if not text[0].isupper():
            continue
        token = tokens[k]
        if token.dep_ != "pobj" or token.head.lower_ not in _WHERE | _WHITHER:
            continue
        name = owner.get(token.i)
        if name is not None and (name.entry is not None or name.is_titled or name.kind is EntityKind.PLACE):
            continue
        first, last = (name.first, name.last) if name is not None else _find_span(tokens, token.i, owner)
        if token.head.i + 1 == first and _can_be_town(tokens, first, last, titles) and _is_where(token.head):
            towns[first] = make_name(index, block, folded, first, last, EntityKind.PLACE)
    kept = [name for name in names if name.first not in towns]
    return sorted([*kept, *towns.values()], key=lambda name: name.first)


def _find_span(tokens: Doc, k: int, owner: dict[int, Name]) -> tuple[int, int]:
    """The capitalised words before a head, joined by blanks or hyphens."""
    first = k
    while first > 0 and first - 1 not in owner:
        before = tokens[first - 1]
        if is_joint(tokens, first - 1):
            first -= 2
        elif before.text[0].isupper() and before.dep_ in ("compound", "amod", "nmod") and before.head.i == k:
            first -= 1
        else:
            break
    return first, k + 1


def _can_be_town(tokens: Doc, first: int, last: int, titles: Collection[int]) -> bool:
    words = [token for token in tokens[first:last] if token.text != "-"]
    gazetteer = get_gazetteer()
    if len(words) > 1 and words[0].text in get_given_names():
        return False
    if not 0 < len(words) <= _MAX_WORDS or any(token.i in titles for token in words):
        return False
    months = load_table("calendar")["months"]
    venues = load_table("engagements")["venues"]["nouns"]
    for token in words:
        text = token.text
        is_plain = text[0].isupper() and text.isalpha() and not (text.isupper() and len(text) <= _LONGEST_ACRONYM)
        if not is_plain or token.ent_type_ not in _LABELS or text in gazetteer.adjectives or text in gazetteer.people:
            return False
        if token.lower_ in months or token.lower_ in venues or token.lower_ in get_office_words():
            return False
        if token.tag_ in ("NNS", "NNPS", "PRP", "PRP$", "DT"):
            return False
    return words[-1].lower_ not in load_table("nouns")["organizations"]


def _is_where(preposition: Token) -> bool:
    """Does a preposition tell where somebody met or went: by the verb or the noun above, over the persons between?"""
    there, journeys = _get_verbs()
    nouns = load_table("engagements")["nouns"]
    head = preposition.head
    is_to = preposition.lower_ in _WHITHER
    for _ in range(4):
        if is_verb(head):
            if any(child.dep_ == "prt" or child.lower_ == "around" for child in head.children) and is_to:
                return False  # "came around to Paz"
            is_vague = preposition.lower_ == "at" and get_lemma(head) in ("be", "have")
            return get_lemma(head) in (journeys if is_to else there) and not is_vague
        if head.lower_ in nouns or get_lemma(head) in nouns:
            kind = nouns.get(head.lower_) or nouns[get_lemma(head)]
            return not is_to or kind == "visit"
        if head.pos_ != "PROPN" or is_to:
            return False
        head = find_first_conjunct(head)
        above = head.head
        if head.dep_ in ("pobj", "agent") and above.pos_ == "ADP":
            head = above.head
        elif head.dep_ in ("dobj", "appos", "nsubj", "nsubjpass"):
            head = above
        else:
            return False
    return False
