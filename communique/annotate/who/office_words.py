"""The words for offices as the table has them, and where they stand in a paragraph.

`match_offices` is asked by `names`, for titles before a person's name, and by `offices`, for whose office it is; the
answer is kept with the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spacy.tokens import Doc

from communique.annotate.parse import get_texts
from communique.tables import load_table


@dataclass(frozen=True, slots=True)
class OfficeWord:
    """An entry of the table of offices under one of its forms."""

    office: str
    classes: frozenset[str]  # kinds of office that the words can be; several for a short form
    is_short: bool  # "Secretary" for "Secretary of State"
    is_plural: bool
    gender: str | None
    only_described: bool  # "top diplomat": never a title
    territory: str | None = None  # the only state that usually has it
    tail: str | None = None  # the preposition before what it is for
    offices: frozenset[str] = frozenset()  # those that a short form can stand for


@cache
def get_office_words() -> dict[str, OfficeWord]:
    """Every form in lower case (abbreviations in capitals) -> its entry."""
    words: dict[str, OfficeWord] = {}
    shared: dict[str, set[str]] = {}
    offices: dict[str, set[str]] = {}
    for row in load_table("offices")["office"]:
        kind = row.get("class", row["office"].lower())
        states = row.get("territories", [])
        entry = OfficeWord(
            row["office"], frozenset(), False, False, row.get("gender"), bool(row.get("description")),
            states[0] if len(states) == 1 else None, row.get("tail"),
        )  # fmt: skip
        for form, office, short, plural in _list_forms(row):
            key = form if form.isupper() else form.lower()
            known = words.get(key)
            if known is None or (known.is_short and not short and not plural):
                own = replace(entry, territory=None) if short or plural else entry
                words[key] = replace(own, office=office, is_short=short, is_plural=plural)
                shared[key], offices[key] = {kind}, {row["office"]}
            elif known.is_short == short:
                shared[key].add(kind)
                offices[key].add(row["office"])
    return {
        key: replace(word, classes=frozenset(shared[key]), offices=frozenset(offices[key]))
        for key, word in words.items()
    }


def _list_forms(row: dict[str, Any]) -> Iterator[tuple[str, str, bool, bool]]:
    """Each form with the office that it names, and whether it is short, and plural. A short form names only itself."""
    for form in row["words"]:
        yield form, row["office"], False, False
        yield f"{form}s", row["office"], False, True
    for form in row.get("short", []):
        yield form, form, True, False
        yield f"{form}s", form, False, True
    for form in row.get("plural", []):
        yield form, row["office"], False, True


@cache
def get_singular(word: OfficeWord) -> OfficeWord:
    """The office of which a plural speaks."""
    return replace(word, is_plural=False)


@cache
def _first_words() -> dict[str, int]:
    """First word of every form, with the number of tokens of the longest form that begins so."""
    longest: dict[str, int] = {}
    for form in get_office_words():
        first = form.replace("-", " ").split()[0]
        longest[first] = max(longest.get(first, 0), form.replace("-", " - ").count(" ") + 1)
    return longest


def match_offices(tokens: Doc) -> list[tuple[int, int, OfficeWord]]:
    """The longest office forms in a paragraph, left to right: (first token, token after the last, office)."""
    found: list[tuple[int, int, OfficeWord]] | None = tokens.user_data.get("offices")
    if found is not None:
        return found
    first_words = _first_words()
    found = tokens.user_data["offices"] = []
    next_free = 0
    for k, text in enumerate(get_texts(tokens)):
        longest = max(first_words.get(text.lower(), 0), first_words.get(text, 0))
        if k < next_free or not longest:
            continue
        core = _match_core(tokens, k, longest)
        if core is not None:
            found.append(core)
            next_free = core[1]
    return found


def _match_core(tokens: Doc, k: int, longest: int) -> tuple[int, int, OfficeWord] | None:
    office_words = get_office_words()
    for last in range(min(k + longest, len(tokens)), k, -1):
        words = tokens[k:last].text
        word = office_words.get(words.lower()) or office_words.get(words)
        if word is None:
            continue
        pos = tokens[last - 1].pos_
        # "general elections" have no general.
        if pos in ("NOUN", "PROPN") or (pos == "ADJ" and (last - k > 1 or _is_before_name(tokens, last))):
            is_cut = f"{words}.".lower() in office_words and last < len(tokens) and tokens[last].text == "."
            return k, last + is_cut, word
    return None


def _is_before_name(tokens: Doc, last: int) -> bool:
    return tokens[last - 1].text[0].isupper() and last < len(tokens) and tokens[last].pos_ == "PROPN"


@cache
def get_honorifics() -> dict[str, str | None]:
    """Forms of address without their full stop -> the gender that they tell, if any: Mr, Sen, Queen."""
    rows = load_table("offices")["honorifics"]
    return {word.rstrip("."): row.get("gender") for row in rows for word in row["word"].split()}


@cache
def get_prefixes(which: str = "prefixes") -> frozenset[str]:
    """Words before an office that qualify it; ``which`` is a key of the table."""
    return frozenset(prefix.rstrip("-") for prefix in load_table("offices")[which])


def find_title_ends(tokens: Doc, offices: list[tuple[int, int, OfficeWord]]) -> dict[int, str | None]:
    """Last tokens of titles that can stand before a name ("Secretary of State", "Mr"), with the gender they tell."""
    ends = {
        last - 1: word.gender
        for first, last, word in offices
        if not word.only_described and (tokens[first].text[0].isupper() or last - first > 1)
    }
    honorifics = get_honorifics()
    texts = get_texts(tokens)
    for k, text in enumerate(texts):
        plain = text.rstrip(".")
        if plain in honorifics and k + 1 < len(texts):
            end = k + 1 if texts[k + 1] == "." else k
            ends[end] = honorifics[plain]
    return ends
