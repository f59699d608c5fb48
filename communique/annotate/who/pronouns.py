"""Whom pronouns mean: "he", "his", and "I" where the report's or a comment's author speaks.

One pass over a document in text order keeps who was named where. A pronoun means the best of the persons named in
this sentence or the few before: nearer before farther, subjects before the rest, agreeing in gender, never the other
argument of its own verb, nor inside a quotation the person quoted. Descriptions ("the minister") are resolved on
the same pass (`descriptions`). Comments and notices know only themselves. What no candidate fits stays unresolved.

Not done: plurals are resolved where they are used (`plurals`); "we" belongs to whoever speaks.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import find_quoted, is_verb
from communique.annotate.parse import Block, get_texts
from communique.annotate.who.context import DOERS, Context, Memory, Named
from communique.annotate.who.descriptions import resolve_description, resolve_medium
from communique.annotate.who.gazetteer import get_media_nouns
from communique.annotate.who.referents import find_author, get_gender
from communique.annotate.who.unnamed import Unnamed, find_gender, is_unnamed
from communique.model import EntityKind, PartKind
from communique.tables import load_table

_GENDER = {
    **dict.fromkeys(["he", "him", "his", "himself"], "male"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "female"),
}
_FIRST_PERSON = frozenset(["i", "me", "my", "mine", "myself"])
# How many sentences back a person can be meant by a pronoun.
PRONOUN_REACH = 5
# And somebody without a name.
UNNAMED_REACH, MOST_UNNAMED = 2, 8
SUBJECT_BONUS = 1.4
# "Oslo backs Okoro, while Berne called for his removal": whose something is was mostly named in the same sentence
# (right in 23 of 27 cases that it decides in 168 articles of PolNeAR's training part).
SAME_SENTENCE = 0.8
# Words at most before a pronoun in a phrase that opens a sentence ("At his first meeting with ...").
MAX_OPENING = 6
# A person whose gender the text does not tell is meant less likely than one of the right gender.
UNKNOWN_GENDER = -0.5


@cache
def _saying() -> frozenset[str]:
    table = load_table("cues")
    return frozenset(table["say"]) | frozenset(table["think"])


def resolve_pronouns(context: Context) -> Memory:
    """Resolves third-person pronouns, the author's "I", and descriptions.

    Returns:
        ``resolved``: {(block, token): referent id}; ``named``: everybody who was named, in text order, pronouns
        included; ``meant``: {(block, token) of a pronoun: that of the noun of somebody without a name}.
    """
    resolved: dict[tuple[int, int], str] = {}
    memory = Memory([], resolved)
    for b, block in enumerate(context.parsed.blocks):
        kept = block.part if block.part.part is PartKind.COMMENT else block.part.part is PartKind.NOTICE
        if kept != memory.part:
            memory.part, memory.first_of_part = kept, len(memory.named)
            memory.unnamed.clear()
        memory.sentence += 1
        memory.quoted = find_quoted(block.tokens)
        memory.speakers = _find_speakers(context, memory, b, block)
        author = _find_i(context, block)
        starts = {sentence.start for sentence in block.tokens.sents if sentence.start}
        for k, text in enumerate(get_texts(block.tokens)):
            lower = text.lower()
            memory.sentence += k in starts
            if lower in _FIRST_PERSON and author is not None and k not in memory.quoted:
                resolved[b, k] = author
                continue
            who = _meant_by(context, memory, b, k, lower)
            if who is not None:
                if (b, k) not in context.names:
                    resolved[b, k] = who
                memory.named.append(Named(who, memory.sentence, b, k, is_subject(block.tokens[k])))
            elif (b, k) not in context.names and k not in memory.quoted and is_unnamed(block.tokens[k]):
                memory.unnamed.append(Unnamed((b, k), memory.sentence, k, find_gender(block.tokens[k])))
    return memory


def _find_i(context: Context, block: Block) -> str | None:
    """Who "I" is outside quotation marks: the author of the comment, or of a report that is signed."""
    if block.part.part is PartKind.COMMENT:
        if block.part.author is None:
            return None
        found = find_author(context.parsed, list(context.referents.values()), block.part.author)
    elif block.part.part in (PartKind.BODY, PartKind.CAPTION):
        found = find_author(context.parsed, list(context.referents.values()))
    else:
        return None
    return found.id if found is not None else None


def _find_speakers(context: Context, memory: Memory, b: int, block: Block) -> list[tuple[int, str]]:
    """Persons named in a paragraph as the subjects of verbs of saying outside quotation marks, by token."""
    found = []
    for (at, k), (name, referent) in context.names_of(b).items():
        token = block.tokens[k]
        is_speaker = name.last == k + 1 and k not in memory.quoted and token.dep_ == "nsubj"
        if at == b and is_speaker and name.kind is EntityKind.PERSON and token.head.lemma_ in _saying():
            found.append((k, referent))
    return found


def _meant_by(context: Context, memory: Memory, b: int, k: int, lower: str) -> str | None:
    name = context.names.get((b, k))
    if name is not None:
        is_last = name[0].last == k + 1
        entry = name[0].entry
        return name[1] if is_last and (name[0].kind is EntityKind.PERSON or (entry and entry.is_media)) else None
    gender = _GENDER.get(lower)
    if gender is not None:
        token = context.parsed.blocks[b].tokens[k]
        who = _resolve_pronoun(context, memory, b, token, gender)
        if who is not None and k not in memory.quoted and token.dep_ == "nsubj" and token.head.lemma_ in _saying():
            memory.speakers.append((k, who))
        return who
    phrase = context.phrases.get((b, k))
    if phrase is not None:
        return resolve_description(context, memory, phrase) if k == phrase.core_last - 1 else None
    return resolve_medium(context, memory, context.parsed.blocks[b].tokens[k]) if lower in get_media_nouns() else None


def is_subject(token: Token) -> bool:
    """Is a token (the head of) the subject of a verb?"""
    while token.dep_ in ("compound", "appos") and token.head.i != token.i:
        token = token.head
    return token.dep_ in DOERS


def _resolve_pronoun(context: Context, memory: Memory, b: int, token: Token, gender: str) -> str | None:
    barred = _arguments_beside(context, memory, b, token)
    if token.i in memory.quoted:
        barred |= _quoted_speaker(memory, token)
    following = _find_following(context, b, token)
    if following is not None and following not in barred and get_gender(context.referents[following]) == gender:
        return following
    wants_subject = token.dep_ in DOERS or token.tag_ == "PRP$"
    best: tuple[float, int, str] | None = None
    for position in memory.positions():
        named = memory.named[position]
        distance = memory.sentence - named.sentence
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
        score += UNKNOWN_GENDER if own is None else 0.0
        score += SAME_SENTENCE if token.tag_ == "PRP$" and distance == 0 else 0.0
        if best is None or score > best[0]:
            best = (score, position, named.referent)
    last = _find_unnamed(memory, token, gender)
    if last is not None and (best is None or _weigh(memory, last, wants_subject) > best[0]):
        memory.meant[b, token.i] = last.head
        memory.unnamed.append(Unnamed(last.head, memory.sentence, token.i, gender))
        return None
    return best[2] if best else None


def _find_unnamed(memory: Memory, token: Token, gender: str) -> Unnamed | None:
    """The last of those without a name who can be meant; never the subject of the pronoun's own verb."""
    if token.i in memory.quoted:
        return None
    for one in reversed(memory.unnamed[-MOST_UNNAMED:]):
        if memory.sentence - one.sentence > UNNAMED_REACH:
            return None
        is_beside = one.sentence == memory.sentence and token.doc[one.token].head == token.head
        if one.gender in (None, gender) and not is_beside:
            return one
    return None


def _weigh(memory: Memory, one: Unnamed, wants_subject: bool) -> float:
    """As those who are named are weighed: all without a name are subjects."""
    bonus = SUBJECT_BONUS + (0.3 if wants_subject else 0.0)
    return bonus - (memory.sentence - one.sentence) + (UNKNOWN_GENDER if one.gender is None else 0.0)


def _quoted_speaker(memory: Memory, token: Token) -> set[str]:
    """Who speaks the quotation around a token: named in its sentence, else last before it in the paragraph."""
    sentence = token.sent
    here = {who for k, who in memory.speakers if sentence.start <= k < sentence.end}
    before = [who for k, who in memory.speakers if k < sentence.start]
    return here or set(before[-1:])


def _find_following(context: Context, b: int, token: Token) -> str | None:
    """ "During her visit, Ruiz met ...": the subject that an opening phrase waits for."""
    if token.i - token.sent.start > MAX_OPENING:
        return None
    for above in token.ancestors:
        if above.dep_ == "prep" and is_verb(above.head) and above.head.i > token.i:
            subject = next((child for child in above.head.children if child.dep_ in DOERS), None)
            if subject is None or subject.i < token.i or (b, subject.i) not in context.names:
                return None
            name, referent = context.names[b, subject.i]
            return referent if name.kind is EntityKind.PERSON else None
    return None


def _arguments_beside(context: Context, memory: Memory, b: int, token: Token) -> set[str]:
    """The other arguments of the pronoun's verb, which it cannot mean; a possessive or a reflexive may mean any."""
    if token.tag_ == "PRP$" or token.lower_.endswith("self"):
        return set()
    verb = token.head
    while verb.dep_ in ("prep", "agent", "pcomp") and verb.head.i != verb.i:
        verb = verb.head
    found = set()
    for child in verb.children:
        if child.i != token.i and child.dep_ in ("nsubj", "nsubjpass", "dobj", "dative"):
            if (b, child.i) in context.names:
                found.add(context.names[b, child.i][1])
            elif (b, child.i) in memory.resolved:
                found.add(memory.resolved[b, child.i])
    return found
