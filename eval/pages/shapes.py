"""The forty pages: a story in the markup of a kind of publishing system, and what must be read from it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

STORIES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "stories.toml").read_text("utf-8"))
SITE = "The River Post"


@dataclass(frozen=True, slots=True)
class Story:
    """What a page reports. ``authors`` is empty and ``day`` None where the page does not say it."""

    title: str
    summary: str
    authors: tuple[str, ...]
    day: date | None
    paragraphs: tuple[str, ...]
    caption: str
    credit: str
    language: str = "en"

    @property
    def by(self) -> str:
        return " and ".join(self.authors)

    @property
    def on(self) -> date:
        assert self.day is not None
        return self.day


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and its story as it must be read from it."""

    name: str
    html: str
    story: Story


Shape = Callable[[Story], str]
SHAPES: list[tuple[str, str, dict[str, Any], Shape]] = []
HELD_OUT: list[tuple[str, str, dict[str, Any], Shape]] = []


def shape(story: str, *, held_out: bool = False, **gold: Any) -> Callable[[Shape], Shape]:
    """A page of a story. ``gold``: what differs from the story in what can be read from this page."""

    def note(make: Shape) -> Shape:
        (HELD_OUT if held_out else SHAPES).append((make.__name__, story, gold, make))
        return make

    return note


# --- pieces ---------------------------------------------------------------------------------------


def paragraphs(story: Story, tag: str = "p", between: str = "", after: int = 2) -> str:
    """The paragraphs as elements; ``between`` stands after so many of them."""
    made = [f"<{tag}>{escape(words, quote=False)}</{tag}>" for words in story.paragraphs]
    return "\n".join([*made[:after], *([between] if between else []), *made[after:]])


def page(story: Story, head: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{story.language}"><head><meta charset="utf-8">{head}'
        f"<style>.a{{color:red}}</style><script>var dataLayer=[];</script></head>\n<body>{body}</body></html>\n"
    )


def graph(*objects: dict[str, Any]) -> str:
    told = {"@context": "https://schema.org", "@graph": list(objects)} if len(objects) > 1 else objects[0]
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def open_graph(story: Story, *, published: str = "") -> str:
    day = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f"<title>{escape(story.title)} - {SITE}</title>"
        f'<meta property="og:title" content="{escape(story.title)}"><meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="{SITE}">'
        f'<meta property="og:description" content="{escape(story.summary)}">{day}'
    )


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def us(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def british(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
