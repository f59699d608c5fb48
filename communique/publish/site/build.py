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
from itertools import chain
from pathlib import Path

from communique.publish.site.environment import SECTIONS, make_environment, render
from communique.publish.site.folder import check_folder, replace_folder
from communique.publish.site.lists import Page, list_pages, own_pages
from communique.publish.site.pages import overview_page, page_of_each
from communique.publish.site.shelf import Shelf, SiteRecord, note_texts, shelve

STATIC = ("site.css", "icon.svg")
TITLE = "Record"
HERE = Path(__file__).parents[1]


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
    site = {"title": title, "sections": SECTIONS, "live": False}
    environment = make_environment(site, lambda name: f"{name}.html")
    for name in STATIC:
        yield f"static/{name}", (HERE / "static" / name).read_bytes()
    about = Page("about.html", "about.html", "About this record", "about", {"version": version("communique")})
    notes = note_texts(shelf.rows["comparisons"])
    for page in chain([overview_page(shelf), *lists, about], page_of_each(shelf)):
        yield page.path, render(environment, shelf, page, "../" * page.path.count("/"), text_notes=notes)
