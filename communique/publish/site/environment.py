"""The templates, with the words and filters that all of them use: one look for the site and for the local server.

Everything is escaped by the templates; `exact` is the only filter that says "this is HTML", of text that it escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from communique.codec import to_json
from communique.publish.lines import register_words
from communique.publish.site.holdings import Holdings, Passage, label, page_of, slug
from communique.publish.site.lists import Page
from communique.publish.site.timeline import draw
from communique.publish.site.words import (
    Row,
    basis_words,
    counted,
    date_pieces,
    date_words,
    edtf_words,
    own_marks,
    property_words,
    prose,
    without_lone_mark,
    without_reason,
)

LONG_VALUE = 400
SECTIONS = (
    ("index", "Overview"),
    ("chronology", "Chronology"),
    ("names", "Names"),
    ("statements", "Statements"),
    ("agenda", "Agenda"),
    ("silences", "Silences"),
    ("commitments", "Commitments"),
    ("forecasts", "Forecasts"),
    ("measures", "Measures"),
    ("conflicts", "Conflicts"),
    ("documents", "Documents"),
    ("problems", "Problems"),
    ("about", "About"),
)


def make_environment(site: Mapping[str, Any], address: Callable[[str], str]) -> Environment:
    """The templates.

    Args:
        site: ``title``, ``sections``, and ``live``: whether a server shows the pages, or a browser opens files.
        address: Of a page that is a list, from the root, by its name (``statements``).
    """
    environment = Environment(
        loader=PackageLoader("communique.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "exact": exact,
        "brief": brief,
        "slug": slug,
        "edtf": edtf_words,
        "basis": basis_words,
        "prose": prose,
        "whole": without_lone_mark,
        "own_marks": own_marks,
        "register": register_words,
    }
    environment.globals |= {
        "site": site,
        "address": address,
        "label": label,
        "page_of": page_of,
        "short": without_reason,
        "date_pieces": date_pieces,
        "date_words": date_words,
        "draw": draw,
        "counted": counted,
        "property_words": property_words,
    }
    return environment


def render(environment: Environment, holdings: Holdings, page: Page, root: str, **more: Any) -> bytes:
    """A page as HTML in UTF-8. ``root`` leads from the page to the root of the site."""
    cited: dict[int, str] = {}

    def passage_of(evidence: Row) -> Passage | None:
        found = holdings.passage(evidence)
        if found:
            cited.setdefault(found.number, evidence["document"])
        return found

    shown = {
        "get": holdings.get,
        "cited": cited,  # filled while the page is written: what its foot then tells
        "homes": holdings.homes,
        "numbers": holdings.numbers,
        "passage_of": passage_of,
        "times_named": holdings.times_named,
    }
    html = environment.get_template(page.template).render({**shown, **more, **page.context, "page": page, "root": root})
    # A lone surrogate cannot be written; as a character reference it shows as a replacement sign.
    return html.encode("utf-8", "xmlcharrefreplace")


def brief(value: Any) -> str:
    """A nested value on one line, cut where it is long: what a decision changed."""
    words = to_json(value)
    return words if len(words) <= LONG_VALUE else words[: LONG_VALUE - 1] + "…"


def exact(text: Any) -> Markup:
    """Text as HTML that a browser reads back as it is: it would take a carriage return for a new line."""
    return Markup(str(escape(text)).replace("\r", "&#13;").replace("\0", "\ufffd"))  # escaped just now
