"""Whom pronouns and descriptions mean: "he", "his", "the Secretary", "his Russian counterpart", "the news agency".

One pass over a document in text order keeps who was named where. A pronoun means the best of the persons named in this
sentence or the few before: nearer before farther, subjects before the rest, agreeing in gender, never the other argument
of its own verb. A description means the last person named who holds such an office; "counterpart" one who holds the same
kind of office for the state named. What no candidate fits stays unresolved.

Not done: plurals are resolved where they are used (`actors`); "I" and "we" belong to whoever speaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from communique.annotate.names import Name
from communique.annotate.offices import OfficePhrase
from communique.annotate.parse import Parsed
from communique.model import EntityKind, PartKind, Referent
from communique.annotate.referents import get_gender
from communique.tables import load_table

_GENDER = {
    **dict.fromkeys(["he", "him", "his", "himself"], "male"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "female"),
}
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "agent"])
# How many sentences back a person can be meant by a pronoun, and by a description ("the minister").
PRONOUN_REACH = 5
DESCRIPTION_REACH = 40
SUBJECT_BONUS = 1.4


@dataclass(frozen=True, slots=True)
class Named:
    """A person (or a medium) named at a token of a sentence."""

    referent: str
    sentence: int
    block: int
    token: int
    is_subject: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """A person's office as the document gives it."""

    classes: frozenset[str]
    territory: str | None
    organization: str | None


@dataclass(slots=True)
class Context:
    """What is known of a document's names when pronouns are resolved."""

    parsed: Parsed
    referents: dict[str, Referent]
    names: dict[tuple[int, int], tuple[Name, str]]  # (block, token) -> name and its referent
    phrases: dict[tuple[int, int], OfficePhrase]  # (block, core token) -> phrase
    holders: dict[str, list[Holder]]


@dataclass(slots=True)
class Memory:
    """Who was named so far, in order; persons and media only."""

    named: list[Named]
    part: object = None
    first_of_part: int = 0


def resolve_pronouns(context: Context) -> tuple[dict[tuple[int, int], str], list[Named]]:
    """Resolves third-person pronouns and descriptions.

    Returns:
        {(block, token): referent id} and everybody who was named, in text order, pronouns included.
    """
    resolved: dict[tuple[int, int], str] = {}
    memory = Memory([])
    sentence = 0
    for b, block in enumerate(context.parsed.blocks):
        part = block.part if block.part.part is PartKind.COMMENT else block.part.part is PartKind.NOTICE
        if part != memory.part:
            memory.part, memory.first_of_part = part, len(memory.named)
        sentence += 1
        for token in block.tokens:
            if token.is_sent_start and token.i:
                sentence += 1
            who = _meant_by(context, memory, b, token, sentence)
            if who is None:
                continue
            if (b, token.i) not in context.names:
                resolved[b, token.i] = who
            memory.named.append(Named(who, sentence, b, token.i, _is_subject(token)))
    return resolved, memory.named


def _meant_by(context: Context, memory: Memory, b: int, token: Token, sentence: int) -> str | None:
    name = context.names.get((b, token.i))
    if name is not None:
        is_last = name[0].last == token.i + 1
        entry = name[0].entry
        return name[1] if is_last and (name[0].kind is EntityKind.PERSON or (entry and entry.is_media)) else None
    gender = _GENDER.get(token.lower_)
    if gender is not None:
        return _resolve_pronoun(context, memory, b, token, sentence, gender)
    if token.lower_ in _media_nouns() and _is_definite(token):
        return _last_medium(context, memory, sentence)
    phrase = context.phrases.get((b, token.i))
    if phrase is not None and token.i == phrase.core_last - 1:
        return _resolve_description(context, memory, b, phrase, sentence)
    return None


@cache
def _media_nouns() -> frozenset[str]:
    return frozenset(load_table("nouns")["media"])


def _is_definite(token: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in token.children) and not any(
        c.dep_ == "prep" for c in token.children
    )


def _last_medium(context: Context, memory: Memory, sentence: int) -> str | None:
    """ "the news agency", "the newspaper": the medium named last."""
    for named in reversed(memory.named[memory.first_of_part :]):
        if sentence - named.sentence > PRONOUN_REACH:
            return None
        if context.referents[named.referent].kind is EntityKind.ORGANIZATION:
            return named.referent
    return None


def _is_subject(token: Token) -> bool:
    while token.dep_ in ("compound", "appos") and token.head.i != token.i:
        token = token.head
    return token.dep_ in _SUBJECTS


def _resolve_pronoun(
    context: Context, memory: Memory, b: int, token: Token, sentence: int, gender: str
) -> str | None:
    barred = _arguments_beside(context, b, token)
    wants_subject = token.dep_ in _SUBJECTS or token.tag_ == "PRP$"
    best: tuple[float, int, str] | None = None
    for position in range(len(memory.named) - 1, memory.first_of_part - 1, -1):
        named = memory.named[position]
        distance = sentence - named.sentence
        if distance > PRONOUN_REACH:
            break
        referent = context.referents[named.referent]
        if referent.kind is not EntityKind.PERSON or named.referent in barred:
            continue
        own = get_gender(referent)
        if own is not None and own != gender:
            continue
        score = -float(distance) + (SUBJECT_BONUS if named.is_subject else 0.0)
        score += 0.3 if wants_subject and named.is_subject else 0.0
        if best is None or score > best[0]:
            best = (score, position, named.referent)
    return best[2] if best else None


def _arguments_beside(context: Context, b: int, token: Token) -> set[str]:
    """The other arguments of the pronoun's verb, which it cannot mean; a possessive may mean any."""
    if token.tag_ == "PRP$":
        return set()
    verb = token.head
    while verb.dep_ in ("prep", "agent", "pcomp") and verb.head.i != verb.i:
        verb = verb.head
    beside = [child.i for child in verb.children if child.i != token.i and child.dep_ in ("nsubj", "nsubjpass", "dobj", "dative")]
    return {context.names[b, i][1] for i in beside if (b, i) in context.names}


def _resolve_description(
    context: Context, memory: Memory, b: int, phrase: OfficePhrase, sentence: int
) -> str | None:
    tokens = context.parsed.blocks[b].tokens
    if phrase.word.is_plural:
        return None
    if phrase.holder is not None:
        return None  # the name beside it is the mention
    if any(t.lower_ in ("a", "an") for t in tokens[phrase.first : phrase.core_first]):
        return None
    capital = tokens[phrase.core_first].text[0].isupper() and tokens[phrase.core_first].is_sent_start is not True
    if not (phrase.definite or capital or phrase.organization) or phrase.former:
        return None
    if "counterpart" in phrase.word.classes:
        return _resolve_counterpart(context, memory, b, phrase)
    for named in reversed(memory.named[memory.first_of_part :] or memory.named):
        if sentence - named.sentence > DESCRIPTION_REACH:
            break
        held = [h for h in context.holders.get(named.referent, ()) if h.classes & phrase.word.classes]
        states = {holder.territory for holder in held if holder.territory}
        if held and (phrase.territory is None or not states or phrase.territory in states):
            return named.referent
    return None


def _resolve_counterpart(context: Context, memory: Memory, b: int, phrase: OfficePhrase) -> str | None:
    """ "Kerry told his Russian counterpart": who holds for Russia what Kerry holds; named anywhere in the document."""
    if phrase.territory is None:
        return None
    tokens = context.parsed.blocks[b].tokens
    recent = [named.referent for named in reversed(memory.named[memory.first_of_part :])]
    owners = [
        context.names[b, t.i][1]
        for t in tokens[phrase.first : phrase.core_first]
        if (b, t.i) in context.names and t.dep_ == "poss"
    ]
    for owner in owners or recent[:3]:
        classes = frozenset().union(*(holder.classes for holder in context.holders.get(owner, ())))
        for other in dict.fromkeys([*recent, *sorted(context.holders)]):
            for holder in context.holders.get(other, ()):
                if other != owner and holder.classes & classes and holder.territory == phrase.territory:
                    return other
    return None
