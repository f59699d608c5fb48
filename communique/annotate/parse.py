"""A document's paragraphs through the language model.

The model sees one paragraph at a time, never across a headline, in its plainest characters (`text.segment.fold`), so
that what it says of a paragraph depends on that document alone and offsets stay those of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from communique.annotate.language_model import LanguageModel
from communique.model import Document, Part, PartKind, Span
from communique.text.segment import find_paragraphs, fold

# Paragraphs given to the model at once. With more it has less to do a paragraph, and wants more memory.
BATCH = 64
BATCH_CHARACTERS = 20_000
# So much of a document is annotated, about thirty pages of a book: the budget of one document, in characters and not in
# seconds, so that the outcome is the same on every machine. No report comes near.
MAX_ANNOTATED = 60_000
# A line of at most so many words, with a capital in so many of them and no mark at its end, is set like a headline.
MAX_HEADING = 18
HEADING_CAPITALS = 0.6
_ENDINGS = frozenset([".", "?", "!", ":", ";", ",", '"'])


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or what of it lies in one part. ``tokens[i].idx + start`` is an offset into the document."""

    start: int
    end: int
    part: Part
    tokens: Doc
    is_heading: bool = False  # a headline, or a line set like one

    def span(self, tokens: Tokens | Token) -> Span:
        """Where tokens of this block stand in the document."""
        if isinstance(tokens, Token):
            return Span(self.start + tokens.idx, self.start + tokens.idx + len(tokens))
        return Span(self.start + tokens.start_char, self.start + tokens.end_char)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its blocks in text order. ``folded`` is the document's text through `fold`."""

    document: Document
    folded: str
    blocks: tuple[Block, ...]


def parse(document: Document, model: LanguageModel) -> Parsed:
    """Parses every part of a document, up to `MAX_ANNOTATED` characters, and the paragraph in which these end."""
    folded = fold(document.text)
    pieces = [
        (Span(start, end), part)
        for paragraph in _take_first(find_paragraphs(document.text))
        for part in document.parts
        for start, end in [(max(paragraph.start, part.start), min(paragraph.end, part.end))]
        if start < end
    ]
    parsed = _iter_parsed([folded[start:end] for (start, end), _ in pieces], model)
    blocks = []
    for (span, part), tokens in zip(pieces, parsed, strict=True):
        tokens.user_token_hooks["sent"] = get_sentence
        blocks.append(Block(span.start, span.end, part, tokens, _is_heading(part, tokens)))
    return Parsed(document, folded, tuple(blocks))


def _take_first(paragraphs: list[Span]) -> Iterator[Span]:
    length = 0
    for paragraph in paragraphs:
        if length >= MAX_ANNOTATED:
            return
        length += paragraph.end - paragraph.start
        yield paragraph


def _iter_parsed(texts: list[str], model: LanguageModel) -> Iterator[Doc]:
    """Paragraphs through the model, in batches that are bounded in number and in length."""
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == BATCH or sum(map(len, batch)) + len(text) > BATCH_CHARACTERS):
            yield from model.pipe(batch, BATCH)
            batch = []
        batch.append(text)
    yield from model.pipe(batch, BATCH)


def get_lemmas(tokens: Doc) -> list[str]:
    """The lemmas of a paragraph's tokens in lower case, read once: most tokens are passed over by their lemma."""
    lemmas: list[str] | None = tokens.user_data.get("lemmas")
    if lemmas is None:
        lemmas = tokens.user_data["lemmas"] = [token.lemma_.lower() for token in tokens]
    return lemmas


def get_kinds(tokens: Doc) -> list[str]:
    """The parts of speech of a paragraph's tokens, by their names."""
    kinds: list[str] | None = tokens.user_data.get("kinds")
    if kinds is None:
        kinds = tokens.user_data["kinds"] = [token.pos_ for token in tokens]
    return kinds


def get_labels(tokens: Doc) -> list[str]:
    """By which label each token of a paragraph depends on its head."""
    labels: list[str] | None = tokens.user_data.get("labels")
    if labels is None:
        numbers = tokens.to_array(DEP).tolist()
        names = {number: tokens.vocab.strings[number] for number in set(numbers)}
        labels = tokens.user_data["labels"] = [names[number] for number in numbers]
    return labels


def get_sentence(token: Token) -> Tokens:
    """The sentence of a token; what ``token.sent`` gives. spaCy looks at the whole paragraph for each token asked."""
    tokens = token.doc
    bounds: list[tuple[int, int]] | None = tokens.user_data.get("sentences")
    if bounds is None:
        sentences = [(sentence.start, sentence.end) for sentence in tokens.sents]
        bounds = [(start, end) for start, end in sentences for _ in range(start, end)]
        tokens.user_data["sentences"] = bounds
    start, end = bounds[token.i]
    return tokens[start:end]


def get_dependents(tokens: Doc) -> list[list[tuple[str, int]]]:
    """Of each token of a paragraph, (label, index) of the tokens that depend on it, in text order; made once."""
    found: list[list[tuple[str, int]]] | None = tokens.user_data.get("dependents")
    if found is None:
        found = tokens.user_data["dependents"] = [[] for _ in range(len(tokens))]
        steps = tokens.to_array(HEAD).astype("int64").tolist()
        for i, (label, step) in enumerate(zip(get_labels(tokens), steps, strict=True)):
            if step:
                found[i + step].append((label, i))
    return found


def _is_heading(part: Part, tokens: Doc) -> bool:
    """A title, or a line like one: short, without a full stop, most words with a capital."""
    if part.part is PartKind.TITLE:
        return True
    if not len(tokens) or len(tokens) > 4 * MAX_HEADING or tokens[-1].text in _ENDINGS:
        return False
    words = [word for word in get_texts(tokens) if word.isalpha()]
    return 0 < len(words) <= MAX_HEADING and sum(word[0].isupper() for word in words) >= HEADING_CAPITALS * len(words)


def get_texts(tokens: Doc) -> list[str]:
    """The words of a paragraph. spaCy builds an object for each token asked, so they are kept with the paragraph."""
    texts: list[str] | None = tokens.user_data.get("texts")
    if texts is None:
        texts = tokens.user_data["texts"] = [token.text for token in tokens]
    return texts


def is_reported(block: Block) -> bool:
    """True where the text is a report's own (body, caption, title), not a comment or site furniture."""
    return block.part.part in (PartKind.BODY, PartKind.CAPTION, PartKind.TITLE, PartKind.DATELINE)
