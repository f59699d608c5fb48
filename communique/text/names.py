"""Names into forms for comparing, never for showing.

Order of the steps for a person's name:

1. `fold_name`: lower case, no diacritics, full stops or possessives; hyphens and commas as blanks (a comma turns the
   name round: "Lavrov, Sergei").
2. `parse_person_name`: honorifics and titles in front, particles ("al-", "von") and suffixes ("Jr") taken off; what is
   left is given names and a possible family name or two ("Xi Jinping": either end).
3. `get_skeleton`: one word through spelling rules that bring together the usual romanisations (Sergei, Sergey).
4. `compare_person_names`: the verdict, with its reason.

Scripts other than Latin are compared as they are: nothing is transliterated. Resemblance is never measured; two names
that no rule and no table brings together are different.

The spellings and honorifics are in ``tables/names.toml``. rigour's tagger of names was tried: right in more cases, but
its first call takes 6.5 s and 430 MB, more than the rest of the linking of a thousand documents.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from communique.tables import load_table

_NO_DECOMPOSITION = str.maketrans(
    {
        **dict(zip("łøđðıħ", "loddih", strict=True)),
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        **dict.fromkeys("'’‘ʼʻʿʾ`´.′", ""),
    }
)
_POSSESSIVE = re.compile(r"['’]s?\s*$")
_BLANKS = re.compile(r"[\W_]+")
# Romanisations of Russian, Ukrainian and Arabic in English reports, applied to one folded word in this order.
_SPELLINGS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"^i(?=u|a...)", "y"),
        (r"iye", "ie"),
        (r"sk(?:iy|yy|ij|yj|ii|i|y)$", "ski"),
        (r"(?:yi|iy|ij|ii|yy|yj|y)$", "i"),
        (r"[ae]i$|[ae]j$|[ae]y$", "ei"),
        (r"(?<=[bcdfghklmnpqrstvxz])[ijy](?=[aeou])", "y"),
        (r"e[yij]e|eie|ee", "e"),
        (r"ou|oo", "u"),
        (r"kh", "h"),
        (r"ks", "x"),
        (r"shch|sch", "sh"),
        (r"tch", "ch"),
        (r"tz", "ts"),
        (r"ph", "f"),
        (r"q", "k"),
        (r"(.)\1+", r"\1"),
    )
)


class Verdict(StrEnum):
    """Can two names be one person's?"""

    SAME = "same"
    COMPATIBLE = "compatible"  # may be one person; something else must say so
    DIFFERENT = "different"


class Compared(NamedTuple):
    """A verdict with its reason in a few words."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, taken apart, each word in its skeleton.

    ``words`` are given and family names in order; ``given`` is empty for a bare surname. ``families`` are the words
    that may be the family name.
    """

    words: tuple[str, ...]
    families: tuple[str, ...]
    suffix: str = ""
    gender: str = ""  # of the form of address: m, f, or empty

    @property
    def given(self) -> tuple[str, ...]:
        return self.words[:-1]

    @property
    def is_full(self) -> bool:
        """True with a given name that is more than an initial."""
        return any(len(word) > 1 for word in self.given)


def fold_name(name: str) -> str:
    """A name in lower case without diacritics and punctuation; words apart by one blank."""
    name = _POSSESSIVE.sub("", name).casefold()
    if "," in name and name.count(",") == 1:
        behind, before = name.split(",")
        if before.strip() and before.strip(" .") not in load_table("names")["words"]["suffixes"]:
            name = f"{before} {behind}"
    if name.isascii():
        name = name.translate(_NO_DECOMPOSITION)
    else:
        decomposed = unicodedata.normalize("NFKD", name.translate(_NO_DECOMPOSITION))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
        name = plain.casefold().translate(_NO_DECOMPOSITION)  # some letters have a lower case only when decomposed
    return _BLANKS.sub(" ", name).strip()


@lru_cache(maxsize=65536)
def get_skeleton(word: str) -> str:
    """One folded word, with its romanisation levelled out: ``sergey`` and ``sergei`` become the same."""
    for pattern, plain in _SPELLINGS:
        word = pattern.sub(plain, word)
    return word


@cache
def _by_spelling(section: str) -> dict[str, frozenset[str]]:
    """Skeleton of each spelling in a section of the table -> the groups it belongs to."""
    groups: dict[str, set[str]] = {}
    for group, spellings in load_table("names")[section].items():
        for spelling in spellings:
            groups.setdefault(get_skeleton(spelling), set()).add(group)
    return {spelling: frozenset(names) for spelling, names in groups.items()}


@cache
def _word_list(key: str) -> frozenset[str]:
    return frozenset(load_table("names")["words"][key])


@cache
def _honorifics() -> dict[tuple[str, ...], str]:
    return {tuple(words.split()): gender for words, gender in load_table("names")["honorifics"].items()}


def _take_honorifics(words: list[str]) -> tuple[list[str], str]:
    genders: list[str] = []
    while True:
        taken = next((n for n in (3, 2, 1) if n < len(words) and tuple(words[:n]) in _honorifics()), 0)
        if not taken:
            return words, next((gender for gender in genders if gender), "")
        genders.append(_honorifics()[tuple(words[:taken])])
        words = words[taken:]


@lru_cache(maxsize=65536)
def parse_person_name(name: str) -> PersonName:
    """Takes a person's name apart. A name of titles alone has its last word as family name; ``""`` has none."""
    words, gender = _take_honorifics(fold_name(name).split())
    suffix = ""
    if len(words) > 1 and words[-1] in _word_list("suffixes"):
        suffix = {"junior": "jr", "senior": "sr"}.get(words[-1], words[-1])
        words = words[:-1]
    core = [
        word
        for i, word in enumerate(words)
        if word not in _word_list("particles") and not (i and word in _word_list("inner_particles"))
    ] or words[-1:]
    if not core:
        return PersonName((), ())
    level = _by_spelling("same_family")
    skeletons = [get_skeleton(word) for word in core]
    families = [skeletons[-1]]
    if len(core) > 1 and core[0] in _word_list("family_first"):
        families.append(skeletons[0])
    families = [min(level.get(family, {family})) for family in families]
    return PersonName((*skeletons[:-1], families[0]), tuple(families), suffix, gender)


@lru_cache(maxsize=65536)
def get_given_keys(word: str) -> tuple[str, frozenset[str]]:
    """A given name's skeleton -> its own form (one for all spellings), and the groups of close forms it belongs to."""
    own = min(_by_spelling("same_given").get(word, {word}))
    return own, _by_spelling("near_given").get(word, frozenset()) | _by_spelling("near_given").get(own, frozenset())


def _compare_given(a: str, b: str) -> Compared:
    own_a, near_a = get_given_keys(a)
    own_b, near_b = get_given_keys(b)
    if own_a == own_b:
        return Compared(Verdict.SAME, "same given name" if a == b else "same given name, spelled differently")
    if 1 in (len(a), len(b)):
        if a[0] == b[0]:
            return Compared(Verdict.COMPATIBLE, "initial agrees")
        return Compared(Verdict.DIFFERENT, "initials differ")
    if near_a & near_b:
        return Compared(Verdict.COMPATIBLE, "close forms of one given name")
    return Compared(Verdict.DIFFERENT, "given names differ")


def _compare_middle(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True when two runs of middle names or initials can stand together; a run that is missing says nothing."""
    return not a or not b or all(x[0] == y[0] and (1 in (len(x), len(y)) or x == y) for x, y in zip(a, b, strict=False))


def compare_names(a: PersonName, b: PersonName) -> Compared:
    """The verdict on two parsed names, see `compare_person_names`."""
    if not a.words or not b.words:
        return Compared(Verdict.DIFFERENT, "no name")
    if a.gender and b.gender and a.gender != b.gender:
        return Compared(Verdict.DIFFERENT, "forms of address differ")
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return Compared(Verdict.DIFFERENT, "suffixes differ")
    if a.words == b.words:
        return Compared(Verdict.SAME if a.given else Verdict.COMPATIBLE, "same name" if a.given else "same surname")
    short, long = sorted((a, b), key=lambda name: (len(name.words), name.words))
    if "".join(a.words) == "".join(b.words) and min(map(len, (*a.words, *b.words))) > 1:
        return Compared(Verdict.SAME, "same name, divided differently")
    if not short.given:
        if short.words[0] in long.families:
            return Compared(Verdict.COMPATIBLE, "surname agrees")
        return Compared(Verdict.DIFFERENT, "surnames differ")
    if len(a.words) == 2 and a.words == b.words[::-1]:
        return Compared(Verdict.SAME, "same name, other order")
    if len(short.words) < len(long.words) and long.words[-len(short.words) :] == short.words:
        return Compared(Verdict.COMPATIBLE, "end of the longer name")
    if not set(a.families[:1]) & set(b.families[:1]):
        return Compared(Verdict.DIFFERENT, "surnames differ")
    given = _compare_given(a.words[0], b.words[0])
    if given.verdict is not Verdict.DIFFERENT and not _compare_middle(a.words[1:-1], b.words[1:-1]):
        return Compared(Verdict.DIFFERENT, "middle names differ")
    return given


def compare_person_names(a: str, b: str) -> Compared:
    """Can two written names be one person's?

    Args:
        a: A name as written, with or without title: "Secretary Kerry", "John F Kennedy".
        b: The other one. The order makes no difference.

    Returns:
        SAME when given name and surname agree in any usual spelling; COMPATIBLE when one is a part or a short form
        of the other, or both are one bare surname; DIFFERENT otherwise. With the reason in a few words.
    """
    return compare_names(parse_person_name(a), parse_person_name(b))


@lru_cache(maxsize=65536)
def find_group_kinds(name: str) -> frozenset[str]:
    """The kinds of people that a group's words stand for ("civil society", "press"); empty when none is known."""
    padded = f" {fold_name(name)} "
    kinds = load_table("names")["group_kinds"]
    return frozenset(kind for kind, words in kinds.items() if any(f" {word} " in padded for word in words))


def is_telling_surname(name: PersonName) -> bool:
    """False for a bare word that says too little: a given name ("Boris"), an initial, a number ("II")."""
    word = name.words[-1] if name.words else ""
    return len(word) > 1 and word not in _skeletons_of_given() and word not in _word_list("suffixes")


@cache
def _skeletons_of_given() -> frozenset[str]:
    return frozenset(map(get_skeleton, _word_list("given")))


def is_generic_organization(name: str) -> bool:
    """True for a name that does not say whose it is: "Foreign Ministry", "the parliament"."""
    return all(word in _word_list("generic_organizations") for word in fold_name(name).split())


def is_acronym_of(short: str, long: str) -> bool:
    """True when ``short`` is written in capitals and its letters begin words of ``long``, in order: OSCE."""
    letters = short.replace(".", "").replace("-", "")
    words = fold_name(long).split()
    if not (2 <= len(letters) <= 10 and letters.isalpha() and letters.isupper() and len(words) >= 2):
        return False
    remaining = iter(word[0] for word in words)
    return letters[0].casefold() == words[0][0] and all(letter.casefold() in remaining for letter in letters)
