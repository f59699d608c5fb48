"""One person in two romanised spellings, two persons with one name, and names that only look alike.

Joined: groups with the same given name whose surnames have one skeleton of consonants ("Araghchi", "Araqchi"), if both
hold an office of one title in one state; the likeness alone joins nothing. Taken apart: bearers of one full name who
hold an office of one title in different states, where a state has one of it (president, minister). Flagged, and never
joined to what they look like: names that mix letters of different scripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from communique.model import EntityKind, Problem, Reading, Referent, problem
from communique.tables import load_table
from communique.text.names import fold_name, get_given_keys

Offices = frozenset[tuple[str, str]]  # title, whose
# Ways to write one sound of Arabic, Persian, Russian or Chinese in Latin letters.
_SOUNDS = (
    ("tsch", "c"), ("tch", "c"), ("ch", "c"), ("shch", "s"), ("sch", "s"), ("sh", "s"), ("zh", "z"), ("dzh", "z"),
    ("gh", "k"), ("kh", "h"), ("ph", "f"), ("th", "t"), ("dj", "z"), ("ck", "k"), ("q", "k"), ("g", "k"), ("x", "ks"),
    ("j", "z"), ("w", "v"), ("y", ""),
)  # fmt: skip
# Classes of offices (table ``offices``) of which a state has one.
SINGLE = frozenset(["head of state", "head of government", "foreign minister", "defense minister", "finance minister"])
_VOWELS = re.compile(r"[aeiou'’ʻ`-]")
_DOUBLED = re.compile(r"(.)\1+")


def make_skeleton(surname: str) -> str:
    """The consonants of a surname, with spellings of one sound made equal: "Araghchi" and "Araqchi" are "rkc"."""
    word = fold_name(surname)
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def find_spellings(
    names: Sequence[tuple[tuple[str, ...], Offices]],
) -> list[tuple[int, int]]:
    """Pairs of places in a list that are one person in two spellings, the smaller first.

    Args:
        names: Words of a full name, and the offices held with the state whose they are ("" where not known).
    """
    alike: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for n, (words, offices) in enumerate(names):
        skeleton = make_skeleton(words[-1]) if len(words) > 1 else ""
        if len(skeleton) > 1:
            for title, whose in sorted(offices):
                if whose:
                    alike[get_given_keys(words[0])[0], skeleton, title, whose].append(n)
    return sorted({(same[0], other) for same in alike.values() for other in same[1:]})


def split_by_office(
    referents: Sequence[Referent], get_offices: Callable[[Iterable[Referent]], Offices]
) -> list[list[Referent]]:
    """Bearers of one full name, taken apart where one title is held in different states.

    Returns:
        One list if nothing tells them apart; else one for each state, and one for each who does not say.
    """
    held = {referent.id: get_offices([referent]) for referent in referents}
    states: defaultdict[str, set[str]] = defaultdict(set)
    for offices in held.values():
        for title, state in offices:
            if is_single(title) and _is_state(state):
                states[title].add(state)
    telling = {title for title, found in states.items() if len(found) > 1}
    holders = [frozenset(s for title, s in offices if title in telling and _is_state(s)) for offices in held.values()]
    # One report that gives a person the office in two states shows that one person may hold both.
    if not telling or any(len(whose) > 1 for whose in holders):
        return [list(referents)]
    apart: defaultdict[str, list[Referent]] = defaultdict(list)
    for referent, whose in zip(referents, holders, strict=True):
        apart[min(whose, default=f"\0{referent.id}")].append(referent)
    return [same for _, same in sorted(apart.items())]


@cache
def _list_single_titles() -> frozenset[str]:
    """Offices of which a state has one: "president", "foreign minister"; an ambassador's state is told in two ways."""
    rows = load_table("offices")["office"]
    return frozenset(fold_name(row["office"]) for row in rows if row.get("class") in SINGLE)


def is_single(title: str) -> bool:
    """Is a title (folded) that of an office of which a state has one?"""
    return title in _list_single_titles()


def _is_state(whose: str) -> bool:
    return len(whose) == 2 and whose.isupper()


def find_mixed_scripts(readings: Iterable[Reading]) -> list[Problem]:
    """Names with letters of more than one script, which look like others and are not joined to them."""
    found = {}
    for reading in readings:
        for referent in reading.annotations.referents:
            scripts = find_scripts(referent.name) if referent.kind is EntityKind.PERSON else ()
            if len(scripts) > 1:
                reason = f"the name {referent.name!r} mixes letters of {' and '.join(scripts)}: joined to no look-alike"
                row = problem(referent.document, "link", reason, "check the text: a look-alike, or a slip of a scanner")
                found[row.id] = row
    return [row for _, row in sorted(found.items())]


def find_scripts(name: str) -> tuple[str, ...]:
    """The alphabets of a name's letters: ("Cyrillic", "Latin")."""
    if name.isascii():
        return ()
    known = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
    words = {unicodedata.name(character, "").partition(" ")[0] for character in name if character.isalpha()}
    return tuple(sorted(word.capitalize() for word in words if word in known))
