"""A document's clauses into commitments: who undertook to do what, for whom, on what condition, and by when.

1. Verbs of undertaking and official announcements (`commitment_cues`).
2. Nouns of undertaking: promises made, agreements reached (`agreement_cues`).
3. Engagements that are announced with their day (`announced`), unless they are told by one of the above.

An announcement in the passive, and what a person says of himself, counts only with a condition or a day. Wishes,
forecasts and what was refused are no commitments. Whether one was kept is not decided here.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from spacy.tokens import Doc, Token

from communique.annotate.clauses import (
    MAX_TOKENS,
    VERBAL,
    find_clause,
    find_phrase,
    get_auxiliaries,
    get_children,
    is_verb,
    shorten,
    to_span,
)  # fmt: skip
from communique.annotate.ledgers.agreement_cues import find_noun_promises
from communique.annotate.ledgers.announced import find_announced
from communique.annotate.ledgers.commitment_cues import find_verb_promises
from communique.annotate.ledgers.commitment_parts import find_condition, find_creditors, find_debtors, find_due
from communique.annotate.ledgers.promise import Promise, get_commitment_words
from communique.annotate.ledgers.terms import find_terms
from communique.annotate.parse import Block, Parsed, get_kinds, get_lemmas, is_reported
from communique.annotate.who.actors import Actors
from communique.model import (
    Commitment,
    EventMention,
    SourceKind,
    Statement,
    TimeExpression,
    content_id,
)

_OFFICIAL = (SourceKind.PERSON, SourceKind.GOVERNMENT, SourceKind.ORGANIZATION, SourceKind.COLLECTIVE)


def find_commitments(
    parsed: Parsed, actors: Actors, times: tuple[TimeExpression, ...], statements: tuple[Statement, ...],
    events: tuple[EventMention, ...] = (),
) -> tuple[Commitment, ...]:  # fmt: skip
    """Finds the commitments that a document reports, in text order.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        times: Its time expressions; the due date is one of them.
        statements: Its statements; "I" and "we" in a statement are its speaker.
        events: Its event mentions; what is announced with its day is owed by those who are to take part.
    """
    found: list[Commitment] = []
    for block in parsed.blocks:
        if not is_reported(block):
            continue
        here = [time for time in times if block.start <= time.start < block.end]
        told: list[Commitment] = []
        weak: list[Commitment] = []
        tokens = block.tokens
        for k, (lemma, kind) in enumerate(zip(get_lemmas(tokens), get_kinds(tokens), strict=True)):
            for promise in _find_promises(tokens, k, lemma, kind):
                commitment = _make(promise, block, actors, here, statements)
                if commitment is not None and not _is_told(commitment, [*told, *weak]):
                    (weak if promise.announced else told).append(commitment)
        # An announced engagement knows who is to take part, and outdoes an announcement in words.
        told += _unite(list(find_announced(block, actors, events, told, here)), weak)
        found += sorted(told, key=lambda row: row.evidence[0].start)
    return tuple(found)


def _unite(engagements: list[Commitment], weak: list[Commitment]) -> list[Commitment]:
    """Announced engagements and other announcements, each thing once; who announces what names nobody owes it."""
    united = list(engagements)
    for row in weak:
        same = next((k for k, other in enumerate(united) if _overlap(row, other)), None)
        if same is None:
            united.append(row)
        elif not united[same].debtors:
            united[same] = replace(united[same], debtors=row.debtors)
    return united


def _find_promises(tokens: Doc, k: int, lemma: str, kind: str) -> list[Promise]:
    if kind in (*VERBAL, "ADJ"):
        return list(find_verb_promises(tokens[k], lemma))
    if kind in ("NOUN", "PROPN") and lemma in get_commitment_words("nouns", "commissive"):
        return list(find_noun_promises(tokens[k]))
    return []


def _is_told(row: Commitment, told: list[Commitment]) -> bool:
    """Two cues for one undertaking ("promised the mayor in a deal to"): the first is kept."""
    return any(other.what in row.what or row.what in other.what for other in told if _overlap(row, other))


def _overlap(row: Commitment, other: Commitment) -> bool:
    return row.evidence[0].start < other.evidence[0].end and other.evidence[0].start < row.evidence[0].end


# --- making ---------------------------------------------------------------------------------------


def _make(
    promise: Promise, block: Block, actors: Actors, times: list[TimeExpression], statements: tuple[Statement, ...]
) -> Commitment | None:
    document = actors.parsed.document
    start, end = _find_what(promise)
    what = to_span(block.tokens, block.start, start, end)
    condition = find_condition(promise, block)
    if _is_counterfactual(promise):
        return None
    all_start, all_end = _find_evidence(promise, start, end)
    published = document.published.start if document.published else None
    due = find_due(promise, what, block, times, published)
    if promise.is_weak and condition is None and due is None:
        return None
    debtors = find_debtors(promise, block, actors, statements, what)
    if promise.announced and not any(source.kind in _OFFICIAL for source in debtors):
        return None
    if not debtors and promise.debtor is None and not promise.announced and not _is_passive(promise):
        return None
    all_start, all_end = shorten(block.tokens, all_start, all_end, promise.verb.i)
    evidence = document.evidence(*to_span(block.tokens, block.start, all_start, all_end))
    text = " ".join(document.text[what.start : what.end].split())
    return Commitment(
        content_id("cmt", document.id, evidence.start, what.start, what.end),
        document.id, tuple(debtors), find_creditors(promise, block, actors), text, condition, due, (evidence,),
        terms=find_terms(promise.what, block.tokens[start:end]),
    )  # fmt: skip


def _is_passive(promise: Promise) -> bool:
    """ "a pact was signed", "managing to sign a pact": the text may not say by whom."""
    return True if get_children(promise.verb, "auxpass") else promise.verb.tag_ == "VB"


def _find_evidence(promise: Promise, start: int, end: int) -> tuple[int, int]:
    kept = frozenset(token.i for token in islice(promise.what.subtree, MAX_TOKENS))
    first, last = find_clause(promise.verb, kept)
    return min(first, start), max(last, end)


def _is_counterfactual(promise: Promise) -> bool:
    """ "if he were in office, he would": nobody undertakes that."""
    return any(
        "had" in get_auxiliaries(clause) or clause.lower_ == "were" or "were" in get_auxiliaries(clause)
        for clause in get_children(promise.what, "advcl")
        if any(mark.lower_ == "if" for mark in get_children(clause, "mark"))
    )


def _find_what(promise: Promise) -> tuple[int, int]:
    """What is undertaken, without the "to" before it."""
    if promise.what.ent_type_ in ("DATE", "TIME"):
        # "agreed on August as the month by which the draft should be ready"
        return find_phrase(promise.what)[0], _trim_end(promise.verb, promise.verb.right_edge.i + 1)
    if not is_verb(promise.what):
        start, end = find_phrase(promise.what, with_clauses=promise.condition is None)
        for other in promise.what.conjuncts:
            # "signed agreements on oil, borders and citizenship"
            end = max(end, find_phrase(other)[1]) if other.i > promise.what.i and other.head.i >= start else end
        for clause in get_children(promise.verb, "advcl", "xcomp"):
            # "agreed on a schedule to draw up a treaty by May": the parser hangs the purpose on the verb.
            if clause.i > promise.what.i and "to" in get_auxiliaries(clause):
                end = max(end, clause.right_edge.i + (not clause.right_edge.is_punct))
        return start, end
    return _find_clause_of(promise)


def _find_clause_of(promise: Promise) -> tuple[int, int]:
    verb = promise.what
    dropped = {
        t.i
        for conjunct in get_children(verb, "conj")
        if conjunct.tag_ == "VBD"
        for t in islice(conjunct.subtree, MAX_TOKENS)
    }
    dropped |= {t.i for t in get_children(verb, "cc") if dropped}
    dropped |= {t.i for other in promise.apart for t in (*islice(other.subtree, MAX_TOKENS), *get_children(verb, "cc"))}
    dropped |= _find_aside(verb)
    dropped |= {t.i for p in get_children(verb, "prep") if p.lower_ == "under" for t in p.subtree}
    if verb.dep_ == "relcl":  # "under which", before what is undertaken
        dropped |= {t.i for p in get_children(verb, "prep") if p.i < verb.i for t in p.subtree}
    subtree = [t for t in islice(verb.subtree, MAX_TOKENS) if t.i not in dropped] or [verb]
    start, end = min(t.i for t in subtree), _trim_end(verb, max(t.i for t in subtree) + 1)
    if promise.verb.i == verb.i and verb.dep_ == "xcomp":
        # "hostages are to be released": who it is stands before the verb
        start = min([start, *(subject.left_edge.i for subject in get_children(verb.head, "nsubj", "nsubjpass"))])
    while start < verb.i and (verb.doc[start].is_punct or verb.doc[start].lower_ in ("to", "that")):
        start += 1
    return start, max(end, start + 1)


def _find_aside(verb: Token) -> set[int]:
    """ "would make an exception, drawing a sharp reply": what came of saying so is no part of it."""
    asides = [
        c for c in get_children(verb, "advcl") if c.tag_ == "VBG" and c.i > verb.i and not get_children(c, "mark")
    ]
    asides = [c for c in asides if c.left_edge.nbor(-1).text == ","]
    return {t.i for clause in asides for t in islice(clause.subtree, MAX_TOKENS)}


def _trim_end(token: Token, end: int) -> int:
    while end > token.i + 1 and (token.doc[end - 1].is_punct or token.doc[end - 1].is_space):
        end -= 1
    return end
