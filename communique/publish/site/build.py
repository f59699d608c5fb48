"""Record → a static site: plain HTML and one style sheet, readable from disk, without network and without JavaScript.

1. `shelve` reads the record once and proves every passage against its document.
2. `list_pages` and `page_of_each` decide which pages there are and what is on them.
3. Each page is rendered by a template that escapes everything, and written; the folder appears as a whole.

Same record, same title, same version: the same bytes. No page is dated, since the record is not. What a page shows is
the record's; nothing is worked out here but order, counts and wording. The pages hold the documents' full texts:
whether these may be passed on is for the person to know who puts the site on the web; the pages ask search engines not
to list them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from communique.publish.lines import register_words
from communique.publish.site.folder import check_folder, replace_folder
from communique.publish.site.lists import Page, list_pages, own_pages
from communique.publish.site.pages import overview_page, page_of_each
from communique.publish.site.shelf import Shelf, SiteRecord, label, note_texts, shelve, slug
from communique.publish.site.words import basis_words, counted, date_pieces, date_words, edtf_words

TITLE = "Record"
HERE = Path(__file__).parents[1]
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


def build_site(record: SiteRecord, dest: Path, title: str = TITLE) -> None:
    """Writes the site of a record into a folder; a site that was there before is replaced.

    Args:
        record: An open record.
        dest: The folder; its parents are made.
        title: Of the site, shown on every page.

    Raises:
        SettingsError: The folder holds something else than a site built here.
        EvidenceError: The record has a row whose words are not in its document.
        OSError: The folder cannot be written; what was there stays.
    """
    check_folder(dest)
    shelf = shelve(record)
    own_pages(shelf)
    pages = list_pages(shelf)
    replace_folder(dest, _files(shelf, pages, title))


def _files(shelf: Shelf, lists: list[Page], title: str) -> Iterator[tuple[str, bytes]]:
    environment = _environment(shelf, title)
    yield "static/site.css", (HERE / "static" / "site.css").read_bytes()
    yield "static/icon.svg", (HERE / "static" / "icon.svg").read_bytes()
    about = Page("about.html", "about.html", "About this record", "about", {"version": version("communique")})
    for page in [overview_page(shelf), *lists, about]:
        yield page.path, _render(environment, page)
    for page in page_of_each(shelf):
        yield page.path, _render(environment, page)


def _render(environment: Environment, page: Page) -> bytes:
    root = "../" * page.path.count("/")
    template = environment.get_template(page.template)
    html = template.render(page=page, root=root, **page.context)
    # A lone surrogate cannot be written; as a character reference it shows as a replacement sign.
    return html.encode("utf-8", "xmlcharrefreplace")


def _environment(shelf: Shelf, title: str) -> Environment:
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
        "slug": slug,
        "edtf": edtf_words,
        "basis": basis_words,
        "register": register_words,
    }
    environment.globals |= {
        "site": {"title": title, "sections": SECTIONS},
        "get": shelf.get,
        "homes": shelf.homes,
        "numbers": shelf.numbers,
        "passage_of": shelf.passage,
        "label": label,
        "text_notes": note_texts(shelf.rows["comparisons"]),
        "date_pieces": date_pieces,
        "date_words": date_words,
        "counted": counted,
    }
    return environment


def exact(text: Any) -> Markup:
    """Text as HTML that a browser reads back as it is: it would take a carriage return for a new line."""
    return Markup(str(escape(text)).replace("\r", "&#13;").replace("\0", "\ufffd"))  # escaped just now
