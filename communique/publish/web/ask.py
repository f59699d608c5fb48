"""What an address asks of a list: filters, page and form; and addresses that ask for something else.

Whatever stands in an address is a person's words: it is bounded here, and goes into SQL as values only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from communique.text.dates import parse_edtf

UNKNOWN = "-"  # in an address: rows for which the value is not known
LONGEST = 300  # characters of one value
PAGE_ROWS = 50
MOST_ROWS = 1_000  # on one page, when asked for
LAST_PAGE = 100_000


class Option(NamedTuple):
    """One value of a facet: its words, how many rows have it, and the address that chooses it or lets it go."""

    words: str
    number: int
    href: str
    chosen: bool


class Facet(NamedTuple):
    """A property by which a list can be narrowed; ``more``: values that are not listed, ``href`` lists them."""

    title: str
    options: Sequence[Option]
    more: int = 0
    href: str = ""


class Field(NamedTuple):
    """An entry of the form above a list. ``choices`` makes it a menu: (value, words)."""

    name: str
    label: str
    value: str
    choices: Sequence[tuple[str, str]] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """An address: the name of the list and what stands behind the question mark, known names only."""

    name: str
    values: Mapping[str, str]

    def get(self, name: str) -> str:
        """A value, empty when it is not asked for."""
        return self.values.get(name, "")

    @property
    def page(self) -> int:
        """The page asked for, from 1."""
        return _number(self.get("page"), 1, LAST_PAGE)

    @property
    def size(self) -> int:
        """Rows a page."""
        return _number(self.get("size") or str(PAGE_ROWS), PAGE_ROWS, MOST_ROWS)

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.size

    def href(self, **changes: str) -> str:
        """The address with other values; an empty value is left out. The page is the first unless it is named."""
        values = {**self.values, "page": "", "all": "", **changes}
        asked = urlencode({name: value for name, value in values.items() if value})
        return f"{self.name}?{asked}" if asked else self.name

    def toggle(self, name: str, value: str) -> str:
        """The address with a value chosen, or let go where it is."""
        return self.href(**{name: "" if self.get(name) == value else value})


def read_ask(name: str, given: Mapping[str, str], known: Sequence[str]) -> Ask:
    """The address of a list out of the query of a request; names that the list does not know are dropped."""
    wanted = (*known, "all", "page", "size")
    return Ask(name, {key: given[key].strip()[:LONGEST] for key in wanted if given.get(key, "").strip()})


def _number(words: str, default: int, most: int) -> int:
    found = int(words) if re.fullmatch(r"[0-9]{1,9}", words) else default
    return min(max(found, 1), most)


def first_day(words: str) -> str:
    """The first day of a year, month or day, as ISO; empty when the words are none."""
    when = parse_edtf(words)
    return when.start.isoformat() if when and when.start else ""


def last_day(words: str) -> str:
    """The last day of a year, month or day, as ISO; empty when the words are none."""
    when = parse_edtf(words)
    return when.end.isoformat() if when and when.end else ""


class Pages(Sequence[str]):
    """The addresses of the pages of a list. ``more``: there are more rows than were counted."""

    def __init__(self, ask: Ask, total: int, counted: int) -> None:
        self._ask = ask
        self.more = total > counted
        self._length = max(1, -(-min(total, counted) // ask.size), ask.page + 1 if self.more else 1)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> str:  # type: ignore[override]
        return self._ask.href(page=str(index + 1) if index else "", all=self._ask.get("all"))
