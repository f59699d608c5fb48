"""Questions to the elements of a web page: what they are called, whether they show, where they stand, what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree, html  # type: ignore[import-untyped]

from communique.tables import load_table

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDING = re.compile(r"display:none|visibility:hidden|opacity:0(?![.\d])|font-size:0(?![.\d])")
_CLASSES = {kind: re.compile(pattern) for kind, pattern in load_table("pages")["classes"].items()}
# Elements of HTML, and of the body that trafilatura returns, that begin a line.
_BREAKS = frozenset(load_table("pages")["breaks"])
# No page of one report marks more elements in one way; what is beyond is not looked at.
MAX_MARKED = 300
_ASIDE_TAGS = frozenset(("aside", "footer", "nav", "form", "figure"))


def drop(elements: Iterable[html.HtmlElement]) -> None:
    """Takes elements out of their tree, with all in them; what follows them stays."""
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def is_hidden(element: html.HtmlElement) -> bool:
    """True for what a browser does not show."""
    if not isinstance(element.tag, str):  # a comment or processing instruction
        return True
    if element.tag in ("script", "style", "noscript", "template", "svg", "iframe", "object"):
        return True
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING.search(re.sub(r"\s", "", style.lower())))


def read_lines(element: etree._Element) -> list[str]:
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


def names_of(element: html.HtmlElement) -> list[str]:
    """What an element is called: its classes, id, property and test name, in lower case."""
    called = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "data-testid"))
    # storyAuthor, story__author and story--author are parts of a name like story-author.
    return _HUMP.sub("-", called).lower().replace("__", "-").replace("--", "-").split()


def has_class(element: html.HtmlElement, kind: str) -> bool:
    """True when one of its names matches the table's pattern of that kind."""
    return any(_is_called(name, kind) for name in names_of(element) if len(name) < 60)


@lru_cache(maxsize=16_384)
def _is_called(name: str, kind: str) -> bool:
    return _CLASSES[kind].fullmatch(name) is not None


def is_aside(element: html.HtmlElement) -> bool:
    """True in a part of the page that is not its report."""
    return any(outer.tag in _ASIDE_TAGS or has_class(outer, "aside") for outer in (element, *element.iterancestors()))
