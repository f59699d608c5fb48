"""What comes of an input: documents, refusals, losses. The words of intake, and its limits.

An *item* is one report or what should have been one: a file, or a member of a file that holds several (archive, feed,
mailbox, list). Each is read, read in part, refused, or a duplicate of another; none goes missing. A file that holds
others is itself counted only where something of it was lost, or nothing was in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from communique.errors import ReadError
from communique.model import Basis, Document, PageSpan
from communique.read.metadata import Metadata

MB = 1_000_000
MAX_BYTES = 50 * MB  # of a file, and of a member
MAX_CHARACTERS = 5_000_000
MAX_INFLATED = 500 * MB  # of all members of a file together
MAX_RATIO = 100  # inflated to packed, beyond the first megabyte
MAX_MEMBERS = 10_000
MAX_DEPTH = 10  # archives in archives
MAX_PAGES = 5_000
MAX_HEADER = 65_536  # of a mail, of a record of a web archive


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Members that are no reports by their kind: pictures, style sheets, indexes."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Item:
    """What came of one item.

    ``document`` with its losses where it was read; else ``reason`` and ``next_step``. A *container* holds other items
    and has no document of its own; it comes last of all, and a reason tells what of it was lost.
    """

    name: str
    sha256: str
    document: Document | None = None
    reason: str = ""
    next_step: str = ""
    is_container: bool = False
    passed_over: tuple[PassedOver, ...] = ()


class Draft(NamedTuple):
    """A text as a format gives it, not yet a document.

    ``by`` is what made it; with ``has_title`` its first line is its title; ``declared`` is what the format itself says
    of the report; ``losses`` as in `Document`.
    """

    text: str
    media_type: str
    by: str
    has_title: bool = False
    declared: Metadata = Metadata()
    losses: tuple[str, ...] = ()
    pages: tuple[PageSpan, ...] = ()
    encoding: str = "utf-8"
    encoding_basis: Basis = Basis.STATED


class Member(NamedTuple):
    """Bytes found in a container, to be read in turn, or a draft that is already made of them.

    ``name`` is a path inside the container, ``step`` how it was found there; ``url``, ``charset`` and ``suffix`` (that
    of the kind of file it is, as ``.html``) what the container says of it, empty where nothing; ``losses`` what the
    container knows to be missing.
    """

    name: str
    content: bytes
    step: str
    draft: Draft | None = None
    url: str = ""
    charset: str = ""
    suffix: str = ""
    losses: tuple[str, ...] = ()


class Refusal(NamedTuple):
    """A member that cannot be read, and what to do about it."""

    name: str
    content: bytes
    reason: str
    next_step: str


class Loss(NamedTuple):
    """Something of a container itself that is missing or damaged, so that not all members can be told."""

    reason: str


Found = Member | Refusal | Loss | PassedOver
Members = Iterator[Found]


@dataclass(slots=True)
class Budget:
    """How much may still be inflated and found in one file that was given, however deep."""

    bytes_left: int = MAX_INFLATED
    members_left: int = MAX_MEMBERS
    depth: int = 0
    names: set[str] = field(default_factory=set)

    def spend(self, n_bytes: int) -> None:
        """Counts bytes that were inflated.

        Raises:
            ReadError: It is more than the limit.
        """
        self.bytes_left -= n_bytes
        if self.bytes_left < 0:
            raise ReadError(f"holds more than {MAX_INFLATED // MB} MB", "split it")

    def count(self) -> None:
        """Counts a member.

        Raises:
            ReadError: There are more than the limit.
        """
        self.members_left -= 1
        if self.members_left < 0:
            raise ReadError(f"holds more than {MAX_MEMBERS:,} members", "split it")

    def name(self, wanted: str) -> str:
        """A name that no other item has: the wanted one, if need be with a number."""
        name, number = wanted, 1
        while name in self.names:
            number += 1
            name = f"{wanted} ({number})"
        self.names.add(name)
        return name


def check_ratio(n_inflated: int, n_packed: int) -> None:
    """Says whether something inflates beyond measure.

    Raises:
        ReadError: It does: more than `MAX_RATIO` times its packed size, beyond the first megabyte.
    """
    if n_inflated > MB and n_inflated > MAX_RATIO * max(n_packed, 1):
        raise ReadError(f"inflates to more than {MAX_RATIO} times its size", "unpack it by hand if you trust it")
    if n_inflated > MAX_BYTES:
        raise ReadError(f"is larger than {MAX_BYTES // MB} MB", "split it into single reports")
