"""A web page into the text of its report, with its parts, and what the page declares of it.

Order of the steps: bytes to text; what would only slow down or mislead is taken out (embedded pictures, scripts, hidden
elements); title, by-line, captions and comments are lifted out of the tree by their marks; trafilatura finds the body
in the rest; all are put together in the order of a printed report, each paragraph a line. Nothing is fetched.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

import trafilatura  # measured: 0.17 s, less than a tenth of what the language model takes to load
from lxml import html  # type: ignore[import-untyped]

from communique.errors import ReadError
from communique.model import PartKind, When
from communique.read import marks, wording
from communique.read.decode import Decoded, check_text, decode
from communique.read.markup import MAX_MARKED, drop, has_class, is_aside, is_hidden, read_lines
from communique.read.metadata import Metadata, choose_day, find_metadata
from communique.text.dates import parse_printed_date
from communique.text.segment import fold

# Above these, parsers are quadratic; no report comes near.
MAX_BYTES = 20_000_000
MAX_ATTRIBUTES = 1_000
MAX_ELEMENTS = 200_000
MAX_BYLINES = 4
# A box holds no more than this share of a page's words.
MAX_BOX = 0.4
# The title stands in one of so many first lines.
MAX_ABOVE = 12
_AS_TEXT = "save the report as plain text"

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,30})", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w.+-]{1,40}/[\w.+-]{1,80};base64,[A-Za-z0-9+/=\s]*")
_TAG = re.compile(r"<[a-zA-Z][^<>]*")


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
    drop(element for element in tree.iter() if is_hidden(element))
    metadata = _add_marks(metadata, tree)
    comments = _take_comments(tree)
    title = _take_title(tree, metadata.title)
    bylines = _take_bylines(tree)
    captions = _take_captions(tree)
    _drop_boxes(tree)
    found = trafilatura.bare_extraction(tree, include_comments=not comments, with_metadata=False)
    body = read_lines(found.body) if found is not None and not isinstance(found, dict) else []
    # Navigation alone has no sentence; a page of one short one, and no link, is a note.
    alone = next(tree.iter("a"), None) is None
    if not any(wording.has_sentence(fold(line), fewest=2 if alone else 5) for line in body):
        raise ReadError(f"{name}: no article found in this page", _AS_TEXT)
    if not comments and found is not None and not isinstance(found, dict) and found.commentsbody is not None:
        comments = [Block(PartKind.COMMENT, (line,)) for line in read_lines(found.commentsbody)]
    if not bylines:
        bylines, body = _split_head(body, title)
    body = [line for line in body if line not in {*title, *bylines, *captions}]
    blocks = [*(Block(PartKind.TITLE, (line,)) for line in title), Block(PartKind.BYLINE, tuple(bylines))]
    blocks += [Block(PartKind.CAPTION, (line,)) for line in captions]
    blocks += [Block(PartKind.BODY, tuple(body)), *comments]
    return metadata, tuple(block for block in blocks if block.lines)


def _add_marks(metadata: Metadata, tree: html.HtmlElement) -> Metadata:
    """Fills what the page does not declare with what it marks on its face."""
    authors, days = marks.find_authors(tree), marks.find_days(tree)
    declared = metadata.author.split(", ") if metadata.author else []
    if set(declared) < set(authors):  # some systems declare the first author only
        metadata = metadata._replace(author=", ".join(authors))
    return metadata._replace(published=metadata.published or choose_day(days))


def _drop_boxes(tree: html.HtmlElement) -> None:
    """Takes out boxes of other reports, forms and banners, unless much of the page stands in one."""
    whole = wording.count_words(" ".join(tree.itertext()))
    boxes = (element for element in tree.iter("section", "div", "aside", "ul", "ol") if has_class(element, "beside"))
    for element in list(islice(boxes, MAX_MARKED)):
        words = wording.count_words(" ".join(element.itertext()))
        drop([element] if words < whole * MAX_BOX and next(element.iter("h1"), None) is None else [])


def _split_head(body: list[str], title: list[str]) -> tuple[list[str], list[str]]:
    """The by-lines at the head of a body whose page marks none, and the rest; what is above the title is no body."""
    above = next((i for i, line in enumerate(body[:MAX_ABOVE]) if line in title), -1)
    if any(wording.is_prose(fold(line)) for line in body[: max(above, 0)]):
        above = -1
    body = body[above + 1 :]
    end = next((i for i, line in enumerate(body[:MAX_BYLINES]) if wording.is_prose(fold(line))), MAX_BYLINES)
    found = [line for line in body[:end] if _is_byline(fold(line))]
    return found, [line for line in body if line not in found]


def _is_byline(line: str) -> bool:
    return wording.is_byline(line, below_title=True) or (not wording.is_prose(line) and bool(marks.split_names(line)))


# --- what is lifted out of the page ---------------------------------------------------------------


def _take_title(tree: html.HtmlElement, declared: str | None) -> list[str]:
    """The headline as the page shows it; else as it declares it."""
    headings = [(element.tag, " ".join(read_lines(element))) for element in tree.iter("h1", "h2", "h3")]
    tops = [words for tag, words in headings if tag == "h1" and words]
    plain = fold(declared or "").casefold()
    # Of headings that the declared title holds, as "Harbour reopens | The Post" does, the longest is the report's.
    shown = max((words for _, words in headings if fold(words).casefold() in plain), key=len, default="")
    title = shown if shown in tops or 2 * len(shown) > len(plain) else declared or next(iter(tops), None)
    if not title:
        return []
    drop(element for element in tree.iter("h1", "h2", "h3") if " ".join(read_lines(element)) == title)
    return [title]


def _take_bylines(tree: html.HtmlElement) -> list[str]:
    """The lines above the first paragraph that are marked as author or date."""
    found: list[html.HtmlElement] = []
    for element in tree.iter():
        if element.tag == "p" and len("".join(element.itertext()).split()) > 25:
            break
        marked = element.tag == "time" or element.get("rel") == "author" or has_class(element, "byline")
        if not marked or element.tag in ("html", "body") or is_aside(element):
            continue
        if any(outer in found for outer in element.iterancestors()):
            continue
        lines = read_lines(element)
        if lines and len(lines) <= MAX_BYLINES and sum(map(wording.count_words, lines)) <= 25:
            found.append(element)
    lines = list(dict.fromkeys(line for element in found[:MAX_BYLINES] for line in read_lines(element)))
    drop(iter(found[:MAX_BYLINES]))
    return lines


def _take_captions(tree: html.HtmlElement) -> list[str]:
    found = []
    for element in tree.iter():
        if element.tag != "figcaption" and not has_class(element, "caption"):
            continue
        outer = element.getparent()
        while outer is not None and outer.tag == "figure":
            outer = outer.getparent()
        if outer is None or not is_aside(outer):
            found.append(element)
    joined = (" ".join(read_lines(element)) for element in found)
    captions = list(dict.fromkeys(words for words in joined if words and wording.count_words(words) <= 100))
    drop(iter(found))
    return captions


def _take_comments(tree: html.HtmlElement) -> list[Block]:
    found = [
        element
        for element in tree.iter("li", "article", "div", "section")
        if has_class(element, "comment") or "schema.org/Comment" in (element.get("itemtype") or "")
    ]
    # Answers stand inside the comment that they answer: going backwards, each is taken out before its outer one.
    comments = [_read_comment(element) for element in reversed(found)]
    return [comment for comment in reversed(comments) if comment is not None]


def _read_comment(element: html.HtmlElement) -> Block | None:
    author = _take_words(element, "comment_author", ())
    place = _take_words(element, "comment_place", ())
    date = _take_words(element, "comment_date", ("time",))
    marked = [inner for inner in element.iter() if inner is not element and has_class(inner, "comment_text")]
    # Where nobody is marked as the author, the first line of the whole may say who it is.
    words = [
        line for line in read_lines(marked[0] if marked and author else element) if not wording.is_furniture(fold(line))
    ]
    drop(iter([element]))
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
        if outer is not element and (outer.tag in tags or has_class(outer, kind)):
            inner = [x for x in outer.iter() if x.tag in tags or has_class(x, kind)][-1]
            words = " ".join(read_lines(inner))
            if words and wording.count_words(words) <= 12:
                drop(iter([outer]))
                return words
    return None
