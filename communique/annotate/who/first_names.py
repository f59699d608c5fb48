"""Persons who are called by the first word of their name: "Abiy Ahmed" is Abiy where he is named again."""

from __future__ import annotations

from communique.annotate.parse import Parsed, get_texts
from communique.annotate.who.gazetteer import get_gazetteer
from communique.annotate.who.name_words import Name, get_given_names
from communique.model import EntityKind


def find_first_names(parsed: Parsed, found: list[list[Name]]) -> frozenset[str]:
    """First words of full names, of running text, that are no given name or place that the tables know."""
    known = get_gazetteer().names
    return frozenset(
        words[0]
        for block, names in zip(parsed.blocks, found, strict=True)
        if not block.is_heading
        for name in names
        if name.kind is EntityKind.PERSON and name.entry is None
        for words in [get_texts(block.tokens)[name.first : name.last]]
        if len(words) > 1 and len(words[0]) > 3 and words[0].isalpha() and words[0][0].isupper()
        if words[0] not in get_given_names() and words[0] not in known
    )
