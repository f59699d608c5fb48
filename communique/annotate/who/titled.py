"""Names behind a title, as far as they go: "President Andrés Manuel López Obrador", "Foreign Minister Colombo".

The language model cuts many such names in two, or takes them for places; the title says that a person follows, and the
words that hang together behind it are the name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from spacy.tokens import Doc

from communique.annotate.parse import get_texts
from communique.annotate.who.gazetteer import Entry, get_gazetteer
from communique.annotate.who.name_words import PARTICLES, SUFFIXES, is_joint, is_name_word
from communique.annotate.who.office_words import get_office_words
from communique.model import EntityKind
from communique.tables import load_table

# A name has at most so many tokens, hyphens among them.
_LONGEST = 9
# Particles that are words of other use where no hyphen joins them.
_PLAIN_WORDS = frozenset(["la", "le", "las", "los", "do", "at", "as", "e"])
# Before a hyphen also those of Arabic names: "as-Salim".
_JOINED = PARTICLES | frozenset(load_table("names")["words"]["inner_particles"])
_OTHER_LABELS = frozenset(["DATE", "TIME", "ORG", "FAC", "LAW", "EVENT", "NORP", "WORK_OF_ART", "PRODUCT"])
_THINGS = frozenset(
    [
        *load_table("nouns")["organizations"],
        *load_table("engagements")["venues"]["nouns"],
        *("foundation", "administration", "doctrine", "institute", "tower", "center", "street", "avenue"),
    ]
)

Known = Iterable[tuple[int, int, Entry]]
Run = tuple[int, int]


def find_titled(tokens: Doc, titles: Collection[int], known: Known) -> dict[int, Run]:
    """Each token of a name that stands behind a title with a capital -> the name's tokens, half-open.

    Args:
        tokens: A paragraph that is no headline.
        titles: Last tokens of titles, as `find_title_ends` gives them.
        known: The names that the tables know. A town's may be a person's ("Foreign Minister Colombo"); others may not.
    """
    barred = {k for first, last, entry in known if not _is_homonym(first, last, entry) for k in range(first, last)}
    places = {first for first, last, entry in known if _is_homonym(first, last, entry)}
    found: dict[int, Run] = {}
    for title in titles:
        first = title + 1
        if first in titles or first >= len(tokens) or not _has_capital(tokens, title):
            continue
        last = _find_end(tokens, first, {*barred, *titles})
        if last > first and not (first in places and _is_in_office(tokens, title, first, last)):
            found |= dict.fromkeys(range(first, last), (first, last))
    return found


def _is_homonym(first: int, last: int, entry: Entry) -> bool:
    return last - first == 1 and entry.kind is EntityKind.PLACE


def _has_capital(tokens: Doc, title: int) -> bool:
    word = tokens[title - 1] if tokens[title].text == "." and title else tokens[title]
    return word.text[0].isupper()


def _is_in_office(tokens: Doc, title: int, first: int, last: int) -> bool:
    """ "Mayor Lima officials": a town before a noun is a town."""
    following = tokens[last] if last < len(tokens) else None
    return following is not None and following.pos_ in ("NOUN", "PROPN") and tokens[last - 1].head.i >= last


def _find_end(tokens: Doc, first: int, barred: Collection[int]) -> int:
    """Where the words of one name that begin at ``first`` end; ``first`` where there are none."""
    texts = get_texts(tokens)
    last = end = first
    while end < len(tokens) and end - first < _LONGEST:
        if is_joint(tokens, end + 1) and texts[end].lower() in _JOINED and end + 2 < len(tokens):
            end += 2  # "as-Salim"
        elif end > first and is_joint(tokens, end) and texts[end + 1][0].isupper():
            end += 1  # "Sahle-Work"
        elif texts[end] in PARTICLES and texts[end] not in _PLAIN_WORDS:
            end += 1  # "dos Santos"
            continue
        if end >= len(tokens) or not _is_word(tokens, end, barred):
            break
        if texts[end] in SUFFIXES:
            return end + 1 if end > first else first
        if last > first and last == end and not _is_one(tokens, first, end):
            break
        end += 1
        last = end
    return last


def _is_word(tokens: Doc, k: int, barred: Collection[int]) -> bool:
    token = tokens[k]
    text = token.text
    if k in barred or token.ent_type_ in _OTHER_LABELS or token.lower_ in _THINGS:
        return False
    if text in get_gazetteer().adjectives or text in get_gazetteer().people:
        return False
    is_plain = text.replace("'", "").isalpha() and text[0].isupper() and not text.isupper()
    is_verb = token.pos_ == "VERB" and (k + 1 == len(tokens) or not tokens[k + 1].text[0].isupper())  # "Premier Begin"
    is_word = is_verb or (token.tag_ in ("NNP", "NN", "JJ", "FW") and is_name_word(token))
    return text in SUFFIXES or (is_plain and is_word)


def _is_one(tokens: Doc, first: int, k: int) -> bool:
    """Does the word before ``k`` hang on a word of the name, as parts of names do?"""
    before = tokens[k - 1]
    return before.head.i >= k and before.dep_ in ("compound", "nmod", "amod") and before.head.i - k < _LONGEST


def is_free_name(tokens: Doc, last: int) -> bool:
    """Is what stands behind a title a name, where no other rule says so? "The Minister Responsible for" is none."""
    following = tokens[last].lower_ if last < len(tokens) else ""
    return tokens[last - 1].tag_ in ("NNP", "NN") and following not in ("of", "for", "to")


def is_surname(tokens: Doc, k: int) -> bool:
    """ "Prime Minister Major": a title behind a title, with no name behind it."""
    if tokens[k].pos_ != "PROPN" or tokens[k].dep_ in ("compound", "nmod"):
        return False
    following = tokens[k + 1].text if k + 1 < len(tokens) else ""
    is_short = following == "." and f"{tokens[k].lower_}." in get_office_words()  # "Maj."
    return not is_short and not (following[:1].isupper() or following in ("of", "for"))
