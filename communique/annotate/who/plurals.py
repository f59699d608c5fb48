"""Whom "they", "both", "the two" and "the foreign ministers" mean, where that is certain.

Certain is a pair: exactly two persons in the sentence that was last about persons, or two joined by "and" there, who
for "they", "the leaders" and "the ministers" do something together there; of an office of which a state has one,
exactly two in the document who hold it; of "the two presidents", the last two named who hold it or whose office is not
told. "The leaders" are heads of states, governments or parties.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from communique.annotate.clauses import is_verb
from communique.annotate.parse import Parsed
from communique.annotate.who.context import MOST_NAMED, Holder, Named
from communique.annotate.who.offices import OfficePhrase
from communique.annotate.who.referents import get_gender
from communique.model import EntityKind, Referent

_PRONOUNS = frozenset(["they", "them", "their", "themselves"])
# How many sentences back "they" and "the two" can reach.
PAIR_REACH = 2
# Offices of which a state has one.
_TELLING = frozenset(
    [
        "foreign minister",
        "defense minister",
        "finance minister",
        "interior minister",
        "head of state",
        "head of government",
    ]
)

_HEADS = frozenset(["leader", "head of state", "head of government"])
_GENDER = {"men": "male", "women": "female"}
_PAIRED = frozenset(
    [
        "men",
        "women",
        "diplomats",
        "leaders",
        "officials",
        "politicians",
        "statesmen",
        "sides",
        "generals",
        "negotiators",
    ]
)


# Of people who sit at a table, and need not be two.
_GROUPS = frozenset(
    ["chiefs", "envoys", "delegations", "ministers", "presidents", "premiers", "ambassadors", "negotiators"]
)


@dataclass(frozen=True, slots=True)
class Words:
    """A noun or pronoun in the plural, and the office that it names, if it does."""

    token: Token
    phrase: OfficePhrase | None


def denotes_pair(words: Words) -> bool:
    """Can words denote two persons named before?"""
    token, phrase, lower = words.token, words.phrase, words.token.lower_
    if lower in _PRONOUNS or lower in ("both", "two"):
        return lower not in ("both", "two") or token.dep_ not in ("nummod", "predet", "cc", "preconj", "det")
    if phrase is not None:
        return phrase.word.is_plural and (phrase.definite or is_two(token))
    return is_two(token) and lower in _PAIRED


def is_group(token: Token) -> bool:
    """Is a noun in the plural one of people who may be two: "chiefs", "envoys"?"""
    return token.lower_ in _PAIRED or token.lower_ in _GROUPS


def is_telling(words: Words) -> bool:
    """Is it an office of which a state has one: "the foreign ministers"?"""
    return words.phrase is not None and words.phrase.word.classes <= _TELLING


def is_two(token: Token) -> bool:
    """ "the two ministers", "both men"."""
    return any(child.lower_ in ("two", "both") for child in token.children)


def find_pair(
    here: tuple[int, int],
    words: Words,
    named: Sequence[Named],
    referents: Mapping[str, Referent],
    holders: Mapping[str, list[Holder]],
    barred: Collection[str] = (),
) -> list[Named]:
    """The two persons that words at (block, token) denote, in text order; empty where that is not certain.

    Args:
        here: Block and token.
        words: The noun or pronoun, and the office that it names, if it does.
        named: Everybody who was named, in text order.
        referents: By id.
        holders: Who holds what, by id.
        barred: Who cannot be meant: the other arguments of the verb.
    """
    end = bisect_left(named, here, key=lambda n: (n.block, n.token))
    if words.phrase is None:
        near = [n for n in _go_back(named[max(0, end - MOST_NAMED) : end], referents) if n.referent not in barred]
        gender = _GENDER.get(words.token.lower_)
        of_gender = [n for n in near if gender and get_gender(referents[n.referent]) in (gender, None)]
        return _last_two(of_gender) or _last_two(near)
    backwards = [n for n in _go_back(named[:end], referents) if n.referent not in barred]
    classes = _HEADS if words.phrase.word.office == "Leader" else words.phrase.word.classes
    able = {who for who, held in holders.items() if any(h.classes & classes and not h.former for h in held)}
    earlier = [n for n in backwards if n.referent in able]
    before = list({n.referent: n for n in reversed(earlier)}.values())
    if len(before) == 2:
        return before
    # "The foreign ministers" may be named further down only. "Heads" and "members" are of too many things for that.
    later = list({n.referent: n for n in named if n.referent in able}.values())
    if classes <= _TELLING and len(before) < 2 and len(later) == 2:
        return later
    if len(before) < 2 and is_two(words.token):
        # "Haas telephoned Moreau. The two presidents agreed": nobody's office has been told.
        held = {who for who, offices in holders.items() if any(not office.former for office in offices)}
        earlier = [n for n in backwards if n.referent in able or n.referent not in held]
    return _last_two(earlier)


def _go_back(named: Sequence[Named], referents: Mapping[str, Referent]) -> Iterator[Named]:
    """The persons among those named, last first."""
    return (one for one in reversed(named) if referents[one.referent].kind is EntityKind.PERSON)


def _last_two(backwards: Iterable[Named]) -> list[Named]:
    """The persons of the nearest sentences that name two, in text order; empty if they name more."""
    persons: dict[str, tuple[int, Named]] = {}  # referent -> how many sentences before the last one named, and where
    last: int | None = None
    for named in backwards:
        last = named.sentence if last is None else last
        distance = last - named.sentence
        if distance > PAIR_REACH or (len(persons) == 2 and distance > max(far for far, _ in persons.values())):
            break
        persons.setdefault(named.referent, (distance, named))
    return [named for _, named in reversed(persons.values())] if len(persons) == 2 else []


def are_together(first: Named, second: Named, parsed: Parsed) -> bool:
    """Are two persons one party of a sentence, or two of one act: "Roe and Doe", "Roe met Doe", "Roe's talks with Doe"?

    Else "they" may as well be others whom the sentence does not name.
    """
    if (first.block, first.sentence) != (second.block, second.sentence):
        return False
    tokens = parsed.blocks[first.block].tokens
    one, other = tokens[first.token], tokens[second.token]
    if other in one.conjuncts:
        return True
    return _find_act(one) == _find_act(other)


def _find_act(token: Token) -> Token:
    """The verb that a name is an argument of, by however many nouns."""
    return next((above for above in token.ancestors if is_verb(above)), token)
