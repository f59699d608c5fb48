"""Is a text English prose? A rough answer by its commonest words, for saying what was not looked at.

Not done: which other language it is.
"""

from __future__ import annotations

import re
from functools import cache

from communique.tables import load_table

# So few words are a headline or a fragment, and prove nothing.
FEWEST = 25
# Of 1,180 English news texts, these words are 36 in a hundred on average and 17 at least; in other languages under 10.
SHARE = 0.12
# A look at the beginning is enough.
LOOKED_AT = 20_000

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _get_words() -> frozenset[str]:
    return frozenset(load_table("english")["words"])


def is_english(text: str) -> bool:
    """False for a text of some length that is not English prose: another language, a list of names, noise."""
    words = [match.group().lower() for match in _WORD.finditer(text[:LOOKED_AT])]
    if len(words) < FEWEST:
        # Short texts pass, unless there is a lot of text without words.
        return len(text) < LOOKED_AT or (len(words) > 0 and max(map(len, words)) < 100)
    return sum(word in _get_words() for word in words) >= SHARE * len(words)
