"""Companies by their legal form, and their short names: "Orion Corp." is "Orion" in the rest of a report."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from spacy.tokens import Doc

from communique.annotate.parse import Parsed, get_texts
from communique.annotate.who.name_words import Name, make_name
from communique.model import EntityKind
from communique.tables import load_table


@cache
def get_legal_forms() -> frozenset[str]:
    """The words behind a company's name that say what kind of company it is."""
    return frozenset(load_table("organizations")["legal_forms"])


def find_firms(texts: Iterable[str]) -> frozenset[str]:
    """ "Orion" of "Orion Corp."."""
    split = (text.split() for text in texts)
    return frozenset(
        words[0] for words in split if len(words) > 1 and words[-1] in get_legal_forms() and words[-2] != "&"
    )


def add_firms(index: int, parsed: Parsed, names: list[Name], firms: Collection[str]) -> list[Name]:
    """Adds a company's short form wherever it stands."""
    block = parsed.blocks[index]
    if not firms or block.is_heading:
        return names
    taken = {k for name in names for k in range(name.first, name.last)}
    added = [
        make_name(index, block, parsed.folded, k, k + 1, EntityKind.ORGANIZATION)
        for k, text in enumerate(get_texts(block.tokens))
        if text in firms and k not in taken and block.tokens[k].pos_ == "PROPN" and not _is_inside(block.tokens, k)
    ]
    return sorted([*names, *added], key=lambda name: name.first)


def _is_inside(tokens: Doc, k: int) -> bool:
    """Is a word only the beginning of a longer name?"""
    return k + 1 < len(tokens) and tokens[k + 1].pos_ == "PROPN" and tokens[k + 1].text[0].isupper()
