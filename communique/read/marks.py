"""Who wrote the report of a web page, and when, by what it marks on its face: microdata, links to authors, classes.

Order of the steps: elements that are marked and do not stand in a comment, a box or the foot of the page; their words
without what introduces them (``By``, ``Published on``, ``Von``); of names only what looks like persons, of days only
what is not said to be of an update. Months are read in the languages of the table ``pages``. Where nothing is marked,
nothing is said: no day is taken from an address, a picture or the running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import html  # type: ignore[import-untyped]

from communique.model import When
from communique.read import wording
from communique.read.facts import find_persons
from communique.read.markup import MAX_MARKED, has_class, is_aside, names_of, read_lines
from communique.tables import load_table
from communique.text.dates import find_printed_dates, parse_printed_date
from communique.text.segment import fold

_MARKS = load_table("pages")["marks"]
_MONTHS: dict[str, int] = {name: number for names in _MARKS["months"].values() for name, number in names.items()}
_ENGLISH = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FOREIGN_DAY = re.compile(
    rf"(?P<d>\d\d?)(?:\.|er|º|°)?,? (?:de )?(?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?,? (?:del? )?"
    r"(?P<y>\d{4})\b",
    re.IGNORECASE,
)


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE_NAMES = re.compile(rf"(?:{_any_of(_MARKS['before_names'])})(?: ?: ?| )", re.IGNORECASE)
_UPDATED = re.compile(rf"(?:{_any_of(_MARKS['updated'])})", re.IGNORECASE)
_PUBLISHED = re.compile(rf"(?:{_any_of(_MARKS['published'])})", re.IGNORECASE)
# Where the names of a by-line end.
_END_OF_NAMES = re.compile(r"\s*(?:[|•·(–—]| - |\d| in (?=[A-Z])| for (?=[A-Z])| at (?=[A-Z])).*$")
_PIECES = re.compile(r"\s*[|•·–—]\s*|,\s+(?=[^\W\d_]+(?: le| on| am)? )")
# Longer stretches are no by-line.
_MAX_WORDS = 20
_MAX_AUTHORS = 6


def find_authors(tree: html.HtmlElement) -> list[str]:
    """The persons that the page marks as its authors, in order; of microdata, links and class names the surest kind."""
    for found in (_with_property(tree, "author"), _linked(tree), _with_class(tree, "author")):
        names = [name for element in found if not _is_beside(element) for name in _read_names(element)]
        if names:
            return list(dict.fromkeys(names))[:_MAX_AUTHORS]
    return []


def find_days(tree: html.HtmlElement) -> list[When]:
    """The days that the page marks as those of its publication, the surest first."""
    labelled: list[When] = []
    plain: list[When] = []
    for element in (*_with_class(tree, "day"), *islice(tree.iter("time", "dd"), MAX_MARKED), *_labelled(tree)):
        if _is_beside(element) or wording.count_words("".join(element.itertext())) > _MAX_WORDS:
            continue
        for label, words in _split_days(element):
            when = _read_day(words)
            if when is None or _UPDATED.search(label):
                continue
            (labelled if _PUBLISHED.search(label) else plain).append(when)
    return labelled + plain


def _with_property(tree: html.HtmlElement, name: str) -> Iterator[html.HtmlElement]:
    found = (element for element in tree.iter() if element.get("itemprop") == name and element.tag != "meta")
    return islice(found, MAX_MARKED)


def _linked(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return islice((link for link in tree.iter("a") if "author" in (link.get("rel") or "").split()), MAX_MARKED)


def _with_class(tree: html.HtmlElement, kind: str) -> Iterator[html.HtmlElement]:
    found = (element for element in tree.iter() if has_class(element, kind) and element.tag not in ("html", "body"))
    return islice(found, MAX_MARKED)


def _labelled(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Elements that begin with ``Published``, whatever they are called."""
    starting = (element for element in tree.iter("p", "div", "span", "small", "li") if _opens_with_day(element))
    return islice(starting, MAX_MARKED)


def _opens_with_day(element: html.HtmlElement) -> bool:
    words = fold((element.text or "").strip())[:60]
    label = wording.find_label(words) if words else None
    return label is not None and label.kind == "date"


def _is_beside(element: html.HtmlElement) -> bool:
    """True in a comment, a box, another report's article, or the head or foot of the page."""
    outers = list(element.iterancestors())
    if any(has_class(outer, "comment") or has_class(outer, "beside") for outer in outers):
        return True
    article = next((outer for outer in outers if outer.tag == "article"), None)
    if article is not None and next(article.iter("h1"), None) is None and _has_title_elsewhere(outers[-1], article):
        return True
    # The foot of an article may name its author, that of the page may not.
    return is_aside(element) and not any(outer.tag == "article" or has_class(outer, "report") for outer in outers)


def _has_title_elsewhere(tree: html.HtmlElement, article: html.HtmlElement) -> bool:
    """True when the page has a title and this article another heading than that: a card of another report."""
    return next(tree.iter("h1"), None) is not None and next(article.iter("h2", "h3", "h4"), None) is not None


def _read_names(element: html.HtmlElement) -> list[str]:
    inner = next((found for found in element.iter() if found.get("itemprop") == "name"), element)
    lines = read_lines(inner)
    return [name for line in lines[:3] for name in split_names(fold(line))]


def split_names(words: str) -> list[str]:
    """The persons of a by-line: ``By Ana Ruiz and Ben Okafor in Lisbon``; none where it begins with anything else."""
    words = _END_OF_NAMES.sub("", _BEFORE_NAMES.sub("", words.strip(), count=1))
    return [words[slice(*span)] for span in find_persons(words)]


def _split_days(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The pieces of an element that may be a day, with what is said of each: its label, class, term."""
    said = " ".join(names_of(element))
    if element.tag == "dd" and (term := element.getprevious()) is not None and term.tag == "dt":
        said += " " + "".join(term.itertext())
    elif element.tag == "dd":
        return
    for attribute in ("datetime", "content", "title"):
        if value := element.get(attribute):
            before = element.getprevious() is None and element.getparent().text
            yield f"{said} {before or ''}", value
            return
    for line in read_lines(element):
        for piece in _PIECES.split(fold(line)):
            yield f"{said if len(_PIECES.split(fold(line))) == 1 else ''} {piece}", piece


def _read_day(words: str) -> When | None:
    """The one date in some words, in any of the languages of the table."""
    english = _FOREIGN_DAY.sub(lambda m: f"{m['d']} {_ENGLISH[_MONTHS[m['m'].casefold()]]} {m['y']}", fold(words))
    when = parse_printed_date(english)
    if when is None:
        found = find_printed_dates(english)
        when = found[0].when if len(found) == 1 else None
    return when if when is not None and when.start == when.end else None
