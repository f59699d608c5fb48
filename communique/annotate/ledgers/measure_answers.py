"""Which measure answers which, within one report.

- "in retaliation for the expulsion of ...", "responding to Norway's ban": the measure named there; where what is named
  is none ("in response to the release of two journalists"), nothing is answered;
- "in response", "retaliatory", "prompted": the measure told last before, of another side;
- "expelled ... after Norway expelled ...": that of the clause, where each side hits the other or both do the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_governor,
    find_phrase,
    find_subject,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
    shorten,
    to_span,
)
from communique.annotate.ledgers.measure_actors import get_side, name_state
from communique.annotate.ledgers.measure_acts import Act
from communique.annotate.ledgers.measure_status import get_measure_words
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.model import Evidence, Measure, MeasureKind

_AFTER = ("after", "when", "once")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An act with its paragraph and the row that it makes."""

    act: Act
    block: Block
    measure: Measure


def find_answers(told: Sequence[Told], actors: Actors) -> dict[str, str]:
    """Id of a measure -> id of the one that it answers.

    Args:
        told: All measures of a document, mentions of one apart, in text order.
        actors: Who is who in it.
    """
    answers: dict[str, str] = {}
    for number, one in enumerate(told):
        cause = _find_cause(one, told, number, actors)
        while cause is not None and (retold := find_retold(cause, told)) is not None:
            cause = retold
        if cause is not None and cause.measure.id != one.measure.id:
            answers[one.measure.id] = cause.measure.id
    return answers


def find_words(one: Told, actors: Actors) -> Evidence | None:
    """What a measure is said to answer, in the report's words; None where only the word "response" stands there."""
    governor = one.act.verb or find_governor(one.act.token)
    for cue in _iter_cues(one.act, governor):
        for noun in _get_object(cue, one.act):
            if not cue.is_ancestor(one.act.token) or is_verb(cue):
                start, end = find_phrase(noun)
                start, end = shorten(one.block.tokens, start, end, noun.i)
                return actors.parsed.document.evidence(*to_span(one.block.tokens, one.block.start, start, end))
    return None


def find_retold(one: Told, told: Sequence[Told]) -> Told | None:
    """The measure told just before that "the U.S. move" names again; None where a sentence begins anew."""
    verb = one.act.verb if one.act.token is one.act.verb else None
    subject = find_subject(verb) if verb is not None else None
    if verb is None or subject is None or get_lemma(subject) not in get_measure_words("answers", "again"):
        return None
    if not any(child.lower_ in ("the", "this", "that") for child in subject.lefts):
        return None
    before = [other for other in told if other.block is one.block and other.act.token.i < verb.sent.start]
    actor = one.measure.actor
    fitting = [b for b in before if b.measure.actor is None or actor is None or b.measure.actor.name == actor.name]
    return fitting[-1] if fitting and fitting[-1] is before[-1] else None


def _find_cause(one: Told, told: Sequence[Told], number: int, actors: Actors) -> Told | None:
    governor = one.act.verb or find_governor(one.act.token)
    cues = list(_iter_cues(one.act, governor))
    cues = [cue for cue in cues if cue.i == one.act.token.i or not cue.is_ancestor(one.act.token) or is_verb(cue)]
    for cue in cues:
        named = _find_inside(_get_object(cue, one.act), one, told)
        if named is not None:
            return named
    if any(_names_something_else(cue, one.act) for cue in cues):
        return None
    clause = _find_clause_before(one, told, actors)
    if clause is not None:
        return clause
    if not cues and not _is_called_answer(one.act, governor):
        return None
    side = get_side(one.measure.actor, actors)
    near = [earlier for earlier in told[:number] if _is_near(earlier, one)]
    for earlier in reversed(near):
        is_other = side is None or get_side(earlier.measure.actor, actors) != side
        if earlier.measure.kind is not MeasureKind.ROLLBACK and is_other and earlier.act.token.i != one.act.token.i:
            return earlier
    return None


def _is_near(earlier: Told, one: Told) -> bool:
    """In the same paragraph; before a paragraph's first sentence, in any told before."""
    return earlier.block is one.block or one.act.token.sent.start == 0


# --- cues -----------------------------------------------------------------------------------------


def _iter_cues(act: Act, governor: Token | None) -> Iterator[Token]:
    """Words that say that an act answers something: "response" in "in response", a verb of answering."""
    nouns, verbs = get_measure_words("answers", "nouns"), get_measure_words("answers", "verbs")
    heads = [token for token in (act.token, act.verb, governor, *act.objects) if token is not None]
    for head in dict.fromkeys(heads):
        yield from (noun for preposition, noun in iter_objects(head, "in", "as") if get_lemma(noun) in nouns)
        yield from (noun for noun in get_children(head, "appos", "npadvmod") if get_lemma(noun) in nouns)
    for verb in (act.verb, governor):
        if verb is None:
            continue
        yield from (child for child in get_children(verb, "advcl") if get_lemma(child) in verbs and child.tag_ == "VBG")
        above = verb.head.head if verb.dep_ == "pcomp" else verb.head
        by = {above.lower_, *(child.lower_ for child in above.children)}
        if above.i != verb.i and get_lemma(above) in verbs and "by" in by:
            yield above  # "responded by recalling"
        if act.token.i != verb.i and get_lemma(verb) in verbs:
            yield verb  # "retaliated with duties"


def _get_object(cue: Token, act: Act) -> list[Token]:
    """What is answered: "in response to [the move]", "responding to [the ban]"."""
    hung = [noun for _, noun in iter_objects(cue, "to", "for")]
    if not is_verb(cue) and cue.head.pos_ == "ADP" and is_verb(cue.head.head):
        hung += [noun for preposition, noun in iter_objects(cue.head.head, "to") if preposition.i == cue.i + 1]
    return [noun for noun in hung if noun.i != act.token.i]


def _find_inside(objects: list[Token], one: Told, told: Sequence[Told]) -> Told | None:
    """The act that stands in what is answered, by its own words or as a name told before."""
    for noun in objects:
        inside = {token.i for token in noun.subtree}
        for other in told:
            if other.block is one.block and other.act.token.i in inside and other.act.token.i != one.act.token.i:
                return other
        if noun.pos_ == "PROPN" or any(child.dep_ == "compound" and child.text[0].isupper() for child in noun.lefts):
            words = noun.doc[noun.left_edge.i : noun.i + 1].text.lower().strip("\"'").removeprefix("the ")
            named = [t for t in told if words and words in t.measure.name.lower() and t.act.token.i != one.act.token.i]
            if named:
                return named[0]
    return None


def _names_something_else(cue: Token, act: Act) -> bool:
    """ "in response to the release of two journalists" answers no measure; "in response to the move" does."""
    objects = _get_object(cue, act)
    return bool(objects) and not any(get_lemma(noun) in get_measure_words("answers", "again") for noun in objects)


def _is_called_answer(act: Act, governor: Token | None) -> bool:
    """ "a retaliatory ban", "prompted a blacklist", "in a tit-for-tat move"."""
    if {child.lower_ for child in act.token.lefts} & get_measure_words("answers", "adjectives"):
        return True
    if governor is None:
        return False
    if get_lemma(governor) in get_measure_words("answers", "prompts") and act.token.dep_ in ("dobj", "pobj"):
        return True
    moves = [noun for _, noun in iter_objects(governor, "in", "as")]
    adjectives = get_measure_words("answers", "adjectives")
    return any(token.lower_ in adjectives for noun in moves for token in noun.lefts for token in token.subtree)


# --- "after Norway expelled" ------------------------------------------------------------------------


def _find_clause_before(one: Told, told: Sequence[Told], actors: Actors) -> Told | None:
    verb = one.act.verb
    if verb is None or one.measure.kind is MeasureKind.ROLLBACK:
        return None
    clauses = [c for c in get_children(verb, "advcl") if _opens_with(c, _AFTER)]
    for other in told:
        is_there = any(other.act.verb is not None and other.act.verb.i == clause.i for clause in clauses)
        if other.block is one.block and is_there and _hit_each_other(one, other, actors):
            return other
    return None


def _opens_with(clause: Token, words: tuple[str, ...]) -> bool:
    return any(child.lower_ in words for child in get_children(clause, "mark", "advmod", "prep"))


def _hit_each_other(one: Told, other: Told, actors: Actors) -> bool:
    """Both by known sides, and of one kind or each aimed at the other's side."""
    side, theirs = get_side(one.measure.actor, actors), get_side(other.measure.actor, actors)
    if side is None or theirs is None or side == theirs or other.measure.kind is MeasureKind.ROLLBACK:
        return False
    return (
        one.measure.kind is other.measure.kind or theirs in _get_aims(one, actors) or side in _get_aims(other, actors)
    )


def _get_aims(told: Told, actors: Actors) -> set[str]:
    sides = {get_side(target, actors) for target in told.measure.targets}
    for noun in told.act.objects:
        for child in noun.lefts:
            sides |= {get_side(source, actors) for source in name_state(actors, told.block, child)}
    return {side for side in sides if side is not None}
