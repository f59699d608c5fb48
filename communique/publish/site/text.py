"""A document's text, cut into sections, blocks and marks for its page, with not one character added or lost.

1. Sections: the parts of the document (title, body, comment, notice, …), each with the white space that follows it.
2. Blocks: paragraphs of a section, so that the notes can stand beside the words that they are about.
3. Tokens of a block: marks are opened and closed in it, split where they overlap and where a block ends, so that
   the page is a tree. Joined, the ``text`` tokens of all blocks are the document's text.

Making the tokens into HTML is the template's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from communique.publish.site.words import Row

LONG_BLOCK = 1500  # characters; a longer one is broken at line ends too


class Mark(NamedTuple):
    """A stretch of text to be marked. ``number`` is its note's, ``href`` the page of the entity that it mentions."""

    start: int
    end: int
    kinds: tuple[str, ...] = ()
    number: int | None = None
    href: str | None = None


class Token(NamedTuple):
    """One of: ``open`` (with the id, once a mark), ``text``, ``close``, ``note`` (the reference to a numbered note)."""

    kind: str
    text: str = ""
    id: str | None = None
    kinds: tuple[str, ...] = ()
    href: str | None = None
    numbers: tuple[int, ...] = ()


@dataclass(slots=True)
class Block:
    """A paragraph as stored and the numbers of the notes on marks that begin in it."""

    start: int
    tokens: list[Token] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)


class Section(NamedTuple):
    """A part of the document (none where it has no parts) and its paragraphs."""

    part: Row | None
    blocks: list[Block]


def sections(text: str, parts: Iterable[Row], marks: Iterable[Mark]) -> list[Section]:
    """Cuts a text as its page shows it.

    Args:
        text: The document's, as stored.
        parts: Its parts in text order; none makes one section.
        marks: In any order, at most one a span, none empty.
    """
    if not text:
        return []
    ordered = list(parts)
    starts = [0, *(part["start"] for part in ordered[1:]), len(text)] if ordered else [0, len(text)]
    cuts = sorted({cut for start, end in pairwise(starts) for cut in block_starts(text, start, end)})
    blocks = _blocks(text, cuts, sorted(marks, key=lambda mark: (mark.start, -mark.end)))
    return [
        Section(ordered[index] if ordered else None, [block for block in blocks if start <= block.start < end])
        for index, (start, end) in enumerate(pairwise(starts))
    ]


def block_starts(text: str, start: int, end: int) -> list[int]:
    """Where the paragraphs of ``text[start:end]`` begin: after blank lines; in long ones after every line end."""
    found = [start, *_after(r"\n[^\S\n]*\n\s*", text, start, end)]
    for first, last in pairwise([*found, end]):
        if last - first > LONG_BLOCK:
            found += _after(r"\n\s*", text, first, last)
    return sorted(set(found))


def _after(pattern: str, text: str, start: int, end: int) -> list[int]:
    matches = re.compile(pattern).finditer(text, start, end)
    return [match.end() for match in matches if match.end() < end]


def _blocks(text: str, cuts: list[int], marks: list[Mark]) -> list[Block]:
    bounds = sorted({0, len(text), *cuts, *(m.start for m in marks), *(m.end for m in marks)})
    beginning: dict[int, list[Mark]] = {}
    for mark in marks:
        beginning.setdefault(mark.start, []).append(mark)
    starts, blocks = set(cuts), [Block(0)]
    opened: list[Mark] = []
    for start, end in pairwise(bounds):
        tokens = blocks[-1].tokens
        opened = _close(opened, start, tokens)
        again: list[Mark] = []
        if start in starts and start:
            tokens += [Token("close")] * len(opened)
            opened, again = [], opened
            blocks.append(Block(start))
            tokens = blocks[-1].tokens
        for mark in again:
            tokens.append(Token("open", kinds=mark.kinds))
        opened += again
        for mark in beginning.get(start, []):
            tokens.append(Token("open", id=f"c{mark.start}-{mark.end}", kinds=mark.kinds))
            opened.append(mark)
            if mark.number is not None:
                blocks[-1].notes.append(mark.number)
        tokens.append(_text(text[start:end], opened))
    _close(opened, len(text), blocks[-1].tokens)
    for block in blocks:
        block.notes.sort()
    return blocks


def _close(opened: list[Mark], at: int, tokens: list[Token]) -> list[Mark]:
    """Closes the marks that end here; those opened after them are closed too, and opened again. The still open ones."""
    ending = [index for index, mark in enumerate(opened) if mark.end <= at]
    if not ending:
        return opened
    closed = opened[ending[0] :]
    tokens += [Token("close")] * len(closed)
    numbers = sorted(mark.number for mark in closed if mark.end <= at and mark.number is not None)
    tokens += [Token("note", numbers=(number,)) for number in numbers]
    left = [mark for mark in closed if mark.end > at]
    tokens += [Token("open", kinds=mark.kinds) for mark in left]
    return [*opened[: ending[0]], *left]


def _text(words: str, opened: list[Mark]) -> Token:
    kinds = tuple(sorted({kind for mark in opened for kind in mark.kinds}))
    href = next((mark.href for mark in reversed(opened) if mark.href), None)
    numbers = tuple(sorted(mark.number for mark in opened if mark.number is not None))
    return Token("text", words, kinds=kinds, href=href, numbers=numbers)


def snippet(text: str, evidence: Row, around: int = 70) -> tuple[str, str, str]:
    """The words of an evidence with what stands before and after them, in the same paragraph, cut at spaces."""
    start, end = evidence["start"], evidence["end"]
    before, after = text[max(0, start - around) : start], text[end : end + around]
    before = before[before.rfind("\n") + 1 :] if "\n" in before else _after_space(before, start > around)
    after = after[: after.find("\n")] if "\n" in after else _before_space(after, end + around < len(text))
    return before, text[start:end], after


def _after_space(words: str, is_cut: bool) -> str:
    return "…" + words[words.find(" ") + 1 :] if is_cut and " " in words else words


def _before_space(words: str, is_cut: bool) -> str:
    return words[: words.rfind(" ")] + "…" if is_cut and " " in words else words


def merge_marks(spans: Mapping[tuple[int, int], Mark], more: Iterable[Mark]) -> Iterator[Mark]:
    """Marks of which those with the same span have become one: the kinds of both, the number and the link of either."""
    merged = dict(spans)
    for mark in more:
        had = merged.get((mark.start, mark.end))
        merged[(mark.start, mark.end)] = mark if had is None else _merge(had, mark)
    yield from merged.values()


def _merge(one: Mark, other: Mark) -> Mark:
    kinds = tuple(dict.fromkeys([*one.kinds, *other.kinds]))
    number = one.number if one.number is not None else other.number
    return Mark(one.start, one.end, kinds, number, one.href or other.href)
