"""A file's bytes into all items that are in it, however deep. This runs in the cage.

Order of the steps: which kind of file it is (`kinds`); a report becomes a document (`reader`); a container's members
are opened in turn; last comes what of the container itself was lost. Every item gets the way by which it was found.
What defeats a reader defeats one item.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import trafilatura
from lxml import etree  # type: ignore[import-untyped]

from communique.errors import ReadError
from communique.model import Basis, Document, Origin
from communique.read import reader
from communique.read.decode import decode
from communique.read.formats.archive import open_zip
from communique.read.formats.articles import open_csv, open_json, open_json_lines
from communique.read.formats.docx import read_docx
from communique.read.formats.feed import open_feed
from communique.read.formats.mail import open_mail, open_mailbox
from communique.read.formats.pdf import read_pdf
from communique.read.formats.web import open_warc
from communique.read.items import (
    MAX_BYTES,
    MAX_DEPTH,
    MB,
    Budget,
    Draft,
    Item,
    Loss,
    Member,
    Members,
    PassedOver,
    Refusal,
)
from communique.read.kinds import SUFFIXES, Kind, find_kind, find_suffix
from communique.read.pages import read_html

_HTML_BY = f"html: trafilatura {trafilatura.__version__}, lxml {etree.__version__}"
_ADDRESS = re.compile(r"\s*[a-z][a-z0-9+.-]*:\S+\s*", re.IGNORECASE)
_Open = Callable[[bytes, str, Budget], Members]
_CONTAINERS: dict[Kind, _Open] = {
    Kind.ZIP: lambda content, name, budget: open_zip(content, budget),
    Kind.WARC: open_warc,
    Kind.MAIL: lambda content, name, budget: open_mail(content, name),
    Kind.MAILBOX: lambda content, name, budget: open_mailbox(content, name),
    Kind.FEED: lambda content, name, budget: open_feed(content, name),
    Kind.CSV: lambda content, name, budget: open_csv(content, name),
    Kind.JSON_LINES: lambda content, name, budget: open_json_lines(content, name),
    Kind.JSON: lambda content, name, budget: open_json(content, name),
}
_DRAFTS: dict[Kind, Callable[[bytes, str], Draft]] = {Kind.PDF: read_pdf, Kind.DOCX: read_docx}


@dataclass(frozen=True, slots=True)
class _Given:
    """What is being opened: its name as an item, and how it was come by."""

    name: str
    member: Member
    way: tuple[str, ...]
    depth: int


@dataclass(slots=True)
class _Opening:
    """One file that was given, while it is opened."""

    file: str
    sha256: str
    budget: Budget
    passed_over: Counter[str]


def iter_items(content: bytes, name: str) -> Iterator[Item]:
    """Every item of a file, in its order; a container's own comes last.

    Args:
        content: The bytes of the file.
        name: As a person would call it; items of it are named below it.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    opening = _Opening(name, sha256, Budget(), Counter())
    given = _Given(name, Member("", content, ""), (), 0)
    own: list[Item] = []
    is_container = False
    for item in _open(opening, given):
        is_container = is_container or item.name != name or item.is_container
        if item.name == name and item.is_container:
            own.append(item)
        else:
            yield item
    if is_container or opening.passed_over:
        passed_over = tuple(PassedOver(kind, number) for kind, number in sorted(opening.passed_over.items()))
        told = own[0] if own else Item(name, sha256, is_container=True)
        yield replace(told, passed_over=passed_over)


def _open(opening: _Opening, given: _Given) -> Iterator[Item]:
    """The items of some bytes: one, or those of a container."""
    name, member = given.name, given.member
    try:
        if len(member.content) > MAX_BYTES:
            raise ReadError(f"{name} is larger than {MAX_BYTES // MB} MB", "split it into single reports")
        kind = find_kind(
            member.content, name if not member.suffix or name.endswith(member.suffix) else name + member.suffix
        )
        if kind in _CONTAINERS:
            if given.depth >= MAX_DEPTH:
                raise ReadError(f"{name} lies more than {MAX_DEPTH} archives deep", "unpack it by hand")
            yield from _open_container(opening, given, _CONTAINERS[kind])
        else:
            yield _finish(opening, given, *_read(kind, member, name))
    except ReadError as error:
        yield _refuse(opening, given, error.reason, error.next_step)
    except MemoryError:
        yield _refuse(opening, given, "needs more memory than a document may take", "save its text as a text file")
    except Exception as error:  # the one boundary between foreign bytes and the rest of the file
        reason = f"cannot be read ({type(error).__name__})"
        yield _refuse(opening, given, reason, "save its text as a text file, and report this with the file")


def _refuse(opening: _Opening, given: _Given, reason: str, next_step: str) -> Item:
    reason = "; ".join([reason, *given.member.losses])
    named = reason if given.name in reason else f"{given.name} {reason}"
    return Item(given.name, hashlib.sha256(given.member.content).hexdigest(), None, named, next_step)


def _open_container(opening: _Opening, given: _Given, open_it: _Open) -> Iterator[Item]:
    losses = list(given.member.losses)
    n_items = 0
    next_step = "get the file again if you can; what could be read of it is stored"
    passed_before = opening.passed_over.total()
    try:
        for found in open_it(given.member.content, given.name, opening.budget):
            if isinstance(found, Loss):
                losses.append(found.reason)
            elif isinstance(found, PassedOver):
                opening.passed_over[found.kind] += found.number
            else:
                n_items += 1
                opening.budget.count()
                yield from _open_member(opening, given, found)
    except ReadError as error:
        if not n_items:
            raise ReadError("; ".join([error.reason, *losses]), error.next_step) from error
        losses.append(error.reason.removeprefix(f"{given.name} "))
        next_step = error.next_step
    if not n_items and not losses and not (given.depth and opening.passed_over.total() > passed_before):
        losses.append("holds no reports")
        next_step = "remove it, or fill it"
    if losses:
        shown = losses[:5] + ([f"{len(losses) - 5} more such places"] if len(losses) > 5 else [])
        reason = f"{given.name}: {'; '.join(dict.fromkeys(shown))}"
        digest = hashlib.sha256(given.member.content).hexdigest()
        yield Item(given.name, digest, None, reason, next_step, is_container=True)


def _open_member(opening: _Opening, given: _Given, found: Member | Refusal) -> Iterator[Item]:
    name = opening.budget.name(f"{given.name}/{found.name}") if found.name else given.name
    if isinstance(found, Refusal):
        member = Member(found.name, found.content, "")
        yield _refuse(opening, _Given(name, member, (), given.depth), found.reason, found.next_step)
        return
    inner = _Given(name, found, (*given.way, found.step), given.depth + 1)
    if found.draft is None and not found.suffix and find_suffix(found.name) not in SUFFIXES:
        yield _refuse(
            opening, inner, "is of a kind that is not read", f"the kinds that are read: {', '.join(SUFFIXES)}"
        )
        return
    if found.draft is None:
        yield from _open(opening, inner)
        return
    try:
        yield _finish(opening, inner, reader.read_draft(found.draft, name), found.draft.by)
    except ReadError as error:
        yield _refuse(opening, inner, error.reason, error.next_step)


def _read(kind: Kind, member: Member, name: str) -> tuple[Document, str]:
    """The document of bytes that hold one report, and what made its text."""
    if kind in _DRAFTS:
        draft = _DRAFTS[kind](member.content, name)
        return reader.read_draft(draft, name), draft.by
    if kind is Kind.HTML:
        return read_html(member.content, name, member.charset or None), _HTML_BY
    decoded = decode(member.content, name, member.charset or None)
    lines = [line for line in decoded.text.splitlines() if line.strip()]
    if lines and all(_ADDRESS.fullmatch(line) for line in lines):
        raise ReadError(f"{name} is a list of web addresses, not a report", "give them to communique add")
    return reader.read_plain(decoded, name), f"text: {decoded.encoding}"


def _finish(opening: _Opening, given: _Given, document: Document, by: str) -> Item:
    """The item of a document: with its digest, origin, and what its container knows of it."""
    digest = hashlib.sha256(given.member.content).hexdigest()
    losses = (*document.losses, *given.member.losses, *_find_undecoded(document))
    document = replace(
        document,
        sha256=digest,
        losses=tuple(dict.fromkeys(losses)),
        origin=Origin(opening.file, opening.sha256, (*given.way, by)),
        url=document.url or reader.make_fact(document, given.member.url or None),
    )
    return Item(given.name, digest, document)


def _find_undecoded(document: Document) -> tuple[str, ...]:
    """Bytes that are no characters in the encoding that the rest is in."""
    number = document.text.count("\ufffd")
    if not number or document.encoding_basis is not Basis.INFERRED or not document.encoding.startswith("utf"):
        return ()
    return (f"{number:,} {'place' if number == 1 else 'places'} where bytes are no {document.encoding} text",)
