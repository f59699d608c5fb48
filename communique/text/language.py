"""In which language a text is, found without network.

English is told by its commonest words, a test that names, lists and quotations do not mislead; another language by
py3langid, whose model is in its package. Texts of a few words tell their language only where their letters do.
Source: py3langid 0.4.0 (BSD), after Lui and Baldwin 2012 (langid.py).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from communique.tables import load_table

# So few words are a headline or a fragment, and prove nothing.
FEWEST = 25
# Of 1,180 English news texts, these words are 36 in a hundred on average and 17 at least; in other languages under 10.
SHARE = 0.12
# A look at the beginning is enough.
LOOKED_AT = 20_000
# So many letters tell of a script: fewer may be a name.
FEWEST_LETTERS = 8
# Languages with their own written news; the model knows others, which it takes short texts for.
LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko",
    "ku ky lo lt lv mk ml mn mr ms mt my ne nl no or pa pl ps pt ro ru si sk sl so sq sr sv sw ta te tg th tk tl tr ug",
    "uk ur uz vi zh",
)

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _get_words() -> frozenset[str]:
    return frozenset(load_table("english")["words"])


@cache
def _load_identifier() -> Any:
    # Late, for it takes a second, and most texts show that they are English by their words.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([name for name in " ".join(LANGUAGES).split() if name in identifier.labels])
    return identifier


def is_english(text: str) -> bool:
    """False for a text of some length that is not English prose: another language, a list of names, noise."""
    words = [match.group().lower() for match in _WORD.finditer(text[:LOOKED_AT])]
    if not _is_latin(words):
        return False
    if len(words) < FEWEST:
        # Short texts pass, unless there is a lot of text without words.
        return len(text) < LOOKED_AT or (len(words) > 0 and max(map(len, words)) < 100)
    return _is_english(words)


def find_language(text: str) -> str | None:
    """The language of a text as an ISO 639-1 code; None where its words do not tell."""
    words = [match.group().lower() for match in _WORD.finditer(text[:LOOKED_AT])]
    if len(words) < FEWEST and _is_latin(words):
        return None
    if len(words) >= FEWEST and _is_english(words):
        return "en"
    found, _ = _load_identifier().classify(" ".join(words))
    # The model's English without English's words is a list or noise.
    return None if found == "en" else str(found)


def _is_english(words: list[str]) -> bool:
    return sum(word in _get_words() for word in words) >= SHARE * len(words)


def _is_latin(words: list[str]) -> bool:
    """True unless most letters are of another script."""
    letters = "".join(words)[:2_000]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return len(letters) < FEWEST_LETTERS or 2 * latin >= len(letters)
