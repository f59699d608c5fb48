"""What a name is made of: the span with its kind, and the small questions asked of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from communique.annotate.parse import Block
from communique.annotate.who.gazetteer import Entry
from communique.model import EntityKind
from communique.tables import load_table

# Small words inside names of persons: "Ursula von der Leyen", "Omar al-Bashir".
PARTICLES = frozenset(load_table("names")["words"]["particles"]) | {"ben", "abu", "do"}
SUFFIXES = frozenset(["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"])
# Behind these stands a given name, which is no surname of somebody else ("King Hussein", not Saddam).
ROYAL = frozenset(["king", "queen", "emir", "sultan", "prince", "princess", "emperor", "empress", "pope"])
_INITIAL = re.compile(r"(?:[A-Z]\.?)(?:[A-Z]\.)*")


@dataclass(frozen=True, slots=True)
class Name:
    """A name: tokens ``first:last`` of block ``block``, code points ``start:end`` of the document."""

    block: int
    first: int
    last: int
    start: int
    end: int
    text: str
    kind: EntityKind
    entry: Entry | None = None
    gender: str | None = None  # of the title before it
    is_titled: bool = False
    is_royal: bool = False  # behind "King": a given name
    is_signed: bool = False  # of the author of the report or of a comment


def make_name(
    index: int, block: Block, folded: str, first: int, last: int, kind: EntityKind, entry: Entry | None = None
) -> Name:
    """The name that tokens ``first:last`` of a block are; ``folded`` is the document's folded text."""
    tokens = block.tokens
    start = block.start + tokens[first].idx
    end = block.start + tokens[last - 1].idx + len(tokens[last - 1])
    return Name(index, first, last, start, end, folded[start:end], kind, entry)


@cache
def get_given_names() -> dict[str, str]:
    """Given names with their gender, ``male`` or ``female``."""
    table = load_table("given_names")
    return {name: gender for gender in ("male", "female") for name in table[gender]}


def is_initial(word: str) -> bool:
    """ "F.", "H.W.", "F"."""
    return bool(_INITIAL.fullmatch(word)) and (len(word) == 1 or "." in word)


def is_name_word(token: Token) -> bool:
    """Can a token be a word of a person's name?"""
    text = token.text
    if not text[0].isupper() or text[-1] in "&/":
        return False
    return token.pos_ not in ("VERB", "AUX", "PRON", "DET", "ADP") or _is_tagged_verb(token)


def _is_tagged_verb(token: Token) -> bool:
    """ "Peled" in "with Avner Peled": tagged as a verb, though it stands where a noun does, behind another name."""
    is_noun = token.dep_ in ("pobj", "dobj", "nsubj", "appos") and token.ent_type_ == "PERSON"
    return is_noun and token.i > 0 and token.pos_ == "VERB" and token.nbor(-1).ent_type_ == "PERSON"


# What follows a hyphen behind a name and is none of it: "Paz-led", "Haas-era".
_NOT_JOINED = frozenset(["led", "run", "era", "born", "like", "only", "the"])
_SYLLABLE = 4


def is_name_joined(tokens: Doc, k: int) -> bool:
    """ "Boutros-Ghali", "Moon Jae-in": is what the hyphen at ``k`` joins to a name a part of it?"""
    before, word = tokens[k - 1].text, tokens[k + 1]
    if word.pos_ == "PROPN":
        return True
    is_syllable = word.text.isalpha() and word.text.islower() and max(len(before), len(word)) <= _SYLLABLE
    return is_syllable and word.text not in _NOT_JOINED


def is_joint(tokens: Doc, k: int) -> bool:
    """A hyphen between two words without blanks: "al-Assad", "Ki-moon"."""
    return (
        0 < k < len(tokens) - 1
        and tokens[k].text == "-"
        and not tokens[k - 1].whitespace_
        and not tokens[k].whitespace_
    )
