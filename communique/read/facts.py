"""What a document says of itself, in its own words: title, author, publisher, web address, day of publication.

Order of the steps: the head (labels, by-lines, masthead), the date line, then the notices, in which outlets name
themselves. Photo credits, agencies in date lines and newspapers that are quoted name nobody's publisher. What the
document does not print stays unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from communique.model import Basis, Document, Fact, PartKind, Span, When
from communique.read import wording
from communique.read.dateline import find_date
from communique.tables import load_table
from communique.text.dates import find_printed_dates
from communique.text.segment import find_paragraphs, fold

_WORD_IN_NAME = r"[A-Z][\w&'/-]*(?:\.(?=\w)[\w&'/-]+)*"
_NAME = rf"(?:(?:The|Le|La|Der|Die) )?{_WORD_IN_NAME}(?: (?:(?:of|and|the|for|de|&) )?{_WORD_IN_NAME}){{0,5}}"
_NOT_PERSONS = frozenset(load_table("publishers")["not_persons"]) | frozenset(load_table("publishers")["outlet_words"])
_ROLE = re.compile(r"\s*(?:[,|/•·(–—]| - |--| in (?=[A-Z])| for (?=[A-Z])| at (?=[A-Z])).*$")
_JOIN = re.compile(r", and |,|;| & | (?:and|und|et|y) ")
_FOR = re.compile(rf" for (?P<name>{_NAME})$")
_BAR = re.compile(r"\s*[|•·]\s*")
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s+[-–—]{1,2}\s+|,\s+(?=\D)")


def add_facts(document: Document) -> Document:
    """The document with what it prints of itself, each fact with its evidence.

    Args:
        document: With its parts.
    """
    head = list(_lines_of(document, PartKind.BYLINE))
    notices = list(_lines_of(document, PartKind.NOTICE))
    return replace(
        document,
        title=_find_title(document),
        author=_find_author(document, head),
        publisher=_find_publisher(document, head, notices),
        url=_find_url(document, head),
        published=_find_published(document, head, notices),
    )


def _lines_of(document: Document, kind: PartKind) -> Iterator[tuple[Span, str]]:
    """The lines of all parts of a kind, with their folded words."""
    folded = fold(document.text)
    for part in document.parts:
        if part.part is kind:
            for start, end in find_paragraphs(document.text[part.start : part.end]):
                span = Span(part.start + start, part.start + end)
                yield span, folded[span.start : span.end]


def _fact(document: Document, start: int, end: int) -> Fact | None:
    words = document.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if start >= end:
        return None
    # Blanks of all kinds become one in the value; the evidence keeps them.
    value = " ".join(document.text[start:end].split())
    return Fact(value, Basis.PRINTED, document.evidence(start, end))


def _find_title(document: Document) -> Fact | None:
    for span, words in _lines_of(document, PartKind.TITLE):
        label = wording.find_label(words)
        at = label.at if label and label.kind == "title" else len(words) - len(words.lstrip("# "))
        return _fact(document, span.start + at, span.end)
    return None


def _find_author(document: Document, head: list[tuple[Span, str]]) -> Fact | None:
    for span, words in head:
        label = wording.find_label(words)
        if label and label.kind == "author":
            name = _ROLE.sub("", words[label.at :])
            dates = wording.first_date(name)
            end = label.at + (dates.span.start if dates else len(name))
            persons = find_persons(words[label.at :])
            end = max(end, label.at + persons[-1].end) if persons else end
            return _fact(document, span.start + label.at, span.start + end)
    for i, (span, words) in enumerate(head):
        # Names alone in a line, above that of the date.
        is_above = wording.first_date(words) is None and i + 1 < len(head) and wording.is_date(head[i + 1][1])
        for start, end in _split(words) if wording.first_date(words) else [Span(0, len(words))] if is_above else []:
            persons = find_persons(words[start:end])
            if persons and (not is_above or persons[-1].end == end):
                return _fact(document, span.start + start, span.start + start + persons[-1].end)
    return None


def find_persons(words: str) -> list[Span]:
    """The persons with whom a by-line begins, ``Ana Ruiz, Ben Okafor and Ida Holm``; offsets into the words."""
    found: list[Span] = []
    at = 0
    for match in [*_JOIN.finditer(words), None]:
        piece = words[at : match.start() if match else len(words)]
        bare = piece.strip()
        if not is_person_name(bare):
            break
        start = at + piece.index(bare)
        found.append(Span(start, start + len(bare)))
        at = match.end() if match else at
    return found


def _split(words: str) -> Iterator[Span]:
    """The pieces of a by-line between its dates, bars, dashes and commas, without marks of emphasis around them."""
    breaks = [date.span for date in find_printed_dates(words)]
    breaks += [Span(*match.span()) for match in _SEPARATOR.finditer(words)]
    start = 0
    for cut in sorted([*breaks, Span(len(words), len(words))]):
        piece = words[start : max(start, cut.start)]
        bare = piece.strip(" ,*_")
        if bare:
            at = start + piece.index(bare)
            yield Span(at, at + len(bare))
        start = max(start, cut.end)


def _split_at_bars(words: str) -> Iterator[Span]:
    """``Updated 5 May 2014 | Published 3 May 2014``: each piece has a label of its own."""
    start = 0
    for match in [*_BAR.finditer(words), None]:
        end = match.start() if match else len(words)
        yield Span(start, end)
        start = match.end() if match else end


def is_person_name(words: str) -> bool:
    """Two to four capitalised words, none of which names an institution or a section of a site."""
    parts = words.split()
    known = {part.casefold().strip(".,/") for part in parts} & _NOT_PERSONS
    return 2 <= len(parts) <= 4 and not known and "/" not in words and wording.is_name(words)


def _find_publisher(document: Document, head: list[tuple[Span, str]], notices: list[tuple[Span, str]]) -> Fact | None:
    return _find_named(document, head) or _find_masthead(document, head, notices) or _find_self_named(document, notices)


def _find_named(document: Document, head: list[tuple[Span, str]]) -> Fact | None:
    """``Publisher: The Harbour Courier``; ``By Ana Ruiz for The Harbour Courier``."""
    for span, words in head:
        label = wording.find_label(words)
        if label and label.kind == "publisher":
            return _fact(document, span.start + label.at, span.end)
        if label and label.kind == "author" and (match := _FOR.search(words)):
            return _fact(document, span.start + match.start("name"), span.end)
    return None


def _find_masthead(document: Document, head: list[tuple[Span, str]], notices: list[tuple[Span, str]]) -> Fact | None:
    title_start = next((part.start for part in document.parts if part.part is PartKind.TITLE), 0)
    for span, words in notices:
        if span.end <= title_start and wording.is_masthead(words):
            return _fact(document, span.start, span.start + len(wording.cut_section(words)))
    for span, words in head:
        if wording.first_date(words):
            for start, end in _split(words):
                if wording.is_masthead(words[start:end]):
                    return _fact(document, span.start + start, span.start + end)
    return None


def _find_self_named(document: Document, notices: list[tuple[Span, str]]) -> Fact | None:
    """The name that most notices give; of several the first.

    An outlet speaks of itself when it asks for support, reserves its rights or says what a law calls it.
    """
    found: list[tuple[str, Span]] = []
    for span, words in notices:
        for match in _self_naming().finditer(words):
            group = next(name for name, value in match.groupdict().items() if value)
            start, end = match.span(group)
            end = start + len(words[start:end].rstrip(".,"))
            found.append((_key(words[start:end]), Span(span.start + start, span.start + end)))
    if not found:
        return None
    counts = Counter(key for key, _ in found)
    most = max(counts.values())
    return next(_fact(document, *span) for key, span in found if counts[key] == most)


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ")


@cache
def _self_naming() -> re.Pattern[str]:
    patterns = (
        pattern.replace("?P<name>NAME", f"?P<name{i}>{_NAME}")
        for i, pattern in enumerate(load_table("publishers")["self_naming"])
    )
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _find_url(document: Document, head: list[tuple[Span, str]]) -> Fact | None:
    for span, words in head:
        match = wording.URL.search(words)
        label = wording.find_label(words)
        if match and (match.end() - match.start() == len(words) or (label and label.kind == "url")):
            return _fact(document, span.start + match.start(), span.start + match.end())
    return None


def _find_published(document: Document, head: list[tuple[Span, str]], notices: list[tuple[Span, str]]) -> When | None:
    """The date of the by-line; failing that the date line's, if it has a year; failing that a notice's "published"."""
    updated: When | None = None
    for span, words in head:
        for start, end in _split_at_bars(words):
            label = wording.find_label(words[start:end])
            when = find_date(document, Span(span.start + start, span.start + end))
            if when and label and label.kind == "updated":
                updated = updated or replace(when, note="updated")
            elif when and (label is None or label.kind in ("date", "author")):
                return when
    for part in document.parts:
        if part.part is PartKind.DATELINE and part.published:
            return part.published
    for span, words in notices:
        label = wording.find_label(words)
        if label and label.kind == "date" and (when := find_date(document, span)):
            return when
    return updated
