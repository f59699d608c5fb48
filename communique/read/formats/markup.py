"""Markup inside other formats: XML parsed without reaching out, and stretches of HTML as lines of text.

No entity is resolved, no DTD loaded, nothing fetched; what parsers find to mend is told to the caller.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree, html  # type: ignore[import-untyped]

from communique.errors import ReadError
from communique.read.decode import decode
from communique.tables import load_table

# Above these, parsers are quadratic; no feed or document comes near.
MAX_ATTRIBUTES = 1_000
_TAG = re.compile(rb"<[a-zA-Z][^<>]*")
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"'][^>]{0,100}?\?>")
_BREAKS = frozenset(load_table("pages")["breaks"])
_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "object", "head", "title"))
_BLANKS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Tree(NamedTuple):
    """A parsed XML document, and what the parser had to mend."""

    root: etree._Element
    faults: tuple[str, ...]


def parse_xml(content: bytes, name: str) -> Tree:
    """Parses XML as far as it goes.

    Raises:
        ReadError: Nothing of it can be parsed, or it is made to defeat parsers.
    """
    check_attributes(content, name)
    declared = _DECLARATION.match(content[:400].removeprefix(b"\xef\xbb\xbf"))
    # Decoded here, so that a declared encoding is obeyed only where `decode` does.
    decoded = decode(content, name, declared[1].decode("ascii") if declared else None)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded.text, count=1)
    text = _CONTROL.sub("\ufffd", text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{name} cannot be parsed as XML", "get the file again") from error
    if root is None:
        raise ReadError(f"{name} is no XML", "get the file again")
    if any("depth" in fault.message for fault in parser.error_log):
        raise ReadError(f"{name} is nested too deeply", "get the file again")
    faults = [f"line {fault.line}: {fault.message}" for fault in parser.error_log]
    return Tree(root, tuple(dict.fromkeys(faults)))


def check_attributes(content: bytes, name: str) -> None:
    """Refuses elements of so many attributes that parsers need minutes.

    Raises:
        ReadError: There is one.
    """
    if any(match.group().count(b"=") > MAX_ATTRIBUTES for match in _TAG.finditer(content)):
        raise ReadError(f"{name} has an element of more than {MAX_ATTRIBUTES} attributes", "save its text")


def has_entity(element: etree._Element) -> bool:
    """True where an entity stands that was not resolved: its words are missing."""
    return any(inner.tag is etree.Entity for inner in element.iter())


def local_name(element: etree._Element) -> str:
    """``item`` of ``{http://…}item``; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def find_lines(markup: str) -> list[str]:
    """The text of a stretch of HTML, or of words without any, a line for each block in it.

    Raises:
        ReadError: It is made to defeat parsers.
    """
    if not markup.strip():
        return []
    if "<" not in markup and "&" not in markup:
        return [line for line in (_BLANKS.sub(" ", line).strip() for line in re.split(r"\n\s*\n", markup)) if line]
    check_attributes(markup.encode("utf-8", "replace"), "the text")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(f"<div>{_CONTROL.sub('', markup)}</div>".encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return []
    if any("depth" in fault.message for fault in parser.error_log):
        raise ReadError("the text is nested too deeply", "save its text")
    return read_lines(tree)


def read_lines(tree: etree._Element) -> list[str]:
    """The text of an element, a line for each block in it; what pages do not show is left out."""
    pieces: list[str] = []
    lines: list[str] = []
    silent = 0

    def flush() -> None:
        line = _BLANKS.sub(" ", "".join(pieces)).strip()
        pieces.clear()
        if line:
            lines.append(line)

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = local_name(element)
        if name in _BREAKS:
            flush()
        is_silent = name in _SILENT or not name
        if event == "start":
            silent += is_silent
            pieces.append("" if silent else element.text or "")
        else:
            silent -= is_silent
            pieces.append("" if silent or element is tree else element.tail or "")
    flush()
    return lines
