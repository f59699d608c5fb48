"""A document's clauses into measures: sanctions, lists, bans, laws, vetoes, expulsions, and their lifting.

1. Verbs that are a measure ("expelled two diplomats"), verbs with a noun that is one ("imposed sanctions"), and nouns
   of such acts ("the publication of the list", "a retaliatory ban").
2. Whose it is, whom it is aimed at, when, and how real.
3. What it answers: "in response", "retaliatory", "prompted" point to the measure told before it.

Deliveries, threats and wishes are no measures. Mentions of one named measure are one row with all its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_agent,
    find_clause,
    find_governor,
    find_phrase,
    find_subject,
    get_auxiliaries,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
    shorten,
    to_span,
)  # fmt: skip
from communique.annotate.events.circumstances import attach_times
from communique.annotate.events.people import find_named, find_people
from communique.annotate.events.status import read_verb_status
from communique.annotate.parse import Block, Parsed, get_lemmas, is_reported
from communique.annotate.who.actors import Actors
from communique.model import Measure, MeasureKind, Source, SourceKind, Status, TimeExpression, When, content_id
from communique.tables import load_table

_REAL = (Status.HAPPENED, Status.ONGOING, Status.PLANNED, Status.EXPECTED)


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """A measure in the parse: the token that names it, the verb of its clause, kind and status."""

    token: Token
    verb: Token | None
    kind: MeasureKind
    status: Status
    making: Token | None = None  # "publication" in "publication of the list"


@cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(load_table("measures")[section][name])


def find_measures(parsed: Parsed, actors: Actors, times: tuple[TimeExpression, ...]) -> tuple[Measure, ...]:
    """Finds the measures that a document reports, in text order.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        times: Its time expressions.

    Returns:
        Measures; ``answers`` is the id of another of them.
    """
    table = load_table("measures")
    found: list[Measure] = []
    for block in parsed.blocks:
        if not is_reported(block):
            continue
        telling = {*table["verbs"], *table["verbs_with_object"], *table["nouns"]}
        for k, lemma in enumerate(get_lemmas(block.tokens)):
            if lemma not in telling:
                continue
            token = block.tokens[k]
            for act in _read_verb(token) if is_verb(token) else _read_noun(token):
                _add(_make(act, block, actors, times, found), found)
    return tuple(found)


# --- acts -----------------------------------------------------------------------------------------


def _read_verb(verb: Token) -> Iterator[Act]:
    lemma = get_lemma(verb)
    table = load_table("measures")
    kind = table["verbs"].get(lemma)
    things = table["verbs_with_object"].get(lemma, ())
    if kind is None and not things:
        return
    objects = get_children(verb, "dobj", "nsubjpass")
    if any(get_lemma(noun) in things for noun in objects):
        kind = table["verb_kinds"][lemma]
    status = read_verb_status(verb)
    if kind is not None and status in _REAL and (objects or verb.dep_ in ("acl", "relcl")):
        yield Act(verb, verb, MeasureKind(kind), status)


def _read_noun(noun: Token) -> Iterator[Act]:
    """What a noun names, and what is done with it: "the sanctions imposed in May will be lifted" is two acts."""
    kind = load_table("measures")["nouns"].get(get_lemma(noun))
    if kind is None or noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ in ("compound", "nmod"):
        return
    if get_lemma(noun) in _words("noun_rules", "need_name") and not _is_named(noun):
        return
    making = _find_making(noun)
    if making is not None:
        undone = get_lemma(making) in _words("noun_rules", "undoings")
        yield Act(noun, None, MeasureKind.ROLLBACK if undone else MeasureKind(kind), Status.HAPPENED, making)
        return
    for verb in get_children(noun, "acl"):
        if verb.tag_ in ("VBN", "VBD") and get_lemma(verb) in _words("noun_rules", "makes"):
            yield Act(noun, verb, MeasureKind(kind), Status.HAPPENED)
    verb = noun.head
    if noun.dep_ not in ("dobj", "nsubjpass") or not is_verb(verb):
        return
    status = read_verb_status(verb)
    if status in _REAL and get_lemma(verb) in _words("noun_rules", "undoes"):
        yield Act(noun, verb, MeasureKind.ROLLBACK, status)
    elif status in _REAL and get_lemma(verb) in _words("noun_rules", "makes"):
        yield Act(noun, verb, MeasureKind(kind), status)


def _find_making(noun: Token) -> Token | None:
    """In "the passage in the Senate of the act" the parser may hang "of" on the place."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return None
    acts = _words("noun_rules", "makings") | _words("noun_rules", "undoings")
    for above in noun.ancestors:
        if is_verb(above):
            return None
        if get_lemma(above) in acts:
            return above
    return None


def _is_named(noun: Token) -> bool:
    return any(child.dep_ in ("compound", "nmod", "amod") and child.text[0].isupper() for child in noun.lefts) or any(
        child.dep_ == "acl" and child.tag_ == "VBG" for child in noun.children
    )


# --- making ---------------------------------------------------------------------------------------


def _make(act: Act, block: Block, actors: Actors, times: tuple[TimeExpression, ...], found: list[Measure]) -> Measure:
    document, tokens = actors.parsed.document, block.tokens
    start, end = _find_name(act)
    span = to_span(tokens, block.start, start, end)
    name = " ".join(document.text[span.start : span.end].split()).strip("\"'“”‘’«» ")
    actor = _find_actor(act, block, actors)
    governor = act.verb if act.verb is not None and act.verb.dep_ != "acl" else find_governor(act.token)
    clause = find_clause(governor) if governor is not None else find_phrase(act.token)
    clause = shorten(tokens, min(clause[0], start), max(clause[1], end), act.token.i)
    evidence = document.evidence(*to_span(tokens, block.start, *clause))
    answers = _find_answered(act, actor, found, actors)
    return Measure(
        content_id("msr", document.id, act.kind, span.start, span.end),
        document.id, act.kind, name, actor, tuple(_find_targets(act, block, actors, actor)),
        _find_date(act, block, times), act.status, (evidence,), answers,
    )  # fmt: skip


def _find_name(act: Act) -> tuple[int, int]:
    if act.verb is act.token:
        objects = get_children(act.token, "dobj", "nsubjpass")
        ends = [find_phrase(noun) for noun in objects] or [(act.token.i, act.token.i + 1)]
        return min(act.token.i, ends[0][0]), max(act.token.i + 1, ends[0][1])
    start, end = find_phrase(act.token)
    while start < act.token.i and (act.token.doc[start].pos_ in ("DET", "PRON") or act.token.doc[start].is_punct):
        start += 1
    if any(child.text[0].isupper() and child.dep_ == "compound" for child in act.token.lefts):
        end = act.token.i + 1  # a name: "the Ruritania Act of the Senate"
    cuts = [child.i for child in act.token.rights if child.dep_ in ("acl", "relcl") and child.tag_ == "VBN"]
    return start, max(min([end, *cuts]), act.token.i + 1)


def _find_actor(act: Act, block: Block, actors: Actors) -> Source | None:
    """Whose measure it is: subject or agent, "by", "from", or the state named before the noun."""
    candidates: list[Token] = []
    if act.verb is not None:
        is_passive = bool(get_children(act.verb, "auxpass")) or act.verb.dep_ == "acl"
        doer = find_agent(act.verb) if is_passive else find_subject(act.verb)
        if doer is not None and get_lemma(act.verb) not in _words("answers", "prompts"):
            candidates.append(doer)
    for head in (act.token, act.making):
        if head is not None:
            candidates += [noun for _, noun in iter_objects(head, "by", "from")]
            candidates += get_children(head, "poss")
    for token in candidates:
        people = [s for s in find_people(actors, block, token) if s.kind is not SourceKind.DOCUMENT]
        named = people or [
            s for c in token.lefts if c.dep_ in ("compound", "nmod", "poss") for s in find_named(actors, block, c)
        ]
        if named:
            return named[0]
    for head in (act.token, act.making):
        for child in head.lefts if head is not None and act.verb is not act.token else ():
            found = [
                s
                for s in find_named(actors, block, child)
                if s.kind in (SourceKind.GOVERNMENT, SourceKind.ORGANIZATION)
            ]
            if found and child.dep_ in ("compound", "nmod"):
                return found[0]
    for _, noun in iter_objects(act.making, "in") if act.making is not None else ():
        return next(iter(find_people(actors, block, noun)), None)
    return None


def _find_targets(act: Act, block: Block, actors: Actors, actor: Source | None) -> list[Source]:
    nouns: list[Token] = []
    if act.verb is act.token:
        nouns += get_children(act.token, "dobj", "nsubjpass")
    heads = [act.token] if act.verb is None or act.verb is act.token else [act.token, act.verb]
    nouns += [noun for head in heads for _, noun in iter_objects(head, "on", "against")]
    found = [source for noun in nouns for source in find_people(actors, block, noun)]
    return [source for source in found if actor is None or source.entity is None or source.entity != actor.entity]


def _find_date(act: Act, block: Block, times: tuple[TimeExpression, ...]) -> When | None:
    heads = {token.i for token in (act.token, act.verb, act.making) if token is not None}
    for timed in attach_times(block, tuple(t for t in times if block.start <= t.start < block.end), []):
        if timed.governor.i in heads and timed.expression.when is not None:
            return timed.expression.when
    return None


def _find_answered(act: Act, actor: Source | None, found: list[Measure], actors: Actors) -> str | None:
    """The measure told last before this one, of the other side, where the clause says that this one answers."""
    if not _says_answer(act):
        return None
    side = _get_side(actor, actors)
    for earlier in reversed(found):
        if earlier.kind is not MeasureKind.ROLLBACK and (side is None or _get_side(earlier.actor, actors) != side):
            return earlier.id
    return None


def _get_side(source: Source | None, actors: Actors) -> str | None:
    """The state of a source where it is known ("Cairo" and "Egypt" are one side), else the source itself."""
    if source is None or source.entity is None:
        return None
    return actors.referent(source.entity).territory or source.entity


def _says_answer(act: Act) -> bool:
    verb = act.verb or find_governor(act.token)
    lefts = {child.lower_ for child in act.token.lefts}
    if lefts & _words("answers", "adjectives"):
        return True
    if verb is None:
        return False
    if get_lemma(verb) in _words("answers", "prompts") and act.token.dep_ in ("dobj", "pobj"):
        return True
    nouns = {noun.lower_ for preposition, noun in iter_objects(verb, "in")} | {
        noun.lower_ for _, noun in iter_objects(act.token, "in")
    }
    is_so = bool(nouns & _words("answers", "nouns"))
    return is_so or (
        get_lemma(verb.head) in _words("answers", "verbs") and "by" in {verb.head.lower_, *get_auxiliaries(verb)}
    )


def _add(measure: Measure, found: list[Measure]) -> None:
    """Adds a measure, or its evidence to that of the same named one."""
    for position, earlier in enumerate(found):
        same = earlier.kind is measure.kind and earlier.name.casefold() == measure.name.casefold()
        if same and _agree(earlier.actor, measure.actor) and earlier.status is measure.status:
            more = tuple(e for e in measure.evidence if e not in earlier.evidence)
            found[position] = replace(
                earlier,
                actor=earlier.actor or measure.actor,
                targets=earlier.targets or measure.targets,
                date=earlier.date or measure.date,
                answers=earlier.answers or (measure.answers if measure.answers != earlier.id else None),
                evidence=earlier.evidence + more,
            )
            return
    found.append(measure)


def _agree(one: Source | None, other: Source | None) -> bool:
    return one is None or other is None or (one.entity or one.name) == (other.entity or other.name)
