"""Names beside the office of their bearer: "the envoy to the Great Lakes, Idris Vane, flew on".

The language model takes many such names for places or bodies; the office says that they are persons.
"""

from __future__ import annotations

from spacy.tokens import Doc

from communique.annotate.clauses import is_verb
from communique.annotate.parse import get_texts
from communique.annotate.who.name_words import PARTICLES, is_name_word
from communique.annotate.who.office_words import match_offices
from communique.tables import load_table

# So many words may stand between an office and the comma before the name ("to the Great Lakes").
_REACH = 8
# A name set off by commas has so many words.
_LENGTH = (2, 4)
_CLOSING = frozenset([",", ".", "-", "–", "—", ";", ":", ")"])
_THINGS = frozenset(["agency", "bureau", "council", "committee", "university", "institute", "party", "group", "bank"])


def is_beside_office(tokens: Doc, first: int, last: int) -> bool:
    """Is a name set off by a comma behind an office, and closed by a mark or a verb?"""
    if first < 2 or tokens[first - 1].text != "," or not _LENGTH[0] <= last - first <= _LENGTH[1]:
        return False
    following = tokens[last] if last < len(tokens) else None
    if following is not None and following.text not in _CLOSING and not is_verb(following):
        return False
    words = tokens[first:last]
    things = _THINGS.union(load_table("nouns")["organizations"], load_table("engagements")["venues"]["nouns"])
    if words[-1].lower_ in things or not all(is_name_word(w) or w.lower_ in PARTICLES or w.text == "-" for w in words):
        return False
    ends = _get_office_ends(tokens)
    texts = get_texts(tokens)
    for k in range(first - 2, max(-1, first - 2 - _REACH), -1):
        if k + 1 in ends:
            return True
        if texts[k] in _CLOSING or is_verb(tokens[k]):
            return False
    return False


def _get_office_ends(tokens: Doc) -> set[int]:
    ends: set[int] | None = tokens.user_data.get("office_ends")
    if ends is None:
        ends = {end for _, end, word in match_offices(tokens) if not word.is_plural}
        tokens.user_data["office_ends"] = ends
    return ends
