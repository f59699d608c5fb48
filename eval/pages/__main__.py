"""``python -m eval.pages``: reads forty pages, and says how much of each is right, ours beside trafilatura's alone.

Body: F1 of words, as a bag; title: the same words; authors: the same names; day: the same day, or none where the page
has none.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from communique.errors import ReadError
from communique.model import Document, PartKind
from communique.read import read_bytes
from eval.pages.pages import make_pages
from eval.pages.shapes import Page, Story

_WORD = re.compile(r"\w+")
_BODY = (PartKind.BODY, PartKind.DATELINE)


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader makes of a page; empty where it finds nothing."""

    body: str = ""
    title: str = ""
    authors: frozenset[str] = frozenset()
    day: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    body: float
    title: bool
    authors: bool
    day: bool


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.pages", description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--failures", action="store_true", help="what is wrong on each page")
    parser.add_argument("--write", type=Path, help="folder into which the pages are written")
    options = parser.parse_args(arguments)
    for held_out in (False, True):
        pages = make_pages(held_out=held_out)
        if options.write:
            options.write.mkdir(parents=True, exist_ok=True)
            for page in pages:
                (options.write / f"{page.name}.html").write_text(page.html, "utf-8")
        measure(f"{len(pages)} {'held out' if held_out else 'pages'}", pages, failures=options.failures)
    return 0


def measure(name: str, pages: Sequence[Page], *, failures: bool) -> None:
    """Prints a line for each reader."""
    readers: dict[str, Callable[[Page], Read]] = {"communique": read_ours, "trafilatura": read_trafilatura}
    print(f"{name:12}     body F1  title  authors  day")
    for name, reader in readers.items():
        scores = [judge(page.story, reader(page)) for page in pages]
        print(f"{name:12} {_mean(score.body for score in scores):11.3f} {_shares(scores)}")
        if failures:
            for page, score in zip(pages, scores, strict=True):
                _explain(page, reader(page), score)


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def _shares(scores: Sequence[Score]) -> str:
    counts = (sum(score.title for score in scores), sum(score.authors for score in scores), sum(s.day for s in scores))
    return "  ".join(f"{count:5}" for count in counts)


def _explain(page: Page, read: Read, score: Score) -> None:
    if score.body < 0.97:
        wanted, found = _bag(" ".join(page.story.paragraphs)), _bag(read.body)
        more, less = " ".join((found - wanted).elements())[:90], " ".join((wanted - found).elements())[:90]
        print(f"  {page.name}: body {score.body:.3f}; too much: {more!r}; missing: {less!r}")
    if not score.title:
        print(f"  {page.name}: title {read.title!r}")
    if not score.authors:
        print(f"  {page.name}: authors {sorted(read.authors)}, not {sorted(page.story.authors)}")
    if not score.day:
        print(f"  {page.name}: day {read.day!r}, not {page.story.day}")


# --- readers --------------------------------------------------------------------------------------


def read_ours(page: Page) -> Read:
    """By this program."""
    try:
        document = read_bytes(page.html.encode(), f"{page.name}.html")
    except ReadError:
        return Read()
    body = " ".join(document.text[part.start : part.end] for part in document.parts if part.part in _BODY)
    day = (document.published.edtf or "") if document.published else ""
    return Read(body, document.title.value if document.title else "", _split_authors(document), day)


def _split_authors(document: Document) -> frozenset[str]:
    return _split(document.author.value if document.author else "", r",| and ")


def read_trafilatura(page: Page) -> Read:
    """By the library alone, with all that it gives."""
    found = trafilatura.bare_extraction(page.html, include_comments=False, with_metadata=True)
    if found is None or isinstance(found, dict):
        return Read()
    title = found.title or ""
    # It may give the title as the first line of the text.
    body = (found.text or "").removeprefix(title)
    return Read(body, title, _split(found.author or "", r";|,| and "), found.date or "")


def _split(names: str, pattern: str) -> frozenset[str]:
    return frozenset(name.strip() for name in re.split(pattern, names) if name.strip())


# --- judging --------------------------------------------------------------------------------------


def judge(story: Story, read: Read) -> Score:
    """Compares what was read with what the page says."""
    wanted, found = _bag(" ".join(story.paragraphs)), _bag(read.body)
    common = sum((wanted & found).values())
    body = 2 * common / (sum(wanted.values()) + sum(found.values()))
    day = str(story.day) if story.day else ""
    return Score(body, _same(story.title, read.title), read.authors == frozenset(story.authors), day == read.day)


def _bag(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


if __name__ == "__main__":
    sys.exit(main())
