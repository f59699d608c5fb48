"""A web page into the text of its report, with its parts, and what the page declares of it.

Order of the steps: bytes to text; what would only slow down or mislead is taken out (embedded pictures, scripts, hidden
elements); title, by-line, captions and comments are lifted out of the tree by their marks; trafilatura finds the body
in the rest; all are put together in the order of a printed report, each paragraph a line. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import trafilatura  # measured: 0.17 s, less than a tenth of what the language model takes to load
from lxml import etree, html  # type: ignore[import-untyped]

from communique.errors import ReadError
from communique.model import PartKind, When
from communique.read import wording
from communique.read.decode import Decoded, check_text, decode
from communique.read.metadata import Metadata, find_metadata
from communique.tables import load_table
from communique.text.dates import parse_printed_date
from communique.text.segment import fold

# Above these, parsers are quadratic; no report comes near.
MAX_BYTES = 20_000_000
MAX_ATTRIBUTES = 1_000
MAX_ELEMENTS = 200_000
MAX_BYLINES = 4
_AS_TEXT = "save the report as plain text"

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,30})", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w.+-]{1,40}/[\w.+-]{1,80};base64,[A-Za-z0-9+/=\s]*")
_TAG = re.compile(r"<[a-zA-Z][^<>]*")
_HIDING = re.compile(r"display:none|visibility:hidden|opacity:0(?![.\d])|font-size:0(?![.\d])")
_CLASSES = {kind: re.compile(pattern) for kind, pattern in load_table("pages")["classes"].items()}
# Elements of HTML, and of the body that trafilatura returns, that begin a line.
_BREAKS = frozenset(load_table("pages")["breaks"])
_ASIDE_TAGS = frozenset(("aside", "footer", "nav", "form", "figure"))


class Block(NamedTuple):
    """A stretch of a report as a page marks it; ``author`` to ``when`` are those of a comment."""

    part: PartKind
    lines: tuple[str, ...]
    author: str | None = None
    place: str | None = None
    date: str = ""
    when: When | None = None


class Page(NamedTuple):
    """A page as read: its markup decoded, what it declares, and the stretches of its report in order."""

    decoded: Decoded
    metadata: Metadata
    blocks: tuple[Block, ...]


def read_page(content: bytes, name: str, charset: str | None = None) -> Page:
    """Reads the report of a web page.

    Args:
        content: The file's bytes.
        name: For messages.
        charset: The encoding that the server named, believed where the page names none.

    Raises:
        ReadError: The page is too large, is no text, or holds no report.
    """
    if len(content) > MAX_BYTES:
        raise ReadError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB, too large for a web page", _AS_TEXT)
    declared = _META_CHARSET.search(content[:4096])
    decoded = decode(content, name, declared[1].decode("ascii") if declared else charset)
    markup = _EMBEDDED.sub("data:,", decoded.text)
    if any(match.group().count("=") > MAX_ATTRIBUTES for match in _TAG.finditer(markup)):
        raise ReadError(f"{name} has an element of more than {MAX_ATTRIBUTES} attributes", _AS_TEXT)
    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True)
        tree = html.document_fromstring(markup.encode("utf-8"), parser=parser)
        if any("depth" in entry.message for entry in parser.error_log):
            raise ReadError(f"{name} is nested too deeply; a part of it would be lost", _AS_TEXT)
        metadata, blocks = _read_tree(tree, name)
    except ReadError:
        raise
    except Exception as error:  # whatever a parser makes of hostile markup: this page is lost, not the run
        raise ReadError(f"{name} cannot be parsed as HTML ({type(error).__name__})", _AS_TEXT) from error
    check_text("\n".join(line for block in blocks for line in block.lines), name)
    return Page(decoded, metadata, blocks)


def _read_tree(tree: html.HtmlElement, name: str) -> tuple[Metadata, tuple[Block, ...]]:
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise ReadError(f"{name} has more than {MAX_ELEMENTS} elements", _AS_TEXT)
    metadata = find_metadata(tree)
    _drop(element for element in tree.iter() if _is_hidden(element))
    comments = _take_comments(tree)
    title = _take_title(tree, metadata.title)
    bylines = _take_bylines(tree)
    captions = _take_captions(tree)
    found = trafilatura.bare_extraction(tree, include_comments=not comments, with_metadata=False)
    body = _read_lines(found.body) if found is not None and not isinstance(found, dict) else []
    # Navigation alone has no sentence.
    if not any(wording.has_sentence(fold(line)) for line in body):
        raise ReadError(f"{name}: no article found in this page", _AS_TEXT)
    if not comments and found is not None and not isinstance(found, dict) and found.commentsbody is not None:
        comments = [Block(PartKind.COMMENT, (line,)) for line in _read_lines(found.commentsbody)]
    body = [line for line in body if line not in {*title, *bylines, *captions}]
    blocks = [*(Block(PartKind.TITLE, (line,)) for line in title), Block(PartKind.BYLINE, tuple(bylines))]
    blocks += [Block(PartKind.CAPTION, (line,)) for line in captions]
    blocks += [Block(PartKind.BODY, tuple(body)), *comments]
    return metadata, tuple(block for block in blocks if block.lines)


def _drop(elements: Iterator[html.HtmlElement]) -> None:
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _is_hidden(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str):  # a comment or processing instruction
        return True
    if element.tag in ("script", "style", "noscript", "template", "svg", "iframe", "object"):
        return True
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING.search(re.sub(r"\s", "", style.lower())))


def _read_lines(element: etree._Element) -> list[str]:
    """The text of an element, a line for each block in it; blanks run together as browsers show them."""
    pieces: list[str] = []
    lines: list[str] = []

    def flush() -> None:
        # No-break spaces stay where trafilatura leaves them: they are the writer's, not the markup's.
        line = re.sub(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+", " ", "".join(pieces)).strip()
        pieces.clear()
        if line:
            lines.append(line)

    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if inner.tag in _BREAKS:
            flush()
        pieces.append((inner.text if event == "start" else inner.tail if inner is not element else "") or "")
    flush()
    return lines


def _names(element: html.HtmlElement) -> list[str]:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower().split()


def _has_class(element: html.HtmlElement, kind: str) -> bool:
    return any(_CLASSES[kind].fullmatch(name) for name in _names(element) if len(name) < 60)


def _is_aside(element: html.HtmlElement) -> bool:
    return any(outer.tag in _ASIDE_TAGS or _has_class(outer, "aside") for outer in (element, *element.iterancestors()))


# --- what is lifted out of the page ---------------------------------------------------------------


def _take_title(tree: html.HtmlElement, declared: str | None) -> list[str]:
    """The headline as the page shows it; else as it declares it."""
    headings = {id(element): " ".join(_read_lines(element)) for element in tree.iter("h1")}
    plain = fold(declared or "").casefold()
    shown = [words for words in headings.values() if words and (not plain or fold(words).casefold() in plain)]
    title = shown[0] if shown else declared
    if title is None:
        title = next(iter(headings.values()), None)
    if not title:
        return []
    _drop(element for element in tree.iter("h1", "h2") if " ".join(_read_lines(element)) == title)
    return [title]


def _take_bylines(tree: html.HtmlElement) -> list[str]:
    """The lines above the first paragraph that are marked as author or date."""
    found: list[html.HtmlElement] = []
    for element in tree.iter():
        if element.tag == "p" and len("".join(element.itertext()).split()) > 25:
            break
        marked = element.tag == "time" or element.get("rel") == "author" or _has_class(element, "byline")
        if not marked or element.tag in ("html", "body") or _is_aside(element):
            continue
        if any(outer in found for outer in element.iterancestors()):
            continue
        lines = _read_lines(element)
        if lines and len(lines) <= MAX_BYLINES and sum(map(wording.count_words, lines)) <= 25:
            found.append(element)
    lines = list(dict.fromkeys(line for element in found[:MAX_BYLINES] for line in _read_lines(element)))
    _drop(iter(found[:MAX_BYLINES]))
    return lines


def _take_captions(tree: html.HtmlElement) -> list[str]:
    found = []
    for element in tree.iter():
        if element.tag != "figcaption" and not _has_class(element, "caption"):
            continue
        outer = element.getparent()
        while outer is not None and outer.tag == "figure":
            outer = outer.getparent()
        if outer is None or not _is_aside(outer):
            found.append(element)
    joined = (" ".join(_read_lines(element)) for element in found)
    captions = list(dict.fromkeys(words for words in joined if words and wording.count_words(words) <= 100))
    _drop(iter(found))
    return captions


def _take_comments(tree: html.HtmlElement) -> list[Block]:
    found = [
        element
        for element in tree.iter("li", "article", "div", "section")
        if _has_class(element, "comment") or "schema.org/Comment" in (element.get("itemtype") or "")
    ]
    # Answers stand inside the comment that they answer: going backwards, each is taken out before its outer one.
    comments = [_read_comment(element) for element in reversed(found)]
    return [comment for comment in reversed(comments) if comment is not None]


def _read_comment(element: html.HtmlElement) -> Block | None:
    author = _take_words(element, "comment_author", ())
    place = _take_words(element, "comment_place", ())
    date = _take_words(element, "comment_date", ("time",))
    marked = [inner for inner in element.iter() if inner is not element and _has_class(inner, "comment_text")]
    # Where nobody is marked as the author, the first line of the whole may say who it is.
    words = [
        line
        for line in _read_lines(marked[0] if marked and author else element)
        if not wording.is_furniture(fold(line))
    ]
    _drop(iter([element]))
    if not words or not (author or date or marked):
        return None
    head = [line for line in (author, place, date) if line]
    if not author:
        author = wording.find_comment_author(fold(words[0]))
        printed = wording.first_date(words[0])
        date = date or (words[0][slice(*printed.span)] if printed and len(words) > 1 else None)
    return Block(PartKind.COMMENT, (*head, *words), author, place, date or "", parse_printed_date(date or ""))


def _take_words(element: html.HtmlElement, kind: str, tags: tuple[str, ...]) -> str | None:
    """The words of the first short inner element of a kind, which is taken out; of nested ones the innermost's."""
    for outer in element.iter():
        if outer is not element and (outer.tag in tags or _has_class(outer, kind)):
            inner = [x for x in outer.iter() if x.tag in tags or _has_class(x, kind)][-1]
            words = " ".join(_read_lines(inner))
            if words and wording.count_words(words) <= 12:
                _drop(iter([outer]))
                return words
    return None
