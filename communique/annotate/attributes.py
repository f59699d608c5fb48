"""Parts of speech, morphology and lemmas by look-up: what spaCy's rule components give, in a third of their time.

The attribute ruler and the rule lemmatizer look at one token (its word, tag and, for a few, its dependency) and take an
eighth of the whole model's time. Here each combination goes through these same components once and is remembered. Their
few rules that look at two tokens ("gon" + "na", "there" + "is") are not remembered: a paragraph with such a pair goes
through the components as it is. A test holds that the outcome is the same, token for token.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, NamedTuple

from spacy.attrs import DEP, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Token

COMPONENTS = ("attribute_ruler", "lemmatizer")
# Tag, lower-case word, dependency where a rule asks for it, word.
Key = tuple[int, int, int, int]
# A language has more words than a laptop memory; beyond this many the memory starts anew.
MOST = 200_000
# Verbs whose forms the lemmatizer's tables take for another one ("hoped" for "to hop").
MENDED = {"hoped": "hope", "hoping": "hope", "rated": "rate", "rating": "rate"}


class _Row(NamedTuple):
    """What is remembered of a token: part of speech, morphology and lemma by number, and words."""

    values: tuple[int, int, int]
    text: str
    lemma: str  # in lower case
    kind: str


class _Side(NamedTuple):
    """What a rule over two tokens asks of one of them: one of ``values`` in a column of a row (`_COLUMNS`), or words
    that ``regex`` finds. With neither, every token may do."""

    column: int
    values: frozenset[int]
    regex: re.Pattern[str] | None = None


_COLUMNS = {"LOWER": 1, "DEP": 2}


class Attributes:
    """Fills in what the two components would; remembers as it goes.

    Args:
        nlp: A pipeline that has both components (switched off or not).
    """

    def __init__(self, nlp: Language) -> None:
        self._components: list[Any] = [nlp.get_pipe(name) for name in COMPONENTS]
        self._vocab = nlp.vocab
        self._known: dict[Key, _Row] = {}
        patterns = [one for pattern in self._components[0].patterns for one in pattern["patterns"]]
        self._deps = frozenset(
            number for pattern in patterns for token in pattern for number in self._find_values(token.get("DEP"))
        )
        self._pairs = [(self._find_side(one[0]), self._find_side(one[1])) for one in patterns if len(one) > 1]
        _index_words(self._components[1])

    def _find_values(self, value: Any) -> frozenset[int]:
        """Hashes of all values that a token pattern names for an attribute."""
        listed = [*value.get("IN", []), *value.get("NOT_IN", [])] if isinstance(value, dict) else [value]
        return frozenset(self._vocab.strings.add(word) for word in listed if word is not None)

    def _find_side(self, token: dict[str, Any]) -> _Side:
        """What a token pattern asks by word or dependency; of what it asks besides, nothing is left out too early."""
        name = "DEP" if "DEP" in token else "LOWER"
        value = token.get(name)
        if isinstance(value, dict) and "REGEX" in value:
            return _Side(_COLUMNS[name], frozenset(), re.compile(value["REGEX"]))
        is_listed = isinstance(value, str) or (isinstance(value, dict) and set(value) == {"IN"})
        return _Side(_COLUMNS[name], self._find_values(value) if is_listed else frozenset())

    def fill(self, tokens: Doc) -> Doc:
        """Sets part of speech, morphology and lemma of every token, in place."""
        rows: list[list[int]] = tokens.to_array([TAG, LOWER, DEP, ORTH]).tolist()
        keys = [(tag, lower, dep if dep in self._deps else 0, orth) for tag, lower, dep, orth in rows]
        if not keys:
            return tokens
        if self._is_special(rows):
            for component in self._components:
                component(tokens)
            for token in tokens:
                token.lemma = self._mend(token)
            return tokens
        missing = {key: i for i, key in enumerate(keys) if key not in self._known}
        if missing:
            self._learn(tokens, missing)
        values: Any = tokens.to_array([POS, MORPH, LEMMA])
        found = [self._known[key] for key in keys]
        values[:] = [row.values for row in found]
        tokens.from_array([POS, MORPH, LEMMA], values)
        # What `parse.get_texts`, `get_lemmas` and `get_kinds` would ask spaCy for, token by token.
        tokens.user_data["texts"] = [row.text for row in found]
        tokens.user_data["lemmas"] = [row.lemma for row in found]
        tokens.user_data["kinds"] = [row.kind for row in found]
        return tokens

    def _mend(self, token: Token) -> int:
        """The lemma of a token, with the few mistakes of the shipped tables mended."""
        lemma = MENDED.get(token.lower_) if token.tag_.startswith("VB") else None
        return token.lemma if lemma is None else self._vocab.strings.add(lemma)

    def _is_special(self, rows: list[list[int]]) -> bool:
        """True where a rule over two tokens may apply."""
        found = {1: {row[1] for row in rows}, 2: {row[2] for row in rows}}
        return any(
            self._holds(first, one) and self._holds(second, other)
            for first, second in self._pairs
            if all(not side.values or side.values & found[side.column] for side in (first, second))
            for one, other in pairwise(rows)
        )

    def _holds(self, side: _Side, row: list[int]) -> bool:
        number = row[side.column]
        if side.regex is not None:
            return side.regex.search(self._vocab.strings[number]) is not None
        return not side.values or number in side.values

    def _learn(self, tokens: Doc, missing: dict[Key, int]) -> None:
        if len(self._known) > MOST:
            self._known = {key: self._known[key] for key in missing if key in self._known}
            missing = {key: i for key, i in missing.items() if key not in self._known}
        chosen = [tokens[i] for i in missing.values()]
        alone = Doc(
            self._vocab,
            words=[token.text for token in chosen],
            tags=[token.tag_ for token in chosen],
            deps=[token.dep_ for token in chosen],
            heads=list(range(len(chosen))),
        )
        for component in self._components:
            component(alone)
        rows = alone.to_array([POS, MORPH]).tolist()
        for key, token, (pos, morph) in zip(missing, alone, rows, strict=True):
            lemma = self._mend(token)
            values = (pos, morph, lemma)
            self._known[key] = _Row(values, token.text, self._vocab.strings[lemma].lower(), token.pos_)


def _index_words(lemmatizer: Any) -> None:
    """Makes sets of the lists of words in which the lemmatizer looks up each new word, up to 57,000 long."""
    if lemmatizer.lookups.has_table("lemma_index"):
        index = lemmatizer.lookups.get_table("lemma_index")
        for kind, words in list(index.items()):
            index[kind] = frozenset(words)
