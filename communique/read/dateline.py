"""The date line of a report (``WASHINGTON --``, ``MOSCOW, May 7 (Reuters) -``) and the dates that a document prints.

A place in capitals before a dash is believed by itself; one in ordinary letters only with a day or an agency.
"""

from __future__ import annotations

import re
from dataclasses import replace

from communique.model import Document, Part, PartKind, Span, When
from communique.read import wording
from communique.text.segment import find_paragraphs

_REGION = r"(?:, (?![A-Z][a-z]+\.? \d)[A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+){0,2})?"
# Three letters on end: "U.S. - Russian talks" is no place and no date line.
_PLACE = r"(?=[A-Z. '-]*[A-Z]{3})[A-Z](?:[A-Z.'-]| (?=[A-Z])){2,30}" + _REGION
_MIXED_PLACE = r"[A-Z][a-z'-]+(?: [A-Z][a-z'-]+){0,2}" + _REGION
_DAY = r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)"
_AGENCY = r"(?: \([A-Z][^()]{1,40}\))"
_DASH = r"(?: ?(?:--+|—|–) ?| - |(?<=\)) ?_ ?| _ )"
_AGENCY_ALONE = r"\([A-Z][A-Za-z /]{1,20}\)"
_PLACE_AND_DAY = (
    rf"(?:(?P<place>{_PLACE}){_DAY}?{_AGENCY}?|(?P<mixed>{_MIXED_PLACE})(?:{_DAY}?{_AGENCY}|{_DAY})|{_AGENCY_ALONE})"
)
# With a year, a day that stands beside a place is that of the report, whatever mark follows.
_WITH_YEAR = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4})"
_PLACE_AND_DATE = (
    rf"(?:(?P<dated>{_PLACE}|{_MIXED_PLACE})(?:{_AGENCY}{_DASH}|, ){_WITH_YEAR}{_AGENCY}?"
    rf"|{_WITH_YEAR}, (?P<behind>{_PLACE}|{_MIXED_PLACE}){_AGENCY}?)"
)
_DATED = re.compile(rf"{_PLACE_AND_DATE}(?::| ?\.(?: ?[-–—]+)?|{_DASH}) ?(?=[\"'(\[]?[A-Z0-9])")
_DATED_ALONE = re.compile(rf"{_PLACE_AND_DATE}[.:]?")
_DATELINE = re.compile(_PLACE_AND_DAY + _DASH + r"(?=[\"'(\[]?[A-Z0-9])")
_PLACE_ONLY = re.compile(_PLACE_AND_DAY)
# A date line alone in its line.
_DATELINE_ALONE = re.compile(_PLACE_AND_DAY + r" ?(?:--+|—|–|-|_)")


def is_dateline(words: str) -> bool:
    """A line that is a date line and nothing else. Folded words."""
    return _has_place(_DATELINE_ALONE.fullmatch(words))


def has_dateline(words: str) -> bool:
    """A paragraph that opens with a date line. Folded words."""
    return _has_place(_match_dateline(words))


def is_place_and_date(words: str) -> bool:
    """A line that is a place and a day with its year: ``Tehran, 3 May 2016``. Folded words."""
    return _has_place(_DATED_ALONE.fullmatch(words))


def _match_dateline(words: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    bounds = (start, len(words) if end is None else end)
    return _DATED.match(words, *bounds) or _DATELINE.match(words, *bounds)


def _has_place(match: re.Match[str] | None) -> bool:
    if match is None:
        return False
    names = match.groupdict()
    return wording.is_place_word(names.get("place") or names.get("dated") or names.get("behind") or "")


def find_date(document: Document, span: Span) -> When | None:
    """The first date with a year printed in a stretch of a document, with its words as evidence."""
    found = wording.first_date(document.text[span.start : span.end])
    if found is None:
        return None
    evidence = document.evidence(span.start + found.span.start, span.start + found.span.end)
    return replace(found.when, evidence=(evidence,))


def split_dateline(document: Document, parts: list[Part], folded: str) -> list[Part]:
    """Cuts the date line off the first prose of the body, where it has no line of its own."""
    for i, part in enumerate(parts):
        if part.part is PartKind.DATELINE:
            return [*parts[:i], _make_dateline(document, part, folded), *parts[i + 1 :]]
        if part.part is not PartKind.BODY:
            continue
        for start, end in find_paragraphs(document.text[part.start : part.end]):
            span = Span(part.start + start, part.start + end)
            match = _match_dateline(folded, *span)
            is_entry = match is not None and match.re is _DATED and _is_chronology(folded[part.start : part.end])
            if match and _has_place(match) and not is_entry:
                return [*parts[:i], *_cut(document, part, match, folded), *parts[i + 1 :]]
            if wording.is_prose(folded[span.start : span.end]):
                return parts
    return parts


def _is_chronology(body: str) -> bool:
    """Do several paragraphs open with a place and a day?"""
    return sum(_DATED.match(body, start, end) is not None for start, end in find_paragraphs(body)) > 1


def _cut(document: Document, body: Part, match: re.Match[str], folded: str) -> list[Part]:
    above = document.text[body.start : match.start()].rstrip()
    pieces = [replace(body, end=body.start + len(above))] if above else []
    dateline = Part(PartKind.DATELINE, match.start(), match.start() + len(match.group().rstrip()))
    return [*pieces, _make_dateline(document, dateline, folded), replace(body, start=match.end())]


def _make_dateline(document: Document, part: Part, folded: str) -> Part:
    dated = _DATED_ALONE.match(folded, part.start, part.end)
    match = dated or _PLACE_ONLY.match(folded, part.start, part.end)
    kinds = ("dated", "behind") if dated else ("place", "mixed")
    place = next((document.text[slice(*match.span(kind))] for kind in kinds if match and match[kind]), None)
    return replace(part, place=place, published=find_date(document, Span(part.start, part.end)))
