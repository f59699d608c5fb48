"""What pages ask of a record, whoever answers: a shelf with all of it in memory, or a desk that looks each thing up.

The same functions (`pages`) then say what is on the page of an engagement, an entity or a document, whether it is
written to a folder or shown by the local server.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol, TypeVar

from communique.model import content_id
from communique.publish.site.words import Row

LAST_DAY = "9999-12-31"
K = TypeVar("K", contravariant=True)
V = TypeVar("V", covariant=True)


class Lookup(Protocol[K, V]):
    """Values by key; a `dict` is one, and so is what asks a record each time."""

    def __getitem__(self, key: K, /) -> V: ...

    def __contains__(self, key: object, /) -> bool: ...

    def get(self, key: K, default: Any = None, /) -> Any: ...


class Cut(NamedTuple):
    """The first rows of a list, and how many it has; ``is_more``: it has more than ``total``, and nobody counted on."""

    rows: list[Any]
    total: int
    is_more: bool = False

    @property
    def left(self) -> int:
        return self.total - len(self.rows)


def cut(rows: Iterable[Any], at: int) -> Cut:
    """The first ``at`` rows, with the number of all."""
    whole = list(rows)
    return Cut(whole[:at], len(whole))


class Passage(NamedTuple):
    """Where a link to words leads: ``href`` from the root, number of the document and of the paragraph."""

    href: str
    number: int
    paragraph: int
    title: str
    page: int | None = None  # as printed, where the document has pages


class Holdings(Protocol):
    """Rows by id, rows by what they belong to (``statements of engagement``), and where they are shown."""

    @property
    def homes(self) -> Lookup[str, str]:
        """Row id → address of the place where it is shown, from the root."""
        ...

    @property
    def numbers(self) -> Lookup[str, int]:
        """Numbers of documents, as in "[3 ¶7]"."""
        ...

    @property
    def texts(self) -> Lookup[str, str]:
        """Texts of documents."""
        ...

    def get(self, noun: str, id: str | None, /) -> Row | None:
        """The row of a noun with an id, None when the record has none."""
        ...

    def of(self, what: str, id: str, /) -> list[Row]:
        """The rows of a kind that belong to an id; none makes an empty list."""
        ...

    def some(self, what: str, id: str, at: int, /) -> Cut:
        """The first of these rows, and how many they are."""
        ...

    def mentions(self, entity: Row, /) -> list[Row]:
        """Passages that mention an entity; of very many, the first."""
        ...

    def times_named(self, entity: Row, /) -> int:
        """How many passages mention an entity."""
        ...

    def entry_points(self, document: str, /) -> Iterable[tuple[int, int]]:
        """The spans of a document that some row rests on."""
        ...

    def passage(self, evidence: Row, /) -> Passage | None:
        """Where the words of an evidence are shown; None when its document is not in the record."""
        ...


def date_order(when: Row | None) -> tuple[str, str]:
    """Sorts by the earliest day, then by the latest; what has no day comes last."""
    if when is None or not (when["start"] or when["end"]):
        return LAST_DAY, LAST_DAY
    return when["start"] or when["end"], when["end"] or LAST_DAY


def by_date(row: Row) -> tuple[str, str, str]:
    """Sorts rows with a date; the undated last."""
    return (*date_order(row["date"]), row["id"])


def label(document: Row) -> str:
    """A document in few words: its publisher, else its author, else its title, else its file."""
    by = document["publisher"] or document["author"]
    return str(by) if by else f"“{document['title']}”" if document["title"] else str(document["file"])


def page_of(document: Row, start: int) -> int | None:
    """The printed page on which an offset lies; None where the document has none there."""
    return next((page["page"] for page in document.get("pages") or [] if page["start"] <= start < page["end"]), None)


def slug(id: str) -> str:
    """An id as part of a file name and as a fragment: itself where it is harmless, else a digest of it."""
    return id if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", id) else content_id("row", id)


def paragraph_starts(text: str) -> list[int]:
    """Offsets at which the lines with words begin: paragraph numbers, and where a long text may be broken."""
    return [match.start() for match in re.finditer(r"^[^\S\n]*\S", text, re.MULTILINE)] or [0]


def paragraph_of(starts: list[int], start: int) -> int:
    """The number of the paragraph in which an offset lies, from 1."""
    return max(1, bisect_right(starts, start))
