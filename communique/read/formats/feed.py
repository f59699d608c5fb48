"""The entries of a feed file: RSS, RDF, Atom, JSON Feed. Each entry is a report: its title, then its text.

Links, enclosures, style sheets and inclusions are not followed. A feed that is cut or damaged gives the entries that
are whole; the one in which it breaks off is marked, and so is the feed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from communique.errors import ReadError
from communique.read.formats.markup import find_lines, has_entity, local_name, parse_xml, read_lines
from communique.read.items import MAX_MEMBERS, Draft, Loss, Member, Members, Refusal
from communique.read.metadata import Metadata
from communique.text.dates import parse_printed_date

MEDIA_TYPES = {"rss": "application/rss+xml", "rdf": "application/rss+xml", "feed": "application/atom+xml"}
BY = f"own reader of feeds, lxml {etree.__version__}"
_TITLE = ("title",)
_DAY = ("pubdate", "published", "date", "issued", "updated")
_TEXT = ("encoded", "content", "description", "summary")
_AUTHOR = ("creator", "author")
_MAX_FACT = 500


def open_feed(content: bytes, name: str) -> Members:
    """The entries of an XML feed.

    Raises:
        ReadError: It is no feed, or made to defeat parsers.
    """
    tree = parse_xml(content, name)
    kind = local_name(tree.root)
    if kind not in MEDIA_TYPES:
        raise ReadError(f"{name} is no feed: its root is <{kind}>", "save the report as plain text or HTML")
    entries = [element for element in tree.root.iter() if local_name(element) in ("item", "entry")]
    if not entries:
        raise ReadError("; ".join([f"{name} has no entries", *tree.faults[:1]]), "get the feed again")
    publisher = _plain(_first(_channel(tree.root, kind), _TITLE))
    # A parser that mends closes the last entry by itself: it may be half.
    cut = bool(tree.faults)
    for number, entry in enumerate(entries[:MAX_MEMBERS], 1):
        losses = ("the feed breaks off or is damaged here",) if cut and number == len(entries) else ()
        if has_entity(entry):
            losses = (*losses, "an entity in it was not resolved: words are missing")
        yield _make_member(number, entry, publisher, MEDIA_TYPES[kind], losses)
    if len(entries) > MAX_MEMBERS:
        yield Loss(f"only {MAX_MEMBERS:,} of {len(entries):,} entries are read")
    if cut:
        yield Loss(f"the feed is damaged or cut off ({tree.faults[0]})")


def _channel(root: etree._Element, kind: str) -> etree._Element:
    return root if kind == "feed" else next((inner for inner in root if local_name(inner) == "channel"), root)


def _make_member(
    number: int, entry: etree._Element, publisher: str, media_type: str, losses: tuple[str, ...]
) -> Member | Refusal:
    content = etree.tostring(entry, encoding="utf-8", with_tail=False)
    name = f"entry {number}"
    try:
        body = next((lines for words in _TEXT if (lines := _lines(_first(entry, (words,))))), [])
        title = _plain(_first(entry, _TITLE))
    except ReadError as error:
        return Refusal(name, content, error.reason, error.next_step)
    author = _first(entry, _AUTHOR)
    named = next((inner for inner in author if local_name(inner) == "name"), author) if author is not None else None
    day = next((when for words in _DAY if (when := parse_printed_date(_plain(_first(entry, (words,)))))), None)
    declared = Metadata(
        title or None, _plain(named) or None, publisher or None, _find_address(entry), _language(entry), day
    )
    return _draft(name, content, title, body, declared, media_type, losses)


def _draft(
    name: str,
    content: bytes,
    title: str,
    body: list[str],
    declared: Metadata,
    media_type: str = "application/feed+json",
    losses: tuple[str, ...] = (),
) -> Member | Refusal:
    if not title and not body:
        return Refusal(name, content, "; ".join(["has neither title nor text", *losses]), "get the feed again")
    text = "\n\n".join(filter(None, (title, *body)))
    draft = Draft(text, media_type, BY, bool(title and body), declared, losses)
    return Member(name, content, f"feed: {name}", draft)


def _first(element: etree._Element, names: Iterable[str]) -> etree._Element | None:
    wanted = frozenset(names)
    return next((inner for inner in element if local_name(inner) in wanted), None)


def _lines(element: etree._Element | None) -> list[str]:
    """The text of an element that holds markup: escaped, or (Atom) as elements."""
    if element is None:
        return []
    return read_lines(element) if len(element) else find_lines(element.text or "")


def _plain(element: etree._Element | None) -> str:
    """The words of an element on one line, escaped markup taken out."""
    return " ".join(_lines(element))[:_MAX_FACT]


def _find_address(entry: etree._Element) -> str | None:
    for link in entry:
        if local_name(link) == "link" and link.get("rel", "alternate") == "alternate":
            address = (link.get("href") or link.text or "").strip()
            if address.startswith(("https://", "http://")):
                return address[:_MAX_FACT]
    return None


def _language(entry: etree._Element) -> str | None:
    return next(iter(entry.xpath("ancestor-or-self::*/@xml:lang")), None)


# --- JSON Feed ------------------------------------------------------------------------------------


def is_json_feed(value: Any) -> bool:
    """True for what a JSON Feed holds (jsonfeed.org, versions 1 and 1.1)."""
    return isinstance(value, dict) and isinstance(value.get("items"), list) and "jsonfeed" in str(value.get("version"))


def open_json_feed(value: Any) -> Members:
    """The entries of a JSON Feed."""
    for number, entry in enumerate(value["items"][:MAX_MEMBERS], 1):
        name, content = f"entry {number}", json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace")
        if not isinstance(entry, dict):
            yield Refusal(name, content, "is no object", "get the feed again")
            continue
        try:
            markup = next(iter(_words(entry, ("content_html", "content_text", "summary"))), "")
            body = find_lines(markup)
            title = " ".join(find_lines(next(iter(_words(entry, ("title",))), "")))[:_MAX_FACT]
        except ReadError as error:
            yield Refusal(name, content, error.reason, error.next_step)
            continue
        author = entry.get("author") or next(iter(entry.get("authors") or ()), None)
        named = author.get("name") if isinstance(author, dict) else None
        addresses = (url for url in _words(entry, ("url", "external_url")) if url.startswith(("https://", "http://")))
        days = filter(None, map(parse_printed_date, _words(entry, ("date_published", "date_modified"))))
        publisher = value.get("title") if isinstance(value.get("title"), str) else None
        yield _draft(
            name,
            content,
            title,
            body,
            Metadata(title or None, named, publisher, next(addresses, None), None, next(days, None)),
        )
    if len(value["items"]) > MAX_MEMBERS:
        yield Loss(f"only {MAX_MEMBERS:,} of {len(value['items']):,} entries are read")


def _words(entry: dict[str, Any], names: Iterable[str]) -> Iterator[str]:
    return (entry[name] for name in names if isinstance(entry.get(name), str) and entry[name].strip())
