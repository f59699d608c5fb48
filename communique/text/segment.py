"""A text into paragraphs, and its one-for-one form for matching and for the language model.

`find_paragraphs` gives spans of the untouched text. `fold` changes characters one for one (no-break spaces, quotation
marks), so that offsets into the folded text are offsets into the text itself; it is never stored or shown.
"""

from __future__ import annotations

import re

from communique.model import Span

# Lines of a text that was wrapped by hand or by an editor are no longer than this; longer lines are paragraphs.
WRAP_WIDTH = 120
# Below this width, or without this many full lines, line ends are the writer's own (verse, lists, headings).
MIN_WIDTH = 56
MIN_FULL_LINES = 3
# The parser's memory grows with the length of what it is given; paragraphs above this are cut at a blank.
MAX_PARAGRAPH = 20_000
# spaCy's tokenizer is quadratic on runs without blanks (8,000 brackets take 11 s); no word is this long.
MAX_RUN = 300

_FOLD = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u202f\u2002\u2003\u2009\u200a\u3000\u2028\u2029\t\n\r\v\f\x85\u200b\ufeff", " "),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚‛‹›`´", "'"),
        **dict.fromkeys("‐‑", "-"),
    }
)
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_RUN = re.compile(rf"\S{{{MAX_RUN + 1},}}")
_SENTENCE_END = re.compile(r"[.!?:;\"”»)\]…]\s*$")


def fold(text: str) -> str:
    """The text with blanks and quotation marks in their plainest form; as long as the text.

    Runs of more than `MAX_RUN` characters without a blank are interrupted by blanks, for the tokenizer's sake.
    """
    folded = text.translate(_FOLD)
    if _RUN.search(folded):
        folded = _RUN.sub(_interrupt, folded)
    return folded


def _interrupt(match: re.Match[str]) -> str:
    run = match.group()
    return "".join(" " if i % MAX_RUN == MAX_RUN - 1 else character for i, character in enumerate(run))


def find_paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, without the white space around them, in text order.

    A paragraph is a line. In a text that was wrapped by hand (no line longer than `WRAP_WIDTH`), lines that run on are
    one paragraph: no blank line between them, and the next word did not fit into the upper one, or the upper one does
    not end a sentence and the lower one begins in lower case.
    """
    lines = []
    for match in _LINE.finditer(text):
        words = match.group()
        stripped = words.strip()
        if stripped:
            start = match.start() + len(words) - len(words.lstrip())
            lines.append(Span(start, start + len(stripped)))
    width = max((end - start for start, end in lines), default=0)
    if width <= WRAP_WIDTH:
        lines = _join_wrapped(text, lines, width)
    return [piece for line in lines for piece in _cut_long(text, line)]


def _join_wrapped(text: str, lines: list[Span], width: int) -> list[Span]:
    full = sum(end - start > 0.8 * width for start, end in lines)
    wrapped = width >= MIN_WIDTH and full >= MIN_FULL_LINES
    joined: list[Span] = []
    last = Span(0, 0)
    for line in lines:
        if joined and _runs_on(text, last, line, width if wrapped else None):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
        last = line
    return joined


def _runs_on(text: str, upper: Span, lower: Span, width: int | None) -> bool:
    gap = text[upper.end : lower.start].replace("\r\n", "\n")
    length = upper.end - upper.start
    if sum(map(gap.count, "\r\n\u2028\u2029")) != 1 or length < 40:
        return False
    if width is not None:
        first_word_end = text.find(" ", lower.start, lower.end)
        first_word = (first_word_end if first_word_end > 0 else lower.end) - lower.start
        # A writer who wraps breaks the line where the next word does not fit.
        if length + 1 + first_word > width - 2:
            return True
    return text[lower.start].islower() and not _SENTENCE_END.search(text, upper.start, upper.end)


def _cut_long(text: str, paragraph: Span) -> list[Span]:
    pieces = []
    start, end = paragraph
    while end - start > MAX_PARAGRAPH:
        cut = text.rfind(". ", start, start + MAX_PARAGRAPH) + 1 or text.rfind(" ", start, start + MAX_PARAGRAPH)
        if cut <= start:
            cut = start + MAX_PARAGRAPH
        pieces.append(Span(start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        pieces.append(Span(start, end))
    return pieces
