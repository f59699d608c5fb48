"""Parts of speech, morphology and lemmas by look-up: what spaCy's rule components give, in a third of their time.

The attribute ruler and the rule lemmatizer look at one token (its word, tag and, for a few, its dependency) and take an
eighth of the whole model's time. Here each combination goes through these same components once and is remembered. Their
few rules that look at two tokens ("gon" + "na", "there" + "is") are not remembered: a paragraph with such words goes
through the components as it is. A test holds that the outcome is the same, token for token.
"""

from __future__ import annotations

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


class Attributes:
    """Fills in what the two components would; remembers as it goes.

    Args:
        nlp: A pipeline that has both components (switched off or not).
    """

    def __init__(self, nlp: Language) -> None:
        self._components: list[Any] = [nlp.get_pipe(name) for name in COMPONENTS]
        self._vocab = nlp.vocab
        self._known: dict[Key, _Row] = {}
        patterns = self._components[0].patterns
        pairs = [one for pattern in patterns for one in pattern["patterns"] if len(one) > 1]
        self._deps = self._find_values("DEP", [one for pattern in patterns for one in pattern["patterns"]])
        self._first_words = self._find_values("LOWER", [[pair[0]] for pair in pairs])
        self._first_deps = self._find_values("DEP", [[pair[0]] for pair in pairs])
        self._second_words = self._find_values("LOWER", [[pair[1]] for pair in pairs if _is_regex(pair[0])])

    def _find_values(self, name: str, patterns: list[list[dict[str, Any]]]) -> frozenset[int]:
        """Hashes of all values that token patterns name for an attribute."""
        found: set[int] = set()
        for pattern in patterns:
            for token in pattern:
                value = token.get(name)
                listed = [*value.get("IN", []), *value.get("NOT_IN", [])] if isinstance(value, dict) else [value]
                found |= {self._vocab.strings.add(word) for word in listed if word is not None}
        return frozenset(found)

    def fill(self, tokens: Doc) -> Doc:
        """Sets part of speech, morphology and lemma of every token, in place."""
        rows = tokens.to_array([TAG, LOWER, DEP, ORTH])
        keys = [(tag, lower, dep if dep in self._deps else 0, orth) for tag, lower, dep, orth in rows.tolist()]
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

    def _is_special(self, rows: Any) -> bool:
        """True where a rule over two tokens may apply."""
        words, deps = set(rows[:, 1].tolist()), set(rows[:, 2].tolist())
        return bool(words & self._first_words or deps & self._first_deps or words & self._second_words)

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


def _is_regex(token: dict[str, Any]) -> bool:
    return any(isinstance(value, dict) and "REGEX" in value for value in token.values())
