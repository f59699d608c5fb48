"""A document's clauses into commitments: who undertook to do what, for whom, on what condition, and by when.

1. A verb or noun of undertaking with what follows it ("agreed to withdraw", "made a promise to", "agreed on a plan").
2. An official's word for what will be done, only where it has a condition or a day ("confirmed that sanctions would be
   lifted after …").

Wishes, forecasts and what was refused are no commitments. Whether one was kept is not decided here.
"""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_TOKENS,
    find_agent,
    find_clause,
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
from communique.annotate.events.people import find_people
from communique.annotate.ledgers.commitment_cues import Promise, find_promises, get_commitment_words
from communique.annotate.parse import Block, Parsed, is_reported
from communique.annotate.voices import find_statement
from communique.annotate.who.actors import Actors
from communique.model import (
    Commitment,
    Source,
    SourceKind,
    Span,
    Statement,
    TimeExpression,
    TimeType,
    When,
    content_id,
)
from communique.text.dates import get_deadline

_OFFICIAL = (SourceKind.PERSON, SourceKind.GOVERNMENT, SourceKind.ORGANIZATION, SourceKind.COLLECTIVE)


def find_commitments(
    parsed: Parsed, actors: Actors, times: tuple[TimeExpression, ...], statements: tuple[Statement, ...]
) -> tuple[Commitment, ...]:
    """Finds the commitments that a document reports, in text order.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        times: Its time expressions; the due date is one of them.
        statements: Its statements; "I" and "we" in a statement are its speaker.
    """
    found = []
    for block in parsed.blocks:
        if not is_reported(block):
            continue
        here = [time for time in times if block.start <= time.start < block.end]
        for promise in find_promises(block):
            commitment = _make(promise, block, actors, here, statements)
            if commitment is not None:
                found.append(commitment)
    return tuple(found)


# --- making ---------------------------------------------------------------------------------------


def _make(
    promise: Promise, block: Block, actors: Actors, times: list[TimeExpression], statements: tuple[Statement, ...]
) -> Commitment | None:
    document = actors.parsed.document
    start, end = _find_what(promise)
    what = to_span(block.tokens, block.start, start, end)
    condition = _find_condition(promise, block)
    if _is_counterfactual(promise):
        return None
    due = _find_due(promise.what, what, block, times)
    announced = get_lemma(promise.verb) in get_commitment_words("verbs", "announcing")
    if announced and condition is None and due is None:
        return None
    debtors = _find_debtors(promise, block, actors, statements, what)
    if announced and not any(source.kind in _OFFICIAL for source in debtors):
        return None
    if not debtors and promise.debtor is None and not announced:
        return None
    all_start, all_end = find_clause(promise.verb, frozenset(t.i for t in islice(promise.what.subtree, MAX_TOKENS)))
    all_start, all_end = shorten(block.tokens, min(all_start, start), max(all_end, end), promise.verb.i)
    evidence = document.evidence(*to_span(block.tokens, block.start, all_start, all_end))
    text = " ".join(document.text[what.start : what.end].split())
    return Commitment(
        content_id("cmt", document.id, evidence.start, what.start, what.end),
        document.id, tuple(debtors), _find_creditors(promise, block, actors), text, condition, due, (evidence,),
    )  # fmt: skip


def _is_counterfactual(promise: Promise) -> bool:
    """ "if he were in office, he would": nobody undertakes that."""
    clauses = get_children(promise.what, "advcl")
    return any(
        "had" in get_auxiliaries(clause) or clause.lower_ == "were" or "were" in get_auxiliaries(clause)
        for clause in clauses
    )


def _find_what(promise: Promise) -> tuple[int, int]:
    """What is undertaken, without the "to" before it."""
    if not is_verb(promise.what):
        start, end = find_phrase(promise.what, with_clauses=True)
        for clause in get_children(promise.verb, "advcl", "xcomp"):
            # "agreed on a schedule to draw up a treaty by May": the parser hangs the purpose on the verb.
            if clause.i > promise.what.i and "to" in get_auxiliaries(clause):
                end = max(end, clause.right_edge.i + (not clause.right_edge.is_punct))
        return start, end
    beside = {
        t.i
        for conjunct in get_children(promise.what, "conj")
        if conjunct.tag_ == "VBD"
        for t in islice(conjunct.subtree, MAX_TOKENS)
    }
    beside |= {t.i for t in get_children(promise.what, "cc") if beside}
    subtree = [t for t in islice(promise.what.subtree, MAX_TOKENS) if t.i not in beside] or [promise.what]
    start, end = min(t.i for t in subtree), max(t.i for t in subtree) + 1
    tokens = promise.what.doc
    while end > start and (tokens[end - 1].is_punct or tokens[end - 1].is_space):
        end -= 1
    while start < promise.what.i and (tokens[start].is_punct or tokens[start].lower_ in ("to", "that")):
        start += 1
    return start, max(end, start + 1)


def _find_condition(promise: Promise, block: Block) -> str | None:
    """The clause or phrase on which the undertaking depends, in the words of the text."""
    document_words = block.tokens
    for head in (promise.what, promise.verb):
        for clause in get_children(head, "advcl"):
            marks = [
                c
                for c in clause.children
                if c.dep_ in ("mark", "advmod") and c.lower_ in get_commitment_words("conditions", "marks")
            ]
            if marks and clause.i != promise.what.i:
                return " ".join(document_words[clause.left_edge.i : clause.right_edge.i + 1].text.split())
        for preposition in get_children(head, "prep"):
            if preposition.lower_ in get_commitment_words("conditions", "prepositions") and head is promise.what:
                nouns = get_children(preposition, "pobj", "pcomp")
                if nouns and nouns[0].ent_type_ not in ("DATE", "TIME"):
                    return " ".join(document_words[preposition.i : preposition.right_edge.i + 1].text.split())
    return None


def _find_due(head: Token, what: Span, block: Block, times: list[TimeExpression]) -> When | None:
    """A day after "by", "before", "until" within what is undertaken; a bare day where it is the only one."""
    for time in times:
        if (
            not (what.start <= time.start < what.end)
            or time.when is None
            or time.type not in (TimeType.DATE, TimeType.TIME)
        ):
            continue
        token = block.tokens.char_span(time.start - block.start, time.end - block.start, alignment_mode="expand")
        if token is None or not len(token) or token[0].i == 0:
            continue
        before = token[0].nbor(-1)
        before = (
            before.nbor(-1) if before.lower_ in ("the", "end", "of", "late", "early", "mid") and before.i else before
        )
        if before.lower_ in ("by", "before", "until", "within") or (
            before.lower_ in ("on", "in", "from") and _governs(head, token.root)
        ):
            return get_deadline(time.when)
    return None


def _governs(head: Token, token: Token) -> bool:
    """Does the nearest verb above a date say what is undertaken?"""
    return next((a.i for a in token.ancestors if is_verb(a)), -1) == head.i


def _find_debtors(
    promise: Promise, block: Block, actors: Actors, statements: tuple[Statement, ...], what: Span
) -> list[Source]:
    token = promise.debtor
    if token is not None and token.lower_ in ("i", "we", "us", "you"):
        statement = find_statement(statements, what)
        return (
            [statement.source]
            if statement is not None and statement.source is not None and token.lower_ != "you"
            else []
        )
    if token is not None:
        people = find_people(actors, block, token)
        root = find_subject(promise.verb.sent.root) if not people and promise.verb.tag_ == "VBG" else None
        return find_people(actors, block, root) if root is not None else people
    # In the passive the text may name who imposed what is to be lifted; the speaker answers for the announcement.
    agent = find_agent(promise.what) if is_verb(promise.what) else None
    speaker = agent if agent is not None else find_subject(promise.verb)
    return find_people(actors, block, speaker) if speaker is not None else []


def _find_creditors(promise: Promise, block: Block, actors: Actors) -> tuple[Source, ...]:
    """To whom it was promised: "promised the mayor", "agreed with Ruritania to", "pledged to the Council"."""
    if get_lemma(promise.verb) in get_commitment_words("verbs", "announcing"):
        return ()
    nouns = get_children(promise.verb, "dative") + [noun for _, noun in iter_objects(promise.verb, "with")]
    if get_lemma(promise.verb) in ("assure", "promise", "tell"):
        nouns += [noun for noun in get_children(promise.verb, "dobj") if noun.i != promise.what.i]
    return tuple(source for noun in nouns for source in find_people(actors, block, noun))
