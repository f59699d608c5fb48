"""The pairs: what outlets do to a report of others or of their own, done to eight; and pairs that only look alike."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.model import Document
from communique.read import read_text

HERE = Path(__file__).parent
_STORIES = tomllib.loads((HERE.parent / "pages" / "stories.toml").read_text("utf-8"))
_OTHERS = tomllib.loads((HERE / "others.toml").read_text("utf-8"))
ENGLISH = [key for key in _STORIES if _STORIES[key].get("language", "en") == "en"]

Text = list[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents, and whether they are ``version``, ``copy`` or ``other``."""

    name: str
    first: Document
    second: Document
    relation: str


def make_pairs() -> list[Pair]:
    """All pairs, always the same."""
    return [*_copies(), *_versions(), *_others()]


def make(title: str, paragraphs: Text, **facts: str) -> Document:
    """A report as plain text, with what a manifest says of it."""
    return read_text("\n\n".join([title, *paragraphs]), f"{title}.txt", {"title": title, **facts})


def _story(key: str) -> tuple[str, Text]:
    return _STORIES[key]["title"], list(_STORIES[key]["paragraphs"])


def _drop_sentences(paragraphs: Text, every: int) -> Text:
    """Each paragraph without one sentence of so many."""
    kept = []
    for number, paragraph in enumerate(paragraphs):
        sentences = paragraph.split(". ")
        del sentences[number % every :: every]
        kept += [". ".join(sentences)] if sentences else []
    return kept


def _respell(paragraphs: Text) -> Text:
    """The house style of another outlet."""
    changes = {"said": "told reporters", "“": '"', "”": '"', "’": "'", "three": "3", "four": "4", "Wednesday": "Weds."}
    for old, new in changes.items():
        paragraphs = [paragraph.replace(old, new) for paragraph in paragraphs]
    return paragraphs


def _copies() -> Iterator[Pair]:
    for number, key in enumerate(ENGLISH):
        title, text = _story(key)
        wire = make(title, text, publisher="Ande News Agency", published="2021-03-04")
        edits: dict[str, Text] = {
            "another headline": text,
            "trimmed at the end": text[: len(text) // 2 + 1],
            "with a credit of the agency": ["LISBON (Ande News) —", *text, "© Ande News Agency. All rights reserved."],
            "a new first paragraph": ["Our paper has learned the following from abroad, late in the night.", *text[1:]],
            "without some sentences": _drop_sentences(text, 3),
            "in another house style": _respell(text),
        }
        for shift in (0, 2, 4):
            name = list(edits)[(number + shift) % len(edits)]
            copy = make(f"Abroad: {title.split()[-1]} and more", edits[name], publisher="The Evening Courier")
            yield Pair(f"{key}: {name}", wire, copy, "copy")


def _versions() -> Iterator[Pair]:
    address = "https://river-post.example/world/{key}"
    addresses = (
        "https://m.river-post.example/world/{key}?utm_source=letter&utm_medium=email",
        "http://www.river-post.example/world/{key}/amp/",
        "https://river-post.example/world/{key}/?fbclid=abc#comments",
        "https://amp.river-post.example/world/{key}/index.html",
    )
    for number, key in enumerate(ENGLISH):
        title, text = _story(key)
        rest = {"publisher": "The River Post", "published": "2021-03-04"}
        first = make(title, text[:4], url=address.format(key=key), **rest)
        if number % 2:  # more is known, and the beginning was written anew
            again = [
                "This report has been updated with the words of a second official, who did not give a name.",
                *text,
            ]
            later = make(
                title, again, url=addresses[number // 2].format(key=key), **{**rest, "published": "2021-03-05"}
            )
            yield Pair(f"{key}: updated under its address", first, later, "version")
        else:  # much is new, the title and the outlet are the same
            new = [*_OTHERS["again"][key], *text[1:3]]
            later = make(title, new, publisher="The River Post", published="2021-03-06")
            yield Pair(f"{key}: rewritten under its title", first, later, "version")


def _others() -> Iterator[Pair]:
    background, disclaimer, statement = (_OTHERS["shared"][name] for name in ("background", "disclaimer", "statement"))
    for number, key in enumerate(ENGLISH):
        title, text = _story(key)
        again = _OTHERS["again"][key]
        yield Pair(
            f"{key}: another hand",
            make(title, text, publisher="The River Post"),
            make(f"{title}, others say", again, publisher="The Evening Courier"),
            "other",
        )
        other_title, other_text = _story(ENGLISH[(number + 3) % len(ENGLISH)])
        block, name = ((background, "background"), (disclaimer, "disclaimer"), (statement, "statement"))[number % 3]
        yield Pair(
            f"{key} and another story: the same {name}",
            make(title, [*text[:3], *block], publisher="The River Post"),
            make(other_title, [*other_text[:3], *block], publisher="The River Post"),
            "other",
        )
    notices = _OTHERS["notices"]
    for title in ("Press notice", "Programme of the minister"):
        first = make(title, notices["first"], publisher="Ministry", published="2021-03-01")
        second = make(title, notices["second"], publisher="Ministry", published="2021-04-12")
        yield Pair(f"{title}: one form, another day", first, second, "other")
