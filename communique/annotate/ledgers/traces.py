"""A document's sentences into traces: what a later reader would hold earlier promises and expectations against.

Each sentence of the report's own gives its content words (`terms`), and for each of its clauses that tell something as
over, what was done, kept, broken, replaced, put off, or came of it (`turns`). Whose promise that settles is decided
across documents.
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.attrs import IS_ALPHA, POS

from communique.annotate.ledgers.terms import get_term
from communique.annotate.ledgers.turns import find_deeds
from communique.annotate.parse import Block, Parsed, is_reported
from communique.annotate.who.actors import Actors
from communique.model import Deed, PartKind, Span, Statement, Trace

# Longer sentences are lists or noise, and no evidence to be read.
MAX_SENTENCE = 600
# Parts of speech of words with matter, and of auxiliaries.
_TELLING = ("NOUN", "PROPN", "VERB", "ADJ", "AUX")


def find_traces(parsed: Parsed, actors: Actors, statements: tuple[Statement, ...]) -> tuple[Trace, ...]:
    """The traces of a document, in text order.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        statements: What stands in one is told by its speaker, not by the report.
    """
    found = []
    quoted = sorted((content.start, content.end) for statement in statements for content in statement.content)
    starts = [start for start, _ in quoted]
    for block in parsed.blocks:
        if not is_reported(block) or block.part.part is PartKind.TITLE:
            continue
        # What a statement says stands in one paragraph.
        told = quoted[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        # spaCy builds an object for each token asked; most are passed over by their part of speech.
        telling = {block.tokens.vocab.strings[name] for name in _TELLING}
        kinds, alphas = block.tokens.to_array([POS, IS_ALPHA]).T.tolist()
        for sentence in block.tokens.sents:
            span = block.span(sentence)
            at = [k for k in range(sentence.start, sentence.end) if kinds[k] in telling]
            tokens = [block.tokens[k] for k in at]
            terms = [get_term(token) for k, token in zip(at, tokens, strict=True) if alphas[k]]
            words = sorted({term for term in terms if term is not None})
            deeds = tuple(
                Deed(turn.turn, turn.act, turn.actors, turn.sure and not _is_told(turn.at, block, told), turn.partly)
                for turn in find_deeds(sentence, tokens, block, actors)
            )
            if (len(words) > 1 or deeds) and _is_readable(parsed.folded, span):
                found.append(Trace(parsed.document.id, span.start, span.end, " ".join(words), deeds))
    return tuple(found)


def _is_told(at: int, block: Block, quoted: list[tuple[int, int]]) -> bool:
    return any(start <= block.start + at < end for start, end in quoted)


def _is_readable(folded: str, span: Span) -> bool:
    return 0 < span.end - span.start <= MAX_SENTENCE and not folded[span.start : span.end].isspace()
