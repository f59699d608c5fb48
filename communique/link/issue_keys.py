"""What an issue is called, taken apart for comparing: topics, places, and the other words.

Two wordings are one issue when their keys are equal, and never by mere likeness. A key is made of

- topics: entries of the table ``topics`` and names of instruments ("Magnitsky list"), however worded;
- places: states by any name or adjective of theirs, and places of the table ``places``;
- the other words, in the singular and in one spelling, without what tells nothing ("thorny", "issue").

"The war in X", "the X crisis" and "X" are one; "X's nuclear program" is an issue of its own below "X".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from communique.tables import load_table
from communique.text.names import fold_name
from communique.text.segment import fold

MAX_NAME = 6  # words of a name
MAX_PARTS = 5  # of a key with more topics and places no wider ones are looked for
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?(?=\W|$)|[^\W_]+")
_CLITIC = re.compile(r"['’](?:s|S)\b|['’](?=\s|$)")
_IRREGULAR = {
    "series": "series",
    "news": "news",
    "crises": "crisis",
    "children": "child",
    "people": "people",
    "fishermen": "fisherman",
}


@dataclass(frozen=True, slots=True, order=True)
class IssueKey:
    """An issue for comparing; every part sorted."""

    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    def wider(self) -> Iterator[IssueKey]:
        """The keys of issues that this one is part of: fewer topics and places, no other words; the nearest first."""
        parts = [("topic", name) for name in self.topics] + [("place", name) for name in self.places]
        if len(parts) > MAX_PARTS:
            return
        most = len(parts) if self.rest else len(parts) - 1
        for size in range(most, 0, -1):
            for some in combinations(parts, size):
                topics, places = (tuple(name for kind, name in some if kind == wanted) for wanted in ("topic", "place"))
                yield IssueKey(topics, places)


@dataclass(frozen=True, slots=True)
class Words:
    """A text as sets of what its words mean. ``seats``: states whose capital is named, which may mean the state."""

    stems: frozenset[str]
    places: frozenset[str]
    instruments: frozenset[str]
    seats: frozenset[str]


@lru_cache(maxsize=65536)
def make_key(wording: str) -> IssueKey:
    """The key of an issue in a report's words."""
    words = read_words(wording)
    stems = words.stems - _idle("words")
    topics: list[str] = sorted(words.instruments)
    for name, wanted, drop in _find_topics(stems):
        if wanted <= stems:
            topics.append(name)
            stems = stems - wanted - drop
    telling = stems - _idle("modifiers")
    stems = telling if telling or topics or words.places else stems
    if topics or words.places or stems - _idle("heads"):
        stems = stems - _idle("heads")
    if topics:
        stems = stems - _idle("topic_heads")
    elif words.places and stems <= _idle("situations") | _idle("topic_heads") - {"tie", "relation", "cooperation"}:
        stems = frozenset()
    return IssueKey(tuple(sorted(topics)), tuple(sorted(words.places)), tuple(sorted(stems)))


def strip_modifiers(wording: str) -> str:
    """A wording without leading words that only rank or date it; its key stays the same."""
    words = wording.split(" ")
    while len(words) > 1 and words[0].isalpha() and _stem(words[0]) in _idle("modifiers"):
        words = words[1:]
    stripped = " ".join(words)
    return stripped if make_key(stripped) == make_key(wording) else wording


def is_general(key: IssueKey) -> bool:
    """Is an issue of general words only, as "a diplomatic solution to the crisis", so that many others may mean it?"""
    return not key.topics and not key.places and set(key.rest) <= _idle("general")


def is_named(key: IssueKey, words: Words) -> bool:
    """Do a text's words name an issue at all? Generous: a report is called silent only where next to nothing fits."""
    is_placed = bool(set(key.places) & (words.places | words.seats))
    if key.topics:
        # "Iran's nuclear program" may be meant where Iran is named; two states may well be those that met.
        return any(_has_topic(name, words) for name in key.topics) or (len(key.places) == 1 and is_placed)
    if is_placed:
        return True
    return bool(key.rest) and sum(stem in words.stems for stem in key.rest) * 2 > len(key.rest)


def _has_topic(name: str, words: Words) -> bool:
    return name in words.instruments or any(wanted <= words.stems for wanted in _topic_words().get(name, ()))


@cache
def _topic_words() -> dict[str, tuple[frozenset[str], ...]]:
    """By topic, sets of words that mean it, or that may well be about it."""
    return {
        row["name"]: tuple(frozenset(one.split()) for one in (*row["words"], *row.get("related", ())))
        for row in load_table("topics")["topic"]
    }


def read_words(text: str) -> Words:
    """The words of a text: stems, and the states, places and instruments that it names."""
    tokens = [match[0] for match in _WORD.finditer(_CLITIC.sub(" ", fold(text)))]
    stems: set[str] = set()
    places: set[str] = set()
    instruments: set[str] = set()
    seats: set[str] = set()
    i = 0
    while i < len(tokens):
        kind, name, n = _find_name(tokens, i)
        if kind == "place":
            places.add(name)
        elif kind == "instrument":
            instruments.add(name)
        else:
            stems.update(_stem(token) for token in tokens[i : i + max(n, 1)])
            seats |= {name} if kind == "seat" else set()
        i += max(n, 1)
    return Words(frozenset(stems), frozenset(places), frozenset(instruments), frozenset(seats))


def _find_name(tokens: list[str], i: int) -> tuple[str, str, int]:
    """The longest known name at a token: its kind, its key, its number of words; no kind where there is none."""
    first = _fold_word(tokens[i])
    for n in range(min(_first_words().get(first, 0), len(tokens) - i), 0, -1):
        words = tuple(tokens[i : i + n])
        known = _names().get(tuple(map(_fold_word, words)))
        # "US", not "us"; "Turkey", not "turkey".
        if known and (words[0][:1].isupper() or known[0] == "instrument"):
            return known[0], known[1], n
    return "", "", 0


def _fold_word(word: str) -> str:
    return fold_name(word).replace(".", "").replace(" ", "")


@cache
def _names() -> dict[tuple[str, ...], tuple[str, str]]:
    """Names by their folded words: states, well-known places, instruments."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}

    def add(names: Iterable[str], kind: str, key: str) -> None:
        for name in names:
            words = tuple(_fold_word(match[0]) for match in _WORD.finditer(_CLITIC.sub(" ", fold(name))))
            if words and len(words) <= MAX_NAME:
                found.setdefault(words, (kind, key))

    for code, row in load_table("territories").items():
        add((row["name"], *row.get("names", ()), *row["adjectives"], *row["people"]), "place", code)
    for row in load_table("instruments")["instrument"]:
        add((row["name"], *row.get("names", ())), "instrument", row["name"])
    for code, row in load_table("territories").items():
        add((*([row["capital"]] if "capital" in row else []), *row.get("capital_names", ())), "seat", code)
    for name, row in load_table("places").items():
        if not row.get("common"):
            add((name, *row.get("names", ())), "place", name)
    return found


@cache
def _first_words() -> dict[str, int]:
    """First words of names, with the length of the longest that begins so."""
    longest: dict[str, int] = {}
    for words in _names():
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """A word in the singular and in one spelling."""
    low = fold_name(word).replace(".", "")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("ies") and len(low) > 4:
        low = f"{low[:-3]}y"
    elif low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        low = low[:-1]
    spelling: dict[str, str] = load_table("topics")["spelling"]
    return spelling.get(low, low)


@cache
def _idle(name: str) -> frozenset[str]:
    return frozenset(load_table("topics")["idle"][name])


@cache
def _topics_by_word() -> dict[str, list[tuple[str, frozenset[str], frozenset[str]]]]:
    """Topics by one of the words that each wants, so that few are tried on an issue."""
    found: dict[str, list[tuple[str, frozenset[str], frozenset[str]]]] = {}
    for row in load_table("topics")["topic"]:
        for one in row["words"]:
            wanted = frozenset(one.split())
            found.setdefault(min(wanted), []).append((row["name"], wanted, frozenset(row["drop"])))
    return found


def _find_topics(stems: frozenset[str]) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Topics that may be meant, those that want most words first."""
    tried = [one for stem in sorted(stems) for one in _topics_by_word().get(stem, ())]
    return sorted(tried, key=lambda one: (-len(one[1]), one[0], sorted(one[1])))
