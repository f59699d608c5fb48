"""Dates, offices and states of the record as English words for the pages.

What the record knows only roughly is said roughly: no word here is more exact than the row's ``edtf``, ``precision``
and ``basis``. A date becomes a list of `Piece`, so that a template can write ``<time datetime>`` around the exact ones.
Nothing here reads a text or looks into another row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from communique.model import Basis, Precision

Row = Mapping[str, Any]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
QUARTERS = ("first", "second", "third", "fourth")
BASES = {
    Basis.PRINTED: "printed in the document",
    Basis.STATED: "stated in the text",
    Basis.RELATIVE: "worked out from the text",
    Basis.INFERRED: "inferred",
    Basis.REGISTER: "from a register",
    Basis.SET: "set by a person",
}
UNKNOWN = "date unknown"
# What the program notes of a date, as a person would say it.
NOTES = {
    "year from the corpus": "the year is that of the other reports",
    "days of what took place on it": "the days of its parts",
    "the day of what is told beside it": "the day of another engagement in the same passage",
    "the day before what follows": "the day before another engagement in the same passage",
    "of what it was part of": "the days of what it is part of",
    "within the visit": "some time of the visit",
    "bounded by what it tells as past and as still to come": "between what it tells as past and as still to come",
    "reckoned from the report's inferred date": "counted from the day of the report, which is inferred",
}


# What is compared, where the record's word for it is none of everyday language.
PROPERTIES = {
    "tally": "how many",
    "order": "which came first",
    "text": "the text",
    "versions": "versions of one article",
    "ordinal": "which time",
}


class Piece(NamedTuple):
    """Words of a date; ``datetime`` is their machine-readable form, None where HTML has none."""

    text: str
    datetime: str | None = None


def basis_words(basis: str) -> str:
    """The reason to believe something, in words; a basis that is not known here is shown as it is."""
    return BASES.get(Basis(basis), basis) if basis in set(Basis) else basis


def property_words(name: str) -> str:
    """What is compared, or asserted, in words."""
    return PROPERTIES.get(name, name)


def date_pieces(when: Row | None) -> list[Piece]:
    """A date of the record (a `When` in plain form) in words, as exact as it is known and no more.

    Returns:
        At least one piece; ``date unknown`` where nothing is known beyond the note.
    """
    if when is None:
        return [Piece(UNKNOWN)]
    note = prose(NOTES.get(str(when["note"]), str(when["note"]))) if when.get("note") else ""
    first, last = _day(when["start"]), _day(when["end"])
    edtf = str(when["edtf"] or "")
    if first is None and last is None:
        return [Piece(f"{note}, {UNKNOWN}" if note else UNKNOWN)]
    pieces = _pieces(first, last, str(when["precision"]), edtf)
    if "~" in edtf or "%" in edtf:
        pieces.insert(0, Piece("about "))
    if "?" in edtf or "%" in edtf:
        pieces.append(Piece(", uncertain"))
    if note:
        pieces.append(Piece(f", {note}"))
    return pieces


def date_words(when: Row | None) -> str:
    """As `date_pieces`, in one string."""
    return "".join(piece.text for piece in date_pieces(when))


def without_reason(when: Row | None) -> Row | None:
    """A date without the words that say why it is believed, for places where it only tells things apart."""
    return {**when, "note": ""} if when and (when["start"] or when["end"]) else when


def edtf_words(edtf: str | None) -> str:
    """A date in EDTF in words, also a stretch, an open one, or a set; anything else as it stands, None as nothing."""
    words = edtf or ""
    if match := re.fullmatch(r"([\[{])(.+)[\]}]", words):
        some = [edtf_words(one.strip()) for one in match[2].split(",")]
        joined = " or " if match[1] == "[" else " and "
        return joined.join([", ".join(some[:-1]), some[-1]]) if len(some) > 1 else some[0]
    if words.count("/") == 1 and len(words) > 1:
        first, last = (edtf_words(end) if end.strip(".") else "" for end in words.split("/"))
        return f"{first} to {last}" if first and last else f"from {first}" if first else f"up to {last}"
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)", words)
    if match is None or not 0 <= int(match[2] or 1) - 1 < len(MONTHS):
        return words
    said = [str(int(match[3]))] if match[3] else []
    said += [MONTHS[int(match[2]) - 1]] if match[2] else []
    return ("about " if match[4] in {"~", "%"} else "") + " ".join([*said, match[1]]) + ("?" if match[4] == "?" else "")


_DAY = r"\d{4}-\d\d(?:-\d\d)?"
_DATE = re.compile(rf"(?<![\w-])(?:(?:{_DAY}|\.\.)/(?:{_DAY}|\.\.)|{_DAY})(?![\w-])")


def prose(words: str) -> str:
    """Words of the program with the dates in them as a person writes them."""
    return _DATE.sub(lambda match: edtf_words(match[0]), words)


def without_lone_mark(words: str) -> str:
    """A name without a quotation mark at its edge of which the other one stands nowhere in it."""
    if words.count('"') == 1:
        return words.strip('"')
    if words.count("“") != words.count("”"):
        return words.removeprefix("“") if words.count("“") > words.count("”") else words.removesuffix("”")
    return words


def own_marks(words: str) -> str:
    """Which quotation marks words bring along, as classes for ``<q>``, which then sets the other one only."""
    edges = [("own-start", words[:1] in '"“„«'), ("own-end", words[-1:] in '"”»')]
    return " ".join(name for name, has in edges if words and has)


def counted(number: int, one: str, many: str = "") -> str:
    """``1 document``, ``2 documents``; thousands apart by a narrow no-break space."""
    return f"{number:,}".replace(",", "\u202f") + " " + (one if number == 1 else many or one + "s")


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _pieces(first: date | None, last: date | None, precision: str, edtf: str) -> list[Piece]:
    if last is not None and (first is None or edtf.startswith(("/", "../"))):
        return [Piece("up to "), _full(last) if precision == Precision.DAY else _rounded(last, last=True)]
    if first is not None and (last is None or edtf.endswith(("/", "/.."))):
        return [Piece("from "), _full(first) if precision == Precision.DAY else _rounded(first, last=False)]
    assert first is not None  # of two days, one is known
    assert last is not None
    if first == last:
        return [_full(first)]
    if precision == Precision.RANGE:
        return _range(first, last)
    return [_period(first, last, precision, edtf)] if _is_period(first, last, precision) else _between(first, last)


def _is_period(first: date, last: date, precision: str) -> bool:
    """Whether the days are one period of the calendar of this precision, not a stretch of several."""
    longest = {
        Precision.WEEK: 7,
        Precision.MONTH: 31,
        Precision.SEASON: 93,
        Precision.QUARTER: 93,
        Precision.YEAR: 366,
        Precision.DECADE: 3653,
    }
    return precision in longest and (last - first).days < longest[Precision(precision)]


def _period(first: date, last: date, precision: str, edtf: str) -> Piece:
    if precision == Precision.WEEK:
        week = first.isocalendar()
        return Piece(f"the week of {_full(first).text}", f"{week.year:04}-W{week.week:02}")
    if precision == Precision.MONTH and first.month == last.month:
        return Piece(f"{MONTHS[first.month - 1]} {first.year}", f"{first:%Y-%m}" if first.year > 999 else None)
    if precision == Precision.SEASON and (season := re.match(r"(\d{4})-(2[1-4])", edtf)):
        return Piece(f"{SEASONS[season[2]]} {season[1]}")
    if precision == Precision.QUARTER:
        return Piece(f"the {QUARTERS[(first.month - 1) // 3]} quarter of {first.year}")
    if precision == Precision.DECADE:
        return Piece(f"the {first.year // 10 * 10}s")
    if precision == Precision.YEAR and first.year == last.year:
        return Piece(str(first.year), f"{first.year:04}")
    return Piece("".join(piece.text for piece in _between(first, last)))


def _between(first: date, last: date) -> list[Piece]:
    start, end = _rounded(first, last=False), _rounded(last, last=True)
    return [start] if start == end else [Piece("between "), start, Piece(" and "), end]


def _range(first: date, last: date) -> list[Piece]:
    """Ends apart by a dash, what they share said once: 7–8 May 2013; 30 April – 2 May 2013."""
    if (first.year, first.month) == (last.year, last.month):
        return [Piece(str(first.day), first.isoformat()), Piece("–"), _full(last)]
    if first.year == last.year:
        return [Piece(f"{first.day} {MONTHS[first.month - 1]}", first.isoformat()), Piece(" – "), _full(last)]
    return [_full(first), Piece(" – "), _full(last)]


def _rounded(day: date, *, last: bool) -> Piece:
    """A day that begins (or ends) a month as that month: it comes from a month far more often than from a day."""
    edge = day.day == 1 if not last else day == date.max or (day + timedelta(days=1)).day == 1
    if edge:
        return Piece(f"{MONTHS[day.month - 1]} {day.year}", day.isoformat()[:7])
    return _full(day)


def _full(day: date) -> Piece:
    return Piece(f"{day.day} {MONTHS[day.month - 1]} {day.year}", day.isoformat())
