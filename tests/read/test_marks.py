"""Who wrote a page's report, and when, by what the page shows."""

from __future__ import annotations

import pytest
from lxml import html  # type: ignore[import-untyped]

from communique.model import Document, PartKind
from communique.read import read_bytes
from communique.read.marks import find_authors, find_days
from tests.read.layout import words_of

BODY = "<h1>Talks in Riga</h1><p>Ministers Ana Ruiz and Ben Okafor met in Riga on Tuesday and spoke about fish.</p>"


def tree(markup: str) -> html.HtmlElement:
    return html.document_fromstring(f"<html><body>{BODY}{markup}</body></html>")


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ('<p class="byline">By Nora Whitfield and Piet van Alen in Riga</p>', ["Nora Whitfield", "Piet van Alen"]),
        ('<span class="story__author-name">Nora Whitfield</span>', ["Nora Whitfield"]),
        ('<div class="storyAuthor">Nora Whitfield | 4 March 2014</div>', ["Nora Whitfield"]),
        ('<div itemprop="author"><span itemprop="name">Nora Whitfield</span></div>', ["Nora Whitfield"]),
        ('<a rel="author">Nora Whitfield</a>, <a rel="author">Ida Holm</a>', ["Nora Whitfield", "Ida Holm"]),
        ('<span class="autor">Von Klaus Bergmann</span>', ["Klaus Bergmann"]),
        ('<p class="author">Staff Writer</p>', []),
        ('<p class="author">Our correspondents in three countries</p>', []),
        ('<div class="comment"><b class="author">Ruth Delgado</b></div>', []),
        ('<div class="related-posts"><span class="author">Ida Holm</span></div>', []),
        ('<article><h3>A lunch</h3><span class="author">Ida Holm</span></article>', []),
    ],
)  # fmt: skip
def test_authors(markup: str, names: list[str]) -> None:
    assert find_authors(tree(markup)) == names


@pytest.mark.parametrize(
    ("markup", "day"),
    [
        ('<time datetime="2014-03-04T23:30:00-05:00">last week</time>', "2014-03-04"),
        ('<span class="entry-date">March 4, 2014</span>', "2014-03-04"),
        ('<p class="meta">4 March 2014 · 3 min read</p>', "2014-03-04"),
        ('<p class="info-date">Updated 6 March 2014 | Published 4 March 2014</p>', "2014-03-04"),
        ("<dl><dt>Published</dt><dd>4 March 2014</dd><dt>Last updated</dt><dd>9 May 2015</dd></dl>", "2014-03-04"),
        ("<p>Published: 4 March 2014, 6.02 p.m.</p>", "2014-03-04"),
        ('<abbr class="published" title="2014-03-04T10:00:00Z">Tuesday</abbr>', "2014-03-04"),
        ('<span class="datum">4. März 2014, 17:30 Uhr</span>', "2014-03-04"),
        ('<span class="date">Publié le 4 mars 2014 à 18h04</span>', "2014-03-04"),
        ('<time class="fecha">4 de marzo de 2014</time>', "2014-03-04"),
        ('<li class="footer-info-lastmod">This page was last edited on 4 March 2014</li>', None),
        ('<p class="date">05/06/2014</p>', None),
        ('<aside><time datetime="2024-02-10">10 February</time></aside>', None),
        ('<section><article><h3>A lunch</h3><time datetime="2024-02-10">10 February</time></article></section>', None),
        ("<p>The treaty was signed on 4 March 2014 in Riga.</p>", None),
    ],
)
def test_days(markup: str, day: str | None) -> None:
    days = find_days(tree(markup))
    assert (days[0].edtf if days else None) == day


def page(body: str, title: str = "Talks in Riga | The Evening Courier") -> Document:
    markup = f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>{body}</body></html>'
    return read_bytes(markup.encode(), "a.html")


def test_the_first_author_that_is_declared_is_not_all() -> None:
    linked = '<script type="application/ld+json">{"@type": "Article", "author": {"name": "Nora Whitfield"}}</script>'
    document = page(f'{linked}{BODY}<h4 class="author-names">Nora Whitfield, Ida Holm</h4>')
    assert document.author is not None
    assert document.author.value == "Nora Whitfield, Ida Holm"


def test_authors_that_are_declared_elsewhere_in_a_graph() -> None:
    linked = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
        {"@type": "Person", "@id": "#nora", "name": "Nora Whitfield"},
        {"@type": "NewsArticle", "author": [{"@id": "#nora"}], "datePublished": "20140304"}]}</script>"""
    document = page(linked + BODY)
    assert document.author is not None
    assert (document.author.value, document.published and document.published.edtf) == ("Nora Whitfield", "2014-03-04")


def test_a_page_without_marks_may_open_with_its_byline() -> None:
    document = page(
        "<b>The Evening Courier</b><br>Home<br><br><font size=5>Talks in Riga</font><br>"
        "By Nora Whitfield<br>March 4, 2014<br><br>"
        "Ministers Ana Ruiz and Ben Okafor met in Riga on Tuesday and spoke about fish for two hours.<br><br>"
        "Neither of them would say what else had been agreed that evening in the castle.",
        "Talks in Riga",
    )
    assert document.author is not None
    assert (document.author.value, document.published and document.published.edtf) == ("Nora Whitfield", "2014-03-04")
    body = [words_of(document, part) for part in document.parts if part.part is PartKind.BODY]
    assert body[0].startswith("Ministers Ana Ruiz")


def test_the_title_is_the_longest_heading_that_the_page_declares() -> None:
    document = page(
        "<h1>Harbour weblog</h1><h3 class='post-title'>Talks in Riga end late</h3>" + BODY.partition("</h1>")[2],
        "Harbour weblog: Talks in Riga end late",
    )
    assert document.title is not None
    assert document.title.value == "Talks in Riga end late"


def test_boxes_of_other_reports_are_no_body() -> None:
    box = '<div class="read-also"><p>A night train returns, and with it comes the smell of coal and bread.</p></div>'
    document = page(BODY + box + "<p>Neither side would say what else had been agreed that evening.</p>")
    assert "night train" not in document.text
    assert "agreed that evening" in document.text
