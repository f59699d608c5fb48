"""A document's clauses into forecasts: who expects what, in which hedging words, and until when.

Cues, in this order:

1. expecting: "analysts expect that", "was hoping for", "thinks that X will",
2. nobody named: "is expected to", "is likely to",
3. odds: "the chances of a breakthrough are minimal",
4. a speaker on what others will do: "'the rebels will refuse', said the scholar",
5. "may" and "might" of what persons or states do next.

The hedge is kept word for word. Who is not named is unknown (None): it is then the publisher's expectation, or that of
people whom the publisher does not name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from spacy.tokens import Doc, Token

from communique.annotate.clauses import (
    MAX_TOKENS,
    VERBAL,
    close_quotation,
    find_clause,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
    shorten,
    to_span,
)  # fmt: skip
from communique.annotate.events.people import find_people
from communique.annotate.ledgers.beside import find_event_beside
from communique.annotate.ledgers.forecast_cues import Cue, find_attitudes, find_impersonals
from communique.annotate.ledgers.hedges import get_forecast_words
from communique.annotate.ledgers.modal_cues import find_foretold, find_modals, find_odds
from communique.annotate.ledgers.strength import read_strength
from communique.annotate.ledgers.terms import RESULT, find_terms, get_outcome_words
from communique.annotate.parse import Block, Parsed, get_kinds, get_labels, get_lemmas, is_reported
from communique.annotate.voices import find_author, find_statement
from communique.annotate.who.actors import Actors
from communique.model import (
    EventMention,
    Forecast,
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


def find_forecasts(
    parsed: Parsed, actors: Actors, times: tuple[TimeExpression, ...], events: tuple[EventMention, ...],
    statements: tuple[Statement, ...],
) -> tuple[Forecast, ...]:  # fmt: skip
    """Finds the forecasts that a document reports or makes, in text order.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        times: Its time expressions, for the horizon.
        events: Its event mentions; a forecast belongs to the one in its sentence.
        statements: Its statements; a forecast in one is its speaker's, and comes by its way.
    """
    found: dict[tuple[int, int], Forecast] = {}
    for block in parsed.blocks:
        if not is_reported(block):
            continue
        here = [time for time in times if block.start <= time.start < block.end]
        for k in _find_telling(block):
            token = block.tokens[k]
            for cue in _find_cues(token, get_lemmas(block.tokens)[k], block, actors):
                forecast = _make(cue, block, actors, here, events, statements)
                if forecast is not None:
                    span = to_span(block.tokens, block.start, *cue.what)
                    if not any(a < span.end and span.start < b for a, b in found):
                        found[span.start, span.end] = forecast
    return tuple(found[key] for key in sorted(found))


def _find_telling(block: Block) -> list[int]:
    """Indices of the tokens that a cue may begin with: verbs, clauses, and the words of the tables."""
    tokens = block.tokens
    rows = zip(get_lemmas(tokens), get_kinds(tokens), get_labels(tokens), strict=True)
    known = _get_words()
    return [k for k, (lemma, kind, label) in enumerate(rows) if kind in VERBAL or label == "ccomp" or lemma in known]


@cache
def _get_words() -> frozenset[str]:
    listed = (
        ("adjectives", "attitude"), ("adjectives", "predicates"), ("verbs", "impersonal"), ("nouns", "feelings"),
        ("nouns", "odds"),
    )  # fmt: skip
    return frozenset().union(*(get_forecast_words(*one) for one in listed))


def _find_cues(token: Token, lemma: str, block: Block, actors: Actors) -> Iterator[Cue]:
    yield from find_attitudes(token, lemma)
    yield from find_impersonals(token, lemma)
    yield from find_odds(token, lemma)
    if is_verb(token):
        yield from find_modals(token, block, actors)


# --- making ---------------------------------------------------------------------------------------


def _make(
    cue: Cue, block: Block, actors: Actors, times: list[TimeExpression], events: tuple[EventMention, ...],
    statements: tuple[Statement, ...],
) -> Forecast | None:  # fmt: skip
    document, tokens = actors.parsed.document, block.tokens
    start, end = close_quotation(tokens, *shorten(tokens, *cue.what, cue.what[0]))
    what = to_span(tokens, block.start, start, end)
    if end - start == 1 and tokens[start].pos_ in ("PRON", "DET"):
        return None  # "for which Washington had hoped"
    terms = _find_terms(tokens, start, end)
    statement = find_statement(statements, Span(block.start + cue.verb.idx, block.start + cue.verb.idx + 1))
    forecaster = _find_forecaster(cue, block, actors, statement)
    is_own = cue.expecter is not None and cue.expecter.lower_ in ("i", "we")  # the report's own voice
    if cue.expecter is not None and forecaster is None and not is_own:
        return None
    if cue.needs_speaker and not _is_onlooker(statement, cue, block, actors):
        return None
    kept = frozenset(token.i for token in islice(cue.verb.subtree, MAX_TOKENS))
    clause_start, clause_end = find_clause(cue.top or cue.verb, kept)
    clause = shorten(tokens, min(clause_start, cue.what[0]), max(clause_end, cue.what[1]), cue.verb.i)
    evidence = document.evidence(*to_span(tokens, block.start, *clause))
    hedge = to_span(tokens, block.start, *cue.hedge) if cue.hedge is not None else None
    return Forecast(
        content_id("fct", document.id, what.start, what.end, evidence.start),
        document.id, forecaster, " ".join(document.text[what.start : what.end].split()),
        " ".join(document.text[hedge.start : hedge.end].split()) if hedge is not None else None,
        _find_horizon(what, times, actors), _find_engagement(cue, block, events, terms), (evidence,),
        _find_via(cue, forecaster, statement, block, actors),
        strength=read_strength(tokens, cue), terms=terms,
    )  # fmt: skip


def _find_terms(tokens: Doc, start: int, end: int) -> tuple[str, ...]:
    """The terms of what is expected; what may or may not come of an occasion has the term of all results."""
    words = tokens[start:end]
    cue_words = get_forecast_words("verbs", "impersonal")
    terms = find_terms(_find_head(words.root), [token for token in words if get_lemma(token) not in cue_words])
    nouns = [t for t in words if t.pos_ == "NOUN" and t.lemma_.lower() in get_outcome_words("results", "nouns")]
    is_result = any(noun.head.i == words.root.i or not start <= noun.head.i < end for noun in nouns)
    is_result |= any(noun.i == words.root.i for noun in nouns)
    return (*terms, RESULT) if is_result else terms


def _find_head(root: Token) -> Token:
    """ "The envoy is expected to argue", "are likely to argue": what is expected is that he argues."""
    is_cue = get_lemma(root) in get_forecast_words("verbs", "impersonal") or root.lemma_ == "be"
    heads = [root, *(child for child in root.children if child.dep_ == "acomp")] if is_cue else []
    return next((child for head in heads for child in head.children if child.dep_ == "xcomp"), root)


def _find_via(
    cue: Cue, forecaster: Source | None, statement: Statement | None, block: Block, actors: Actors
) -> tuple[Source, ...]:
    """Through whom we know what somebody expects: who says so of another, then as the statement itself reaches us."""
    told = statement.via if statement is not None else ()
    teller = statement.source if statement is not None else None
    if teller is None:
        teller = _find_opinion(cue, block, actors)
    if cue.expecter is None or teller is None or forecaster is None:
        return told
    is_same = teller.entity == forecaster.entity if teller.entity is not None else teller.name == forecaster.name
    return told if is_same else (teller, *told)


def _find_opinion(cue: Cue, block: Block, actors: Actors) -> Source | None:
    """ "The minister, in the opinion of experts, was hoping": whose opinion it is."""
    for preposition, noun in iter_objects(cue.verb, "in"):
        if preposition.i < cue.verb.i and noun.lower_ in ("opinion", "view", "eyes"):
            holders = [holder for _, holder in iter_objects(noun, "of")] + get_children(noun, "poss")
            return next((source for holder in holders for source in find_people(actors, block, holder)), None)
    return None


def _find_forecaster(cue: Cue, block: Block, actors: Actors, statement: Statement | None) -> Source | None:
    token = cue.expecter
    if token is None:
        return statement.source if statement is not None else None
    if token.lower_ in ("i", "we"):
        return statement.source if statement is not None else find_author(actors)
    people = find_people(actors, block, token)
    if not people and token.pos_ == "PRON" and statement is not None:
        return statement.source  # "the minister said she did not believe"
    return next(iter(people), None)


def _is_onlooker(statement: Statement | None, cue: Cue, block: Block, actors: Actors) -> bool:
    """Does somebody speak of what others will do? Who speaks of himself promises rather than foretells."""
    if (
        statement is None
        or statement.source is None
        or statement.source.kind not in (SourceKind.PERSON, SourceKind.COLLECTIVE)
    ):
        return False
    subject = find_foretold(cue.verb)
    if subject is None:
        return False
    people = {source.entity for source in find_people(actors, block, subject)}
    if statement.source.entity is None:
        return True
    if statement.source.entity in people or statement.source.entity not in actors.referents:
        return False
    return bool(people) or subject.pos_ in ("NOUN", "PROPN")


def _find_horizon(what: Span, times: list[TimeExpression], actors: Actors) -> When | None:
    published = actors.parsed.document.published
    for time in times:
        if (
            what.start <= time.start < what.end
            and time.when is not None
            and time.type in (TimeType.DATE, TimeType.TIME)
        ):
            is_past = (
                published is not None
                and published.start is not None
                and time.when.end is not None
                and time.when.end < published.start
            )
            if not is_past:
                return get_deadline(time.when)
    return None


def _find_engagement(cue: Cue, block: Block, events: tuple[EventMention, ...], terms: tuple[str, ...]) -> str | None:
    """The engagement told beside; of whether "a breakthrough" comes, the one that the report begins with."""
    nearest = find_event_beside(cue.verb, block, events)
    if nearest is None and events and RESULT in terms and set(terms) & get_forecast_words("nouns", "of_occasions"):
        nearest = min(events, key=lambda event: event.trigger.start)
    return (nearest.same_as or nearest.id) if nearest is not None else None
