"""A document's sentences into traces: what a later reader would hold earlier promises and expectations against.

Each sentence of the report's own gives its content words (`terms`), and for each of its clauses that tell something as
over, what was done, kept, broken, replaced, put off, or came of it (`turns`). Whose promise that settles is decided
across documents.
"""

from __future__ import annotations

from spacy.tokens import Span as Sentence

from communique.annotate.ledgers.terms import get_term
from communique.annotate.ledgers.turns import find_deeds
from communique.annotate.parse import Block, Parsed, is_reported
from communique.annotate.voices import find_statement
from communique.annotate.who.actors import Actors
from communique.model import Deed, PartKind, Span, Statement, Trace

# Longer sentences are lists or noise, and no evidence to be read.
MAX_SENTENCE = 600


def find_traces(parsed: Parsed, actors: Actors, statements: tuple[Statement, ...]) -> tuple[Trace, ...]:
    """The traces of a document, in text order.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        statements: What stands in one is told by its speaker, not by the report.
    """
    found = []
    for block in parsed.blocks:
        if not is_reported(block) or block.part.part is PartKind.TITLE:
            continue
        told = [s for s in statements if any(block.start <= c.start < block.end for c in s.content)]
        for sentence in block.tokens.sents:
            span = block.span(sentence)
            words = sorted({term for token in sentence if (term := get_term(token)) is not None})
            deeds = tuple(
                Deed(turn.turn, turn.act, turn.actors, turn.sure and not _is_told(turn.at, block, told), turn.partly)
                for turn in find_deeds(sentence, block, actors)
            )
            if (len(words) > 1 or deeds) and _is_readable(sentence, span):
                found.append(Trace(parsed.document.id, span.start, span.end, " ".join(words), deeds))
    return tuple(found)


def _is_told(at: int, block: Block, statements: list[Statement]) -> bool:
    return find_statement(tuple(statements), Span(block.start + at, block.start + at + 1)) is not None


def _is_readable(sentence: Sentence, span: Span) -> bool:
    return 0 < span.end - span.start <= MAX_SENTENCE and bool(sentence.text.strip())
