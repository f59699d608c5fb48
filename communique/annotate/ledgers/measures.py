"""A document's acts into measures: sanctions, lists, bans, laws, vetoes, expulsions, and their lifting.

1. The acts (`measure_acts`), with kind and status.
2. Whose they are, whom they are aimed at, and when (`measure_actors`).
3. What they answer (`measure_answers`): "in response", "retaliatory", "after Norway expelled ...".

A measure needs an actor or a target that is somebody; the club that bans smoking has neither. Mentions of one named
measure are one row with all its evidence; one act of two states is two rows.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_TOKENS,
    find_clause,
    find_governor,
    find_phrase,
    get_children,
    get_lemma,
    is_verb,
    shorten,
    to_span,
)
from communique.annotate.events.circumstances import Timed, attach_times
from communique.annotate.ledgers.measure_actors import find_actors_of, find_targets, is_somebody
from communique.annotate.ledgers.measure_acts import Act, find_acts
from communique.annotate.ledgers.measure_answers import Told, find_answers, find_retold, find_words
from communique.annotate.ledgers.measure_status import get_measure_words
from communique.annotate.parse import Block, Parsed, is_reported
from communique.annotate.who.actors import Actors
from communique.model import (
    Basis,
    Evidence,
    Measure,
    MeasureKind,
    Precision,
    Source,
    Status,
    TimeExpression,
    TimeType,
    When,
    content_id,
)
from communique.text.lengths import find_least_days

# One act of more states than this is told of a bloc, and stays with those named first.
MAX_ACTORS = 4
# What a law demands begins so few tokens behind it.
MAX_GAP = 8
MAX_NAME = 14
_UNTIL = ("until", "till", "through")


class _Times(NamedTuple):
    """The time expressions of a block, and the words that they belong to."""

    told: tuple[TimeExpression, ...]
    attached: list[Timed]


def find_measures(parsed: Parsed, actors: Actors, times: tuple[TimeExpression, ...]) -> tuple[Measure, ...]:
    """Finds the measures that a document reports, in text order.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        times: Its time expressions.

    Returns:
        Measures; ``answers`` is the id of another of them.
    """
    told: list[Told] = []
    for block in parsed.blocks:
        if is_reported(block):
            acts = find_acts(block)
            here = tuple(t for t in times if block.start <= t.start < block.end) if acts else ()
            attached = attach_times(block, here, []) if here else []
            for act in acts:
                told += _tell(act, block, actors, _Times(here, attached))
    told.sort(key=lambda one: (one.measure.evidence[0].start, one.block.start + one.act.token.idx, one.measure.id))
    told = _add_actors(told)
    told = [replace(one, measure=replace(one.measure, cause=find_words(one, actors))) for one in told]
    same: dict[str, str] = {}  # id of a mention's row -> the row that it is added to
    found: list[Measure] = []
    for one in told:
        first = find_retold(one, told)
        retold = same.get(first.measure.id) if first is not None else None
        same[one.measure.id] = _add(one.measure, found) if retold is None else _tell_again(retold, one.measure, found)
    answered = {same[id]: same[cause] for id, cause in find_answers(told, actors).items() if same[id] != same[cause]}
    return tuple(replace(measure, answers=answered.get(measure.id)) for measure in found)


def _add_actors(told: list[Told]) -> list[Told]:
    """A measure that names nobody has the actor of what names it again: "the list ... The U.S. move sanctioned ..."."""
    again = {id(first): other for other in told if (first := find_retold(other, told)) is not None}
    return [
        replace(one, measure=replace(one.measure, actor=again[id(one)].measure.actor))
        if one.measure.actor is None and id(one) in again
        else one
        for one in told
    ]


def _tell(act: Act, block: Block, actors: Actors, times: _Times) -> list[Told]:
    """One row an actor, none where nobody acts and nobody is aimed at."""
    whose = find_actors_of(act, block, actors)
    targets = find_targets(act, block, actors, whose)
    if _is_mutual(act) and len(whose) > 1:
        whose, targets = whose[:1], [*targets, *whose[1:]]
    if not is_somebody(act, whose, targets, actors):
        return []
    start, end = _find_name(act)
    span = to_span(block.tokens, block.start, start, end)
    document = actors.parsed.document
    name = " ".join(document.text[span.start : span.end].split()).strip("\"'“”‘’«» ")
    evidence = document.evidence(*_find_evidence(act, block, start, end))
    date = _find_date(act, block, times, actors)
    rows = []
    for number, actor in enumerate(whose[:MAX_ACTORS] or [None]):
        id = content_id("msr", document.id, act.kind, span.start, span.end, *([number] if number else []))
        others = tuple(t for t in targets if actor is None or t.entity is None or t.entity != actor.entity)
        rows.append(
            Told(act, block, Measure(id, document.id, act.kind, name, actor, others, date, act.status, (evidence,)))
        )
    return rows


def _is_mutual(act: Act) -> bool:
    """ "A and B restored ties": each does it to the other."""
    return any(get_lemma(noun) in ("tie", "relation") for noun in act.objects)


def _find_name(act: Act) -> tuple[int, int]:
    if act.verb is act.token:
        ends = [find_phrase(noun) for noun in act.objects if noun.i > act.token.i] or [(act.token.i, act.token.i + 1)]
        passive = [find_phrase(noun) for noun in get_children(act.token, "nsubjpass")]
        start = min([act.token.i, *(first for first, _ in passive)])
        last = max(act.token.i + 1, ends[0][1])
        given = [child.right_edge.i + 1 for child in get_children(act.token, "oprd", "ccomp", "xcomp", "prt")]
        return start, max(last, *given) if given and last - start + 8 > max(given) - start else last
    start, end = find_phrase(act.token)
    while start < act.token.i and (act.token.doc[start].pos_ in ("DET", "PRON") or act.token.doc[start].is_punct):
        start += 1
    if any(child.text[0].isupper() and child.dep_ == "compound" for child in act.token.lefts):
        end = act.token.i + 1  # a name: "the Ruritania Act of the Senate"
    if end == start + 1 and (demanded := _find_demands(act)):
        end = min(demanded, start + MAX_NAME)  # "law last month requiring ..."
    cuts = [child.i for child in act.token.rights if child.dep_ in ("acl", "relcl") and child.tag_ == "VBN"]
    return start, max(min([end, *cuts]), act.token.i + 1)


def _find_evidence(act: Act, block: Block, start: int, end: int) -> tuple[int, int]:
    """The clause that tells the act, at least the words that name it."""
    governor = act.verb if act.verb is not None and act.verb.dep_ != "acl" else find_governor(act.token)
    while governor is not None and act.status is not Status.HAPPENED and _is_told_above(governor):
        governor = governor.head if is_verb(governor.head) else find_governor(governor)
    clause = find_clause(governor) if governor is not None else find_phrase(act.token)
    clause = shorten(block.tokens, min(clause[0], start), max(clause[1], end, _find_demands(act)), act.token.i)
    return to_span(block.tokens, block.start, *clause)


def _is_told_above(verb: Token) -> bool:
    """Does what stands over a verb tell how real it is: "threatened to impose", "dropped its plan to"?"""
    is_below = verb.dep_ in ("xcomp", "ccomp") and is_verb(verb.head)
    return is_below or (verb.dep_ == "acl" and verb.tag_ == "VB" and find_governor(verb) is not None)


def _find_demands(act: Act) -> int:
    """The end of what a law demands ("passed a law last month [requiring ...]"), wherever it hangs; else 0."""
    if act.kind is not MeasureKind.LAW:
        return 0
    following = act.token.doc[act.token.i + 1 : min(act.token.i + MAX_GAP, act.token.sent.end)]
    for token in following:
        if token.tag_ == "VBG" and get_lemma(token) in get_measure_words("noun_rules", "demands"):
            return min(int(token.right_edge.i) + 1, token.i + MAX_TOKENS)
        if is_verb(token):
            break
    return 0


# --- when -----------------------------------------------------------------------------------------


def _find_date(act: Act, block: Block, times: _Times, actors: Actors) -> When | None:
    heads = {token.i for token in (act.token, act.verb, act.making) if token is not None}
    above = act.verb.head if act.verb is not None and act.verb.dep_ == "xcomp" and is_verb(act.verb.head) else None
    if above is not None:
        heads.add(above.i)  # "is expected in May to lift"
    document = actors.parsed.document
    for timed in times.attached:
        when = timed.expression.when
        if timed.root.head.lower_ in _UNTIL:
            continue  # how long it holds
        if timed.governor.i in heads and timed.expression.type in (TimeType.DATE, TimeType.TIME):
            own = document.evidence(timed.expression.start, timed.expression.end)
            if when is not None:
                return when if when.evidence else replace(when, evidence=(own,))
            # A report without a date of its own: what the words mean is worked out when the corpus dates it.
            return When(None, None, None, Precision.UNKNOWN, Basis.RELATIVE, (own,))
    return _find_bound(act, block, times.told, actors)


def _find_bound(act: Act, block: Block, times: tuple[TimeExpression, ...], actors: Actors) -> When | None:
    """ "for months following the passage of a ban": at least so long before the report."""
    head = act.making or act.token
    if (
        act.status is not Status.HAPPENED
        or head.dep_ != "pobj"
        or head.head.lower_ not in ("following", "after", "since")
    ):
        return None
    at = block.start + head.head.idx
    before = [t for t in times if t.type is TimeType.DURATION and t.end <= at and at - t.end <= 2]
    if not before:
        return None
    words = actors.parsed.document.evidence(before[0].start, before[0].end)
    return bound_before(before[0].value, actors.parsed.document.published, words)


def bound_before(value: str, published: When | None, words: Evidence) -> When | None:
    """At least a length before a report: the days up to then; without days where the report has no date."""
    days = find_least_days(value)
    if days is None:
        return None
    note = f"at least {days} days before the report"
    if published is None or published.end is None:
        return When(None, None, None, Precision.UNKNOWN, Basis.RELATIVE, (words,), note)
    end = published.end - timedelta(days)
    return When(f"../{end}", None, end, Precision.UNKNOWN, Basis.RELATIVE, (words, *published.evidence), note)


# --- one measure told twice -----------------------------------------------------------------------


def _add(measure: Measure, found: list[Measure]) -> str:
    """Adds a measure, or its evidence to that of the same named one. The id of the row that holds it."""
    for position, earlier in enumerate(found):
        same = earlier.kind is measure.kind and earlier.name.casefold() == measure.name.casefold()
        if same and _agree(earlier.actor, measure.actor) and earlier.status is measure.status:
            more = tuple(e for e in measure.evidence if e not in earlier.evidence)
            found[position] = replace(
                earlier,
                actor=earlier.actor or measure.actor,
                targets=earlier.targets or measure.targets,
                date=earlier.date or measure.date,
                cause=earlier.cause or measure.cause,
                evidence=earlier.evidence + more,
            )
            return earlier.id
    found.append(measure)
    return measure.id


def _tell_again(id: str, again: Measure, found: list[Measure]) -> str:
    """Adds to a measure what "the move" tells of it; what it is called and its kind stay those told first."""
    position = next(k for k, measure in enumerate(found) if measure.id == id)
    first = found[position]
    found[position] = replace(
        first,
        actor=first.actor or again.actor,
        targets=first.targets or again.targets,
        date=first.date or again.date,
        evidence=first.evidence + tuple(e for e in again.evidence if e not in first.evidence),
    )
    return id


def _agree(one: Source | None, other: Source | None) -> bool:
    return one is None or other is None or (one.entity or one.name) == (other.entity or other.name)
