"""What a web page's head says of its report: title, author, publisher, web address, day, language.

Order of the steps: <meta> elements by the names of the table ``pages``, then JSON-LD objects that are reports, then
<link>, <html lang> and <title>. Only what the page itself declares counts; a date is never guessed from its address,
its pictures or its text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from communique.model import When
from communique.tables import load_table
from communique.text.dates import parse_printed_date

_PAGES = load_table("pages")
_TYPES = frozenset(_PAGES["linked"]["types"])
# No page of one report declares more.
_MAX_JSON = 500_000
_MAX_OBJECTS = 200
_MAX_VALUE = 500


# 20190307, 20190307T101500
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?$")
_BY = re.compile(r"by:?\s+", re.IGNORECASE)


class Metadata(NamedTuple):
    """What a page declares, None where it does not."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published: When | None = None


def find_metadata(tree: etree._Element) -> Metadata:
    """Reads the declarations of a page."""
    declared = _read_meta(tree)
    reports = list(_read_linked(tree))
    dates = [*declared["published"], *_linked_words(reports, "datePublished"), *_marked_dates(tree)]
    authors = [name for name in declared["author"] if "://" not in name] or _linked_words(reports, "author")
    authors = [without_label for name in authors if (without_label := _BY.sub("", name))]
    publishers = declared["publisher"] or _linked_words(reports, "publisher")
    titles = declared["title"] or _linked_words(reports, "headline")
    return Metadata(
        _first(titles) or _title_element(tree),
        ", ".join(dict.fromkeys(authors)) or None,
        _first(publishers),
        _find_address(tree),
        _clean(tree.get("lang") or "") or None,
        _find_day(dates),
    )


def _find_day(dates: list[str]) -> When | None:
    days = (parse_printed_date(_COMPACT.sub(r"\1-\2-\3", words)) for words in dates)
    return choose_day([when for when in days if when])


def choose_day(days: list[When]) -> When | None:
    """The first of the days that a page gives; others that differ are kept in its note."""
    if not days:
        return None
    others = sorted({when.edtf for when in days if when.edtf and when.edtf != days[0].edtf})
    return replace(days[0], note=f"the page also declares {', '.join(others)}" if others else "")


def _first(values: list[str]) -> str | None:
    return values[0] if values else None


def _clean(words: str) -> str:
    return " ".join(words.split())[:_MAX_VALUE]


def _read_meta(tree: etree._Element) -> dict[str, list[str]]:
    """For each property, the values of the surest name that has any."""
    values: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = _clean(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                values.setdefault(name.strip().lower(), []).append(content)
    return {
        kind: next((values[name] for name in names if name in values), []) for kind, names in _PAGES["meta"].items()
    }


def _read_linked(tree: etree._Element) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of a page that are reports; where one refers to another by its id, the other stands there."""
    found = list(_read_objects(tree))
    by_id = {value["@id"]: value for value in found if isinstance(value.get("@id"), str) and len(value) > 1}
    for value in found:
        kinds = value.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.lower() in _TYPES for kind in kinds):
            yield {key: _resolve(inner, by_id) for key, inner in value.items()}


def _resolve(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolve(inner, by_id) for inner in value]
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
        return by_id.get(value["@id"], value)
    return value


def _read_objects(tree: etree._Element) -> Iterator[dict[str, Any]]:
    for element in tree.iter("script"):
        words = element.text or ""
        if "ld+json" not in (element.get("type") or "") or len(words) > _MAX_JSON:
            continue
        try:
            waiting = [json.loads(words)]
        except (ValueError, RecursionError):  # damaged, or nested to break parsers
            continue
        for _ in range(_MAX_OBJECTS):
            if not waiting:
                break
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                waiting.extend(value.get(key) for key in ("@graph", "mainEntity"))
                yield value


def _linked_words(reports: list[dict[str, Any]], key: str) -> list[str]:
    """The words under a key of the first report that has it: plain, or the names of persons and organizations."""
    for report in reports:
        values = report.get(key)
        values = values if isinstance(values, list) else [values]
        named = [value.get("name") if isinstance(value, dict) else value for value in values]
        words = [_clean(value) for value in named if isinstance(value, str) and _clean(value)]
        if words:
            return words
    return []


def _marked_dates(tree: etree._Element) -> list[str]:
    """Dates that the page marks as its day of publication in its body."""
    marked = tree.xpath("//*[@itemprop='datePublished' or @pubdate]")
    return [
        _clean(element.get("content") or element.get("datetime") or "".join(element.itertext())) for element in marked
    ]


def _find_address(tree: etree._Element) -> str | None:
    links = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((_clean(str(link)) for link in links if str(link).strip().startswith(("https://", "http://"))), None)


def _title_element(tree: etree._Element) -> str | None:
    title = next(iter(tree.iter("title")), None)
    return (_clean("".join(title.itertext())) or None) if title is not None else None
