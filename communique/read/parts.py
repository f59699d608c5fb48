"""A plain text into its parts: title, by-line, date line, body, captions, comments, notices.

Order of the steps: the head, down to the first prose; readers' comments, where lines open them; the furniture at the
end of the report and of each comment; single lines of furniture and captions in between. Whatever is in doubt is body.
Which words decide is in `wording`; what the parts say of the document is read in `facts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.model import Document, Part, PartKind, Span
from communique.read import wording
from communique.read.dateline import find_date, has_dateline, is_dateline, is_place_and_date, split_dateline
from communique.text.segment import find_paragraphs, fold

# A head has at most so many lines; a text without prose until then has no head worth guessing at.
MAX_HEAD = 25
# So many short lines at the end may belong to a list under a line of furniture.
MAX_LIST = 12


@dataclass(slots=True)
class _Line:
    """A paragraph while its part is being found."""

    span: Span
    words: str  # folded
    blank_before: bool
    part: PartKind | None = None
    comment: int = 0  # which comment it belongs to


def find_parts(document: Document) -> tuple[Part, ...]:
    """The parts of a plain text, in text order, without overlap, covering all but white space.

    Args:
        document: With its text; its parts are not looked at.
    """
    text, folded = document.text, fold(document.text)
    lines = _make_lines(text, folded, Span(0, len(text)))
    if not lines:
        return ()
    first = _mark_head(lines)
    report_end = _mark_comments(lines, first)
    _mark_body(lines, first, report_end)
    return tuple(split_dateline(document, _join(document, lines), folded))


def refine_parts(document: Document, known: Sequence[Part]) -> tuple[Part, ...]:
    """Finds furniture, captions and the date line in what is known as body; other parts stay as they are.

    Args:
        document: With its text.
        known: Its parts as a web page marks them.
    """
    folded = fold(document.text)
    parts: list[Part] = []
    for part in known:
        if part.part is PartKind.BODY:
            lines = _make_lines(document.text, folded, Span(part.start, part.end))
            _mark_body(lines, 0, len(lines))
            parts.extend(_join(document, lines))
        else:
            parts.append(part)
    return tuple(split_dateline(document, parts, folded))


def _make_lines(text: str, folded: str, within: Span) -> list[_Line]:
    lines, end = [], within.start
    for start, stop in find_paragraphs(text[within.start : within.end]):
        span = Span(within.start + start, within.start + stop)
        blank = len(re.findall(r"\r\n|[\n\r\u2028\u2029]", text[end : span.start])) > 1
        lines.append(_Line(span, folded[span.start : span.end], blank))
        end = span.end
    return lines


# --- the head -------------------------------------------------------------------------------------


def _mark_head(lines: Sequence[_Line]) -> int:
    """Marks the lines above the report's first prose; returns where that stands."""
    title: str | None = None
    for i, line in enumerate(lines[:MAX_HEAD]):
        kind = _find_head_kind(lines, i, title)
        if kind is None:
            return i
        line.part = kind
        if kind is PartKind.TITLE and title is None:
            title = _bare_title(line.words)
    return min(len(lines), MAX_HEAD)


def _find_head_kind(lines: Sequence[_Line], i: int, title: str | None) -> PartKind | None:
    """The part of a line of the head; None where the head is over."""
    words = lines[i].words
    after = lines[i + 1 : i + 4]
    if not after and title is None:
        return None
    if wording.URL.fullmatch(words):
        return PartKind.BYLINE
    if wording.is_furniture(words) or wording.opens_comments(words) or _is_masthead(lines, i, title):
        return PartKind.NOTICE
    if title is None and wording.is_section(words):
        return PartKind.NOTICE
    label = wording.find_label(words)
    if label and label.kind == "title":
        return PartKind.TITLE
    if wording.is_byline(words, below_title=title is not None):
        return PartKind.BYLINE
    if is_dateline(words):
        return PartKind.DATELINE if after else None
    if title is None and is_place_and_date(words):
        return PartKind.DATELINE if after else None
    if title is None:
        return PartKind.TITLE if wording.is_title(words) and not has_dateline(words) else None
    if _bare_title(words) == title:
        return PartKind.TITLE
    if wording.is_caption(words, weak_signs=True) or _is_twin(lines, i) or _is_under_date(lines, i):
        return PartKind.CAPTION
    if wording.is_prose(words):
        # A summary stands between title and by-line.
        return PartKind.BODY if any(wording.is_byline(line.words, below_title=False) for line in after[:2]) else None
    if wording.is_name(words) and any(wording.is_date(line.words) for line in after[:1]):
        return PartKind.BYLINE
    return PartKind.BODY if after else None


def _is_masthead(lines: Sequence[_Line], i: int, title: str | None) -> bool:
    """The outlet's name above the title."""
    return (
        title is None
        and wording.is_masthead(lines[i].words)
        and any(
            wording.is_title(line.words) and not wording.is_byline(line.words, False) for line in lines[i + 1 : i + 3]
        )
    )


def _bare_title(words: str) -> str:
    label = wording.find_label(words)
    return words[label.at if label else 0 :].lstrip("# ").casefold()


def _is_twin(lines: Sequence[_Line], i: int) -> bool:
    """Printed twice, one under the other: the text of a picture and its caption."""
    words = lines[i].words
    neighbours = [lines[j].words for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return words in neighbours and 3 < wording.count_words(words) <= wording.MAX_CAPTION


def _is_under_date(lines: Sequence[_Line], i: int) -> bool:
    """A line right under the by-line and set off from the report below: where pages have their first picture."""
    line = lines[i]
    return (
        lines[i - 1].part is PartKind.BYLINE
        and not line.blank_before
        and i + 1 < len(lines)
        and lines[i + 1].blank_before
        and wording.is_prose(lines[i + 1].words)
        and not wording.is_prose(line.words)
        and wording.count_words(line.words) > 3
    )


# --- comments -------------------------------------------------------------------------------------


def _mark_comments(lines: Sequence[_Line], first: int) -> int:
    """Marks readers' comments; returns where the report ends and they begin."""
    report_end, number, opened = len(lines), 0, False
    starts: list[int] = []
    i = first + 1
    while i < len(lines):
        if wording.opens_comments(lines[i].words):
            opened = True
            lines[i].part = PartKind.NOTICE
            report_end = min(report_end, i)
        elif size := _count_header_lines(lines, i, i - first, opened or number > 0 or _is_furniture_above(lines, i)):
            number += 1
            starts.append(i)
            report_end = min(report_end, i)
            for line in lines[i : i + size]:
                line.part, line.comment = PartKind.COMMENT, number
            i += size
            continue
        elif opened or number:
            lines[i].comment = number
        i += 1
    for start, end in pairwise([*starts, len(lines)]):
        _mark_tail(lines, start + 1, end, in_comment=True)
    if opened and not starts:
        _mark_tail(lines, report_end + 1, len(lines), in_comment=True)
    for line in lines[report_end:]:
        line.part = line.part or PartKind.COMMENT
    return report_end


def _is_furniture_above(lines: Sequence[_Line], i: int) -> bool:
    return wording.is_furniture(lines[i - 1].words)


def _count_header_lines(lines: Sequence[_Line], i: int, below: int, expected: bool) -> int:
    """How many lines from here on say who comments, from where and when; 0 where none does.

    Name, place and date in lines of their own are believed where some paragraphs of the report are above them
    (``below`` says how many); shorter forms only where comments are ``expected``. Something must follow.
    """
    words = [line.words for line in lines[i : i + 4]]
    sure = expected or below > 1
    if (
        sure
        and len(words) > 3
        and wording.is_name(words[0])
        and wording.is_place(words[1])
        and wording.is_date(words[2])
    ):
        return 3
    if not expected or len(words) < 2:
        return 0
    if len(words) > 2 and wording.is_name(words[0]) and wording.is_date(words[1]):
        return 2
    if wording.find_comment_author(words[0]):
        return 2 if len(words) > 2 and wording.is_date(words[1]) else 1
    return 0


# --- the end, and what stands between -------------------------------------------------------------


def _mark_tail(lines: Sequence[_Line], first: int, end: int, in_comment: bool) -> None:
    """Marks the furniture at the end of a stretch of lines, from the bottom up, as far as it goes without a break."""
    top, i = end, end
    while i > first:
        i -= 1
        words = lines[i].words
        if lines[i].part is not None:
            break
        if wording.is_furniture(words) or (not in_comment and _is_tail_prose(words, adjacent=i + 1 == top)):
            top = i
        elif in_comment or wording.is_prose(words) or top - i > MAX_LIST:
            break
    for line in lines[top:end]:
        line.part = PartKind.NOTICE


def _is_tail_prose(words: str, adjacent: bool) -> bool:
    if wording.is_site_prose(words):
        return True
    appeals = wording.count_appeal_words(words)
    return appeals > 2 or (adjacent and (appeals > 0 or wording.is_legal_notice(words)))


def _mark_body(lines: Sequence[_Line], first: int, end: int) -> None:
    _mark_tail(lines, first + 1, end, in_comment=False)
    for line in lines[first:end]:
        if line.part is None:
            line.part = _find_kind_between(line)


def _find_kind_between(line: _Line) -> PartKind:
    if wording.is_furniture(line.words):
        return PartKind.NOTICE
    return PartKind.CAPTION if wording.is_caption(line.words) else PartKind.BODY


# --- lines into parts -----------------------------------------------------------------------------


def _join(document: Document, lines: Sequence[_Line]) -> list[Part]:
    """Neighbours of one kind become one part; titles and captions stay single, comments one each."""
    parts: list[Part] = []
    single = (PartKind.TITLE, PartKind.CAPTION)
    for i, line in enumerate(lines):
        kind = line.part or PartKind.BODY
        same = i > 0 and kind is lines[i - 1].part and kind not in single
        if same and (kind is not PartKind.COMMENT or line.comment == lines[i - 1].comment):
            parts[-1] = replace(parts[-1], end=line.span.end)
        elif kind is PartKind.COMMENT and line.comment:
            parts.append(_begin_comment(document, lines, i))
        else:
            parts.append(Part(kind, *line.span))
    return parts


def _begin_comment(document: Document, lines: Sequence[_Line], i: int) -> Part:
    text = document.text
    head = lines[i : i + 3]
    dates = [line for line in head if wording.first_date(line.words)]
    author = wording.find_comment_author(head[0].words) or text[head[0].span.start : head[0].span.end]
    has_place = len(head) == 3 and wording.is_place(head[1].words) and wording.is_date(head[2].words)
    place = text[head[1].span.start : head[1].span.end] if has_place else None
    return Part(PartKind.COMMENT, *head[0].span, author, place, find_date(document, dates[0].span) if dates else None)
