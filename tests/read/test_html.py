"""Web pages into documents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import ReadError
from communique.model import Basis, Document, PartKind
from communique.read import read_bytes
from tests.read.layout import lay_out, words_of

HEAD = """
<title>A Dinner in Lisbon | The Evening Courier</title>
<meta property="og:title" content="A Dinner in Lisbon"><meta property="og:site_name" content="The Evening Courier">
<meta property="article:published_time" content="2014-03-04T23:30:00-05:00">
<meta name="author" content="Nora Whitfield">
<link rel="canonical" href="https://evening-courier.example/dinner">
"""
ARTICLE = """
<article><h1>A Dinner in Lisbon</h1>
<p class="byline">By <a rel="author" href="/by/nw">Nora Whitfield</a>,
<time datetime="2014-03-04">4 March 2014</time></p>
<figure><img src="a.jpg" alt="x"><figcaption>Ana Ruiz arrives at the castle.</figcaption></figure>
<p>LISBON &mdash; Ministers Ana Ruiz and Ben Okafor met in Lisbon on Tuesday and spoke for two hours about fish.</p>
<h2>After dinner</h2>
<p>&ldquo;We ate,&rdquo; Ruiz said. Neither side would say what else had been agreed that evening.</p>
<blockquote><p>Nothing was put on paper, and nothing will be, until the summer has come.</p></blockquote>
<p>Read more: A Lunch in Riga</p></article>
"""
COMMENTS = """
<section id="comments" class="comments"><h2>2 comments</h2><ol>
<li class="comment" id="comment-1"><cite class="fn">Ruth D.</cite> <span class="comment-location">Canada</span>
<time datetime="2014-03-05">5 March 2014</time><div class="comment-body"><p>A fine report.</p></div>
<ol><li class="comment" id="comment-2"><cite class="fn">Piet V.</cite><p>I should think so.</p></li></ol></li>
</ol></section>
"""
NAVIGATION = '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
FOOTER = "<footer><p>© 2014 The Evening Courier. All rights reserved.</p></footer>"


def page(body: str, head: str = "") -> Document:
    return read_bytes(
        f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'.encode(), "a.html"
    )


def test_a_page_has_the_parts_of_its_report() -> None:
    document = page(NAVIGATION + ARTICLE + COMMENTS + FOOTER, HEAD)
    assert lay_out(document) == [
        ("title", "A Dinner in Lisbon"),
        ("byline", "By Nora Whitfield, 4 March 2014"),
        ("caption", "Ana Ruiz arrives at the castle."),
        ("dateline", "LISBON —"),
        (
            "body",
            "Ministers Ana Ruiz and Ben Okafor met in Lisbon on Tuesday and spoke for two hours about fish.\n\n"
            "After dinner\n\n"
            "“We ate,” Ruiz said. Neither side would say what else had been agreed that evening.\n\n"
            "Nothing was put on paper, and nothing will be, until the summer has come.",
        ),
        ("notice", "Read more: A Lunch in Riga"),
        ("comment", "Ruth D.\nCanada\n5 March 2014\nA fine report."),
        ("comment", "Piet V.\nI should think so."),
    ]


def test_comments_know_who_where_and_when() -> None:
    document = page(ARTICLE + COMMENTS)
    first, second = (part for part in document.parts if part.part is PartKind.COMMENT)
    assert (first.author, first.place, second.author, second.published) == ("Ruth D.", "Canada", "Piet V.", None)
    assert first.published is not None
    assert (first.published.edtf, first.published.evidence[0].quote) == ("2014-03-05", "5 March 2014")


@pytest.mark.parametrize(
    "comment",
    [
        '<li id="comment-7" class="comment even depth-1"><article id="div-comment-7" class="comment-body">'
        '<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Ruth D.</b>'
        ' <span class="says">says:</span></div>'
        '<div class="comment-metadata"><a href="#7"><time>March 5, 2014 at 3:15 pm</time></a></div></footer>'
        '<div class="comment-content"><p>A fine report.</p></div></article><div class="reply">Reply</div></li>',
        '<div class="comment"><div class="submitted">Submitted by Ruth D. on March 5, 2014</div>'
        '<div class="content"><p>A fine report.</p></div></div>',
        '<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Ruth D.</span>'
        '<span itemprop="date">March 5, 2014</span><p>A fine report.</p></div>',
    ],
)
def test_comments_of_common_publishing_systems(comment: str) -> None:
    (part,) = (part for part in page(ARTICLE + comment).parts if part.part is PartKind.COMMENT)
    assert part.author == "Ruth D."
    assert part.published is not None
    assert part.published.edtf == "2014-03-05"
    assert "A fine report." in words_of(page(ARTICLE + comment), part)
    assert "Reply" not in words_of(page(ARTICLE + comment), part)


def test_what_a_page_declares() -> None:
    document = page(ARTICLE, HEAD)
    facts = (document.title, document.author, document.publisher, document.url, document.language)
    assert [fact and fact.value for fact in facts] == [
        "A Dinner in Lisbon",
        "Nora Whitfield",
        "The Evening Courier",
        "https://evening-courier.example/dinner",
        "en",
    ]
    assert all(fact and fact.basis is Basis.PRINTED for fact in facts)
    assert document.author is not None
    assert document.author.evidence is not None
    assert document.author.evidence.quote == "Nora Whitfield"
    assert document.published is not None
    assert (document.published.edtf, document.published.evidence[0].quote) == ("2014-03-04", "4 March 2014")
    assert document.media_type == "text/html"


def test_linked_data_declares_too() -> None:
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "BreadcrumbList"}, {"@type": ["NewsArticle"],'
        ' "headline": "A Dinner", "datePublished": "2014-03-04", "author": [{"name": "A. Gomes"}, {"name": "B. Lee"}],'
        ' "publisher": {"name": "Pinewood Gazette"}}]}</script>'
    )
    document = page("<p>Ministers met in Lisbon on Tuesday, and they spoke of fish for two hours.</p>", linked)
    assert document.author is not None
    assert document.publisher is not None
    assert document.published is not None
    assert (document.author.value, document.author.evidence) == ("A. Gomes, B. Lee", None)
    assert (document.publisher.value, document.published.edtf) == ("Pinewood Gazette", "2014-03-04")


def test_a_page_without_a_day_stays_undated() -> None:
    body = '<article><h1>A Dinner</h1><p>They met in Lisbon on 3 March 2014.</p><img src="/2014/03/05/a.jpg"></article>'
    document = page(body, '<meta property="article:modified_time" content="2019-01-01">')
    assert document.published is None


def test_days_that_differ_are_both_kept() -> None:
    declared = '<meta property="article:published_time" content="2014-03-05">'
    document = page(ARTICLE, declared)
    assert document.published is not None
    assert (document.published.edtf, document.published.note) == ("2014-03-05", "the page also prints 2014-03-04")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/hostname"])
def test_an_address_is_one_of_the_web(address: str) -> None:
    assert page(ARTICLE, f'<link rel="canonical" href="{address}">').url is None


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="display: none">Ben Okafor was arrested in Porto on Wednesday.</p>',
        "<p hidden>Ben Okafor was arrested in Porto on Wednesday.</p>",
        '<p style="font-size:0">Ben Okafor was arrested in Porto on Wednesday.</p>',
        "<!-- Ben Okafor was arrested in Porto on Wednesday. -->",
        "<script>Ben Okafor was arrested in Porto on Wednesday.</script>",
        '<img alt="Ben Okafor was arrested in Porto on Wednesday.">',
    ],
)
def test_what_no_reader_sees_is_not_read(markup: str) -> None:
    assert "arrested" not in page(ARTICLE.replace("<h2>", markup + "<h2>")).text


def test_embedded_pictures_are_not_text() -> None:
    document = page(f'<img src="data:image/png;base64,{"QUFB" * 20_000}">{ARTICLE}')
    assert len(document.text) < 1_000


@pytest.mark.parametrize(
    ("declared", "encoding"), [("windows-1251", "windows-1251"), ("iso-8859-1", "windows-1252"), ("utf-8", "utf-8")]
)
def test_pages_say_their_encoding(declared: str, encoding: str) -> None:
    words = (
        "Ministers met on Tuesday – and said «Привет» in the morning."
        if "1251" in encoding
        else "They said “no” – twice, on Tuesday."
    )
    content = f"<html><head><meta charset={declared}></head><body><p>{words}</p></body></html>".encode(encoding)
    assert read_bytes(content, "a.htm").text == words


def test_a_page_of_one_short_sentence_is_a_note() -> None:
    assert read_bytes(b"<p>The ministers met.", "a.html").text == "The ministers met."
    with pytest.raises(ReadError, match="no article found"):
        read_bytes(b"<a href=/>Home</a><p>All rights reserved.", "a.html")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"<html><body>{NAVIGATION * 30}</body></html>".encode(), "no article found"),
        (b"%PDF-1.7\n<html><body><p>They met on Tuesday.</p>", "is a PDF file"),
        (b"<p " + b" ".join(b"a%d=1" % i for i in range(5_000)) + b">They met.</p>", "attributes"),
        (b"<div>" * 5_000 + b"They met on Tuesday in Lisbon.", "nested too deeply"),
        (b"<html></html>", "a.html"),
        (b"<", "a.html"),
        (b"", "is empty"),
    ],
)
def test_pages_that_are_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read_bytes(content, "a.html")
    assert caught.value.next_step


@pytest.mark.parametrize(
    "flood", [b"<a a=" * 20_000, b"<!--" * 20_000, b"<![CDATA[" * 9_000, b"&amp;&#0;&#xD800;" * 9_000, b"</p>" * 20_000]
)
def test_floods_do_no_harm(flood: bytes) -> None:
    try:
        document = read_bytes(b"<html><body>" + ARTICLE.encode() + flood, "a.html")
    except ReadError:
        return
    assert "Ministers Ana Ruiz" in document.text


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class=comment>",
        "<time>",
        "</div>",
        "<figure><figcaption>",
        "<h1>",
        "<table><tr><td>",
        "<b><i>",
        "<!--",
        "-->",
        "4 March 2014",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=20).map("".join))
def test_any_markup_is_a_document_or_refused(markup: str) -> None:
    try:
        document = read_bytes(markup.encode("utf-8", "replace"), "a.html")
    except ReadError:
        return
    end = 0
    for part in document.parts:
        assert end <= part.start
        assert words_of(document, part).strip()
        assert not document.text[end : part.start].strip()
        end = part.end
    assert not document.text[end:].strip()
