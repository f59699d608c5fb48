"""A paragraph's words into acts: verbs and nouns that are a measure, with kind and status.

1. Verbs that are one ("expelled"), with the right object ("froze the assets"), or that give a name which is one
   ("declared persona non grata", "ordered to leave").
2. Nouns that are one, by the verb that makes or undoes them ("imposed sanctions", "lifted the ban", "took effect"), the
   noun that does ("the publication of the list"), or because they are told as there ("Norway's ban on imports").

What somebody demands of others is no act. Whose act it is, against whom and when, is read in `measures`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import (
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
)
from communique.annotate.ledgers.measure_nouns import is_measure, is_told_as_there
from communique.annotate.ledgers.measure_status import (
    get_measure_words,
    read_act_status,
    read_noun_status,
)
from communique.annotate.parse import Block, get_lemmas
from communique.model import MeasureKind, Status
from communique.tables import load_table

_PASSIVE = ("dobj", "nsubjpass")


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """A measure in the parse: the token that names it, the verb of its clause, kind and status."""

    token: Token
    verb: Token | None
    kind: MeasureKind
    status: Status
    making: Token | None = None  # "publication" in "publication of the list"
    objects: tuple[Token, ...] = ()  # whom or what it is done to


def find_acts(block: Block) -> list[Act]:
    """The acts of a paragraph in text order, each naming token once for each kind."""
    telling = _get_telling()
    found: list[Act] = []
    for k, lemma in enumerate(get_lemmas(block.tokens)):
        if lemma in telling:
            token = block.tokens[k]
            found += _read_verb(token) if is_verb(token) else _read_noun(token)
    return found


@cache
def _get_telling() -> frozenset[str]:
    table = load_table("measures")
    words = {*table["verbs"], *table["verbs_with_object"], *table["nouns"], *table["naming"]["verbs"]}
    return frozenset(words | set(table["sending_away"]["verbs"]))


# --- verbs ----------------------------------------------------------------------------------------


def _read_verb(verb: Token) -> Iterator[Act]:
    kind, objects = _classify(verb)
    if kind is None:
        return
    status = read_act_status(verb)
    if status is not None:
        yield Act(verb, verb, MeasureKind(kind), status, None, tuple(objects))


def _classify(verb: Token) -> tuple[str | None, list[Token]]:
    """The kind of measure that a verb is, None where it is none, and its objects."""
    lemma = get_lemma(verb)
    table = load_table("measures")
    objects = _find_objects(verb)
    named = _find_name_given(verb) if lemma in get_measure_words("naming", "verbs") else None
    if named:
        return named, _find_named(verb)
    if lemma in get_measure_words("sending_away", "verbs"):
        return _read_sending_away(verb)
    if lemma in table["verbs"] and (objects or verb.dep_ in ("acl", "relcl")):
        needs_people = table["verbs"][lemma] == "expulsion" or lemma == "punish"
        return (None if needs_people and not any(map(_is_diplomat, objects)) else table["verbs"][lemma]), objects
    things = table["verbs_with_object"].get(lemma, ())
    if table["verb_kinds"].get(lemma) == MeasureKind.VETO and not _is_at_council(verb, objects):
        return None, []
    if any(get_lemma(noun) in things for noun in objects):
        is_tie = any(get_lemma(noun) in ("tie", "relation") for noun in objects)
        return (None if is_tie and not _are_ties_of_states(verb, objects) else table["verb_kinds"][lemma]), objects
    return None, []


def _is_at_council(verb: Token, objects: list[Token]) -> bool:
    """ "blocked action in the Security Council", "blocked a resolution"; not "blocked attempts to build a bank"."""
    if any(get_lemma(noun) not in get_measure_words("reality", "loose") for noun in objects):
        return True
    return any(token.lower_ in get_measure_words("reality", "councils") for token in verb.sent)


def _find_objects(verb: Token) -> list[Token]:
    """Objects, those of a passive verb and of a small clause ("forbade Americans to adopt") included."""
    found = get_children(verb, *_PASSIVE, "dative")
    for clause in get_children(verb, "ccomp"):
        if "to" in {child.lower_ for child in get_children(clause, "aux")}:
            found += get_children(clause, "nsubj")
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and not found:
        found.append(verb.head)
    return [other for noun in found for other in (noun, *(c for c in noun.conjuncts if c.i > noun.i))]


def _is_diplomat(noun: Token) -> bool:
    return get_lemma(noun) in get_measure_words("people", "diplomats") or any(
        child.ent_type_ in ("NORP", "GPE") for child in noun.lefts
    )


def _are_ties_of_states(verb: Token, objects: list[Token]) -> bool:
    """ "restored diplomatic ties", "broke relations with Morocco"; not "cut ties with the mob"."""
    for noun in objects:
        if any(child.lower_ == "diplomatic" for child in noun.lefts):
            return True
        company = [*iter_objects(noun, "with", "between"), *iter_objects(verb, "with")]
        if any(other.ent_type_ in ("GPE", "NORP", "ORG") for _, other in company):
            return True
    return False


def _find_name_given(verb: Token) -> str | None:
    """The kind of the name that a verb gives ("persona non grata"), as the words after or before it tell."""
    words = verb.doc[verb.i : min(verb.i + 20, verb.sent.end)].text.lower().replace('"', "").replace("'", "")
    kinds: dict[str, str] = load_table("measures")["naming"]["kinds"]
    return next((kind for name, kind in kinds.items() if name in words), None)


def _find_named(verb: Token) -> list[Token]:
    """Who gets the name: "declared [the charity] an undesirable organisation"."""
    found = get_children(verb, *_PASSIVE)
    if not found:
        found = [noun for clause in get_children(verb, "ccomp", "xcomp") for noun in get_children(clause, "nsubj")]
    return found if found or verb.dep_ != "acl" else [verb.head]


def _read_sending_away(verb: Token) -> tuple[str | None, list[Token]]:
    going = get_measure_words("sending_away", "going")
    for clause in get_children(verb, "xcomp", "ccomp"):
        if get_lemma(clause) in going and clause.tag_ == "VB":
            people = [*get_children(verb, *_PASSIVE, "dative"), *get_children(clause, "nsubj")]
            sent = [noun for noun in people if get_lemma(noun) in get_measure_words("people", "diplomats")]
            if sent:
                return MeasureKind.EXPULSION, sent
    return None, []


# --- nouns ----------------------------------------------------------------------------------------


def _read_noun(noun: Token) -> Iterator[Act]:
    """What a noun names, and what is done with it: "the sanctions imposed in May will be lifted" is two acts."""
    kind = load_table("measures")["nouns"].get(get_lemma(noun))
    if kind is None or noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ in ("compound", "nmod"):
        return
    if not is_measure(noun):
        return
    making = _find_making(noun)
    if making is not None:
        status = read_noun_status(making)
        undone = get_lemma(making) in get_measure_words("noun_rules", "undoings")
        if status is not None:
            yield Act(noun, None, MeasureKind.ROLLBACK if undone else MeasureKind(kind), status, making)
        return
    done = [*_read_participles(noun, kind)]
    above = _read_verb_over(noun, kind)
    yield from done
    if above is not None:
        yield above
    elif not done and is_told_as_there(noun):
        status = read_noun_status(noun)
        if status is not None:
            yield Act(noun, None, MeasureKind(kind), status)


def _read_participles(noun: Token, kind: str) -> Iterator[Act]:
    makes = get_measure_words("noun_rules", "makes") - get_measure_words("noun_rules", "not_makers")
    for verb in get_children(noun, "acl"):
        if verb.tag_ in ("VBN", "VBD") and get_lemma(verb) in makes:
            yield Act(noun, verb, MeasureKind(kind), Status.HAPPENED)
    # "a ban which Norway had imposed in May": hung on the ban, or on what it bans.
    inner = [other for _, other in iter_objects(noun, "on", "against")]
    for verb in (clause for head in (noun, *inner) for clause in get_children(head, "relcl")):
        told_of = [c for c in get_children(verb, "dobj", "nsubjpass") if c.lower_ in ("which", "that")]
        status = read_act_status(verb) if told_of and get_lemma(verb) in makes else None
        if status is not None:
            yield Act(noun, verb, MeasureKind(kind), status)


def _read_verb_over(noun: Token, kind: str) -> Act | None:
    """The act that a verb makes of a noun; None where it makes none."""
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN"):
        first = first.head
    verb = first.head
    lemma = get_lemma(verb)
    answering = _find_answering_verb(first) if first.dep_ == "pobj" else None
    if answering is not None:
        status = read_act_status(answering)
        return Act(noun, answering, MeasureKind(kind), status) if status is not None else None
    if not is_verb(verb):
        return None
    if first.dep_ == "nsubj":
        return _read_predicate(noun, verb, kind)
    if first.dep_ not in _PASSIVE:
        return None
    status = read_act_status(verb, noun)
    if status is None:
        return None
    if lemma in get_measure_words("noun_rules", "undoes"):
        is_planned = any(c.lower_ in get_measure_words("reality", "planned") for c in noun.lefts)
        if is_planned and status is Status.HAPPENED:
            return Act(noun, verb, MeasureKind(kind), Status.CANCELLED)
        return Act(noun, verb, MeasureKind.ROLLBACK, status)
    if lemma in get_measure_words("reality", "threats") and lemma in (
        "threaten",
        "propose",
        "consider",
        "weigh",
        "mull",
    ):
        is_so = status in (Status.HAPPENED, Status.ONGOING, Status.POSSIBLE)
        return Act(noun, verb, MeasureKind(kind), Status.POSSIBLE) if is_so else None
    return Act(noun, verb, MeasureKind(kind), status) if lemma in get_measure_words("noun_rules", "makes") else None


def _read_predicate(noun: Token, verb: Token, kind: str) -> Act | None:
    """ "the sanctions took effect", "the ban expired"."""
    status = read_act_status(verb)
    if status is None:
        return None
    if get_lemma(verb) in get_measure_words("noun_rules", "expires"):
        return Act(noun, verb, MeasureKind.ROLLBACK, status)
    things = [*get_children(verb, "dobj"), *(thing for _, thing in iter_objects(verb, "into"))]
    keys = {f"{get_lemma(verb)}:{get_lemma(thing)}" for thing in things}
    return Act(noun, verb, MeasureKind(kind), status) if keys & get_measure_words("noun_rules", "begins") else None


def _find_answering_verb(noun: Token) -> Token | None:
    """ "retaliated with duties": the verb by which a noun behind "with" or "by" is done."""
    verb = noun.head.head
    is_so = noun.head.lower_ in ("with", "by") and is_verb(verb)
    return verb if is_so and get_lemma(verb) in get_measure_words("answers", "verbs") else None


def _find_making(noun: Token) -> Token | None:
    """In "the passage in the Senate of the act" the parser may hang "of" on the place."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return None
    acts = get_measure_words("noun_rules", "makings") | get_measure_words("noun_rules", "undoings")
    for above in noun.ancestors:
        if is_verb(above):
            return None
        if get_lemma(above) in acts:
            return above
    return None
