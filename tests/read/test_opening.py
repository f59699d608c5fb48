"""Every kind of file: what is in it comes out, with its place and its way; what is lost is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Document
from communique.read.items import Item
from communique.read.opening import iter_items
from tests.read.samples import (
    PAGE,
    TALKS,
    make_docx,
    make_feed,
    make_item,
    make_lines,
    make_mail,
    make_multipart,
    make_pdf,
    make_record,
    make_zip,
    pack,
)


def read_all(content: bytes, name: str) -> list[Item]:
    return list(iter_items(content, name))


def read_one(content: bytes, name: str) -> Document:
    (item,) = read_all(content, name)
    assert item.document is not None, item.reason
    assert item.document.file == name
    return item.document


def outcomes(items: list[Item]) -> list[str]:
    """``name: read``, ``name: partial`` or ``name: reason``, below the file; a whole container says nothing."""
    told = []
    for item in items:
        what = item.reason or "whole"
        if item.document is not None:
            what = "partial" if item.document.losses else "read"
        if what != "whole":
            told.append(f"{item.name}: {what}")
    return told


# --- one report


def test_a_pdf_keeps_its_pages() -> None:
    document = read_one(make_pdf(TALKS, "", "The talks went on\nin a second round."), "a.pdf")
    assert document.text == f"{TALKS}\n\nThe talks went on in a second round."
    assert [(page.page, document.text[page.start : page.end]) for page in document.pages] == [
        (1, TALKS),
        (3, "The talks went on in a second round."),
    ]
    assert document.losses == ("1 of 3 pages have no text layer",)
    assert document.origin is not None
    assert "pdfium" in document.origin.way[0]


def test_a_pdf_that_was_cut_is_partial() -> None:
    document = read_one(make_pdf(TALKS, tail=b""), "a.pdf")
    assert document.text == TALKS
    assert "cut off" in document.losses[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (make_pdf(""), "no text layer"),
        (make_pdf(), "no pages"),
        (b"%PDF-1.7\n", "damaged"),
        (b"They met.", "no PDF file"),
        (b"", "empty"),
    ],
)
def test_a_pdf_without_text_is_refused(content: bytes, reason: str) -> None:
    (item,) = read_all(content, "a.pdf")
    assert item.document is None
    assert reason in item.reason
    assert item.next_step


def test_a_word_document_gives_its_paragraphs_and_notes_and_nothing_deleted() -> None:
    document = read_one(make_docx("Talks end", TALKS, notes="So the ministry said."), "a.docx")
    assert document.text == f"Talks end\n\n{TALKS}\n\nSo the ministry said."


def test_a_mail_tells_who_wrote_when_about_what() -> None:
    document = read_one(make_mail(), "a.eml")
    assert document.text == f"Talks in Tallinn\n\n{TALKS}"
    facts = (document.title, document.author)
    assert [fact and fact.value for fact in facts] == ["Talks in Tallinn", "Desk"]
    assert document.published is not None
    assert document.published.edtf == "2019-06-05"


def test_of_alternatives_the_plain_one_is_read_and_told() -> None:
    plain, html = ("Content-Type: text/plain", TALKS), ("Content-Type: text/html", "<p>They quarrelled.</p>")
    document = read_one(make_multipart(html, plain, kind="alternative"), "a.eml")
    assert "quarrelled" not in document.text
    assert document.origin is not None
    assert document.origin.way[0] == "mail: text/plain of the alternatives text/html, text/plain"
    assert "quarrelled" in read_one(make_multipart(html, kind="alternative"), "a.eml").text


def test_a_page_in_another_encoding_than_it_says_is_marked() -> None:
    content = PAGE.replace(TALKS, "Министры встретились во вторник в Таллине и договорились о новой встрече.")
    document = read_one(content.encode("windows-1251"), "a.html")
    assert "Министры встретились" in document.text
    assert document.encoding == "windows-1251"


# --- containers


def test_an_archive_gives_its_members_with_their_way() -> None:
    inner = make_zip({"b.html": PAGE.encode()})
    items = read_all(
        make_zip({"a.txt": TALKS.encode(), "c/inner.zip": inner, ".DS_Store": b"x", "d.png": b"x"}), "x.zip"
    )
    assert [item.name for item in items if item.document] == ["x.zip/a.txt", "x.zip/c/inner.zip/b.html"]
    assert outcomes(items)[2].startswith("x.zip/d.png: x.zip/d.png is of a kind that is not read")
    document = items[1].document
    assert document is not None
    assert document.origin is not None
    assert document.origin.file == "x.zip"
    assert document.origin.way[:2] == ("zip: c/inner.zip", "zip: b.html")
    assert items[-1].is_container


def test_names_in_an_archive_lead_nowhere_else() -> None:
    items = read_all(
        make_zip({"../../a.txt": b"They met.", "/b.txt": b"They parted.", "..\\c.txt": b"They left."}), "x.zip"
    )
    assert [item.name for item in items[:3]] == ["x.zip/a.txt", "x.zip/b.txt", "x.zip/c.txt"]


def test_what_inflates_beyond_measure_is_refused_alone() -> None:
    items = read_all(make_zip({"a.txt": b" " * 20_000_000, "b.txt": TALKS.encode()}), "x.zip")
    assert outcomes(items) == ["x.zip/a.txt: x.zip/a.txt inflates to more than 100 times its size", "x.zip/b.txt: read"]


@pytest.mark.parametrize("streamed", [False, True])
def test_of_an_archive_that_was_cut_what_stands_before_the_cut_is_read(streamed: bool) -> None:
    whole = make_zip({"a/b.txt": TALKS.encode(), "c.txt": b"They met in Oslo. " * 9}, streamed=streamed)
    items = read_all(whole[: whole.index(b"c.txt") + 10], "x.zip")
    assert outcomes(items) == [
        "x.zip/a/b.txt: read",
        "x.zip/c.txt: x.zip/c.txt is cut, as the archive is cut",
        "x.zip: x.zip: the archive is cut: its list of members is missing; members that stand whole before the cut: 1",
    ]
    assert items[0].document is not None
    assert items[0].document.text == TALKS


def test_a_member_that_is_damaged_in_a_cut_archive_is_refused_alone() -> None:
    whole = bytearray(make_zip({"a.txt": TALKS.encode(), "b.txt": b"They met in Oslo.", "c.txt": b"They parted."}))
    whole[40] ^= 255
    items = read_all(bytes(whole[: whole.index(b"PK\x01\x02")]), "x.zip")
    assert outcomes(items)[0] == "x.zip/a.txt: x.zip/a.txt is damaged, as the archive is cut"
    assert outcomes(items)[1:3] == ["x.zip/b.txt: read", "x.zip/c.txt: read"]


@pytest.mark.parametrize("name", ["x.zip", "x.docx"])
def test_of_which_nothing_is_whole_is_refused(name: str) -> None:
    whole = make_docx(TALKS) if name == "x.docx" else make_zip({"a.txt": TALKS.encode()})
    (item,) = [item for item in read_all(whole[:60], name) if item.name == name]
    assert "damaged" in item.reason
    assert item.next_step


def test_an_archive_without_reports_is_refused() -> None:
    assert outcomes(read_all(make_zip({}), "x.zip")) == ["x.zip: x.zip: holds no reports"]


def test_attachments_are_items_of_their_own() -> None:
    attached = ("Content-Type: text/plain\r\nContent-Disposition: attachment; filename=../../b.txt", "They parted.")
    picture = ("Content-Type: image/png\r\nContent-Disposition: attachment; filename=logo.png", "x")
    items = read_all(make_multipart(("Content-Type: text/plain", TALKS), attached, picture), "a.eml")
    assert outcomes(items) == ["a.eml/message: read", "a.eml/b.txt: read"]
    assert [(kind.kind, kind.number) for kind in items[-1].passed_over] == [("image/png", 1)]


def test_a_mailbox_gives_its_messages() -> None:
    box = (
        b"From a@b Wed Jun  5 09:00:00 2019\n"
        + make_mail()
        + b"\nFrom c@d Wed Jun  5 09:00:00 2019\n"
        + make_mail("No.")
    )
    assert outcomes(read_all(box, "a.mbox")) == ["a.mbox/message 1: read", "a.mbox/message 2: read"]


@pytest.mark.parametrize("packing", [pack, bytes])
def test_a_web_archive_gives_its_pages(packing: Callable[[bytes], bytes]) -> None:
    records = [
        make_record("", b"software: x\r\n", "warcinfo"),
        make_record("https://news.example/1"),
        make_record("https://news.example/2", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nNo."),
        make_record("https://news.example/a.png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
    ]
    items = read_all(b"".join(map(packing, records)), "a.warc")
    assert outcomes(items) == [
        "a.warc/news.example/1: read",
        "a.warc/news.example/2: a.warc/news.example/2 is no report: the server answered 404",
    ]
    document = items[0].document
    assert document is not None
    assert document.url is not None
    assert document.url.value == "https://news.example/1"
    assert {kind.kind for kind in items[-1].passed_over} == {"warcinfo record", "image/png"}


def test_no_record_of_a_web_archive_is_lost_in_silence() -> None:
    first, second = make_record("https://news.example/1"), make_record("https://news.example/2")
    cut = read_all(pack(first) + pack(second)[:-30], "a.warc.gz")
    assert outcomes(cut)[0] == "a.warc.gz/news.example/1: read"
    assert len(outcomes(cut)) > 1
    long = read_all(make_record("https://news.example/1", length=99_999) + second, "a.warc")
    assert outcomes(long) == ["a.warc/news.example/1: partial", "a.warc/news.example/2: read"]
    broken = bytearray(pack(first) + pack(second) + pack(first.replace(b"/1", b"/3")))
    broken[len(pack(first)) + 40] ^= 0xFF
    names = [item.name for item in read_all(bytes(broken), "a.warc.gz") if item.document and not item.document.losses]
    assert names == ["a.warc.gz/news.example/1", "a.warc.gz/news.example/3"]


def test_a_web_archive_in_a_package_is_opened_and_its_indexes_are_passed_over() -> None:
    package = {
        "datapackage.json": b"{}",
        "archive/a.warc.gz": pack(make_record("https://news.example/1")),
        "pages/p.jsonl": b"{}",
    }
    items = read_all(make_zip(package), "a.wacz")
    assert outcomes(items) == ["a.wacz/archive/a.warc.gz/news.example/1: read"]
    assert ("index of a web archive", 2) in [(kind.kind, kind.number) for kind in items[-1].passed_over]


def test_a_feed_gives_its_entries() -> None:
    items = read_all(make_feed(make_item(), make_item("&lt;p&gt;They parted.&lt;/p&gt;", "An end")), "a.rss")
    assert outcomes(items) == ["a.rss/entry 1: read", "a.rss/entry 2: read"]
    document = items[1].document
    assert document is not None
    assert document.text == "An end\n\nThey parted."
    assert document.publisher is not None
    assert (document.publisher.value, document.published and document.published.edtf) == ("The Gazette", "2019-06-05")


def test_an_atom_feed_and_a_json_feed_give_their_entries() -> None:
    entry = (
        "<entry><title>Talks</title><link href='https://news.example/1'/><updated>2019-06-05T09:00:00Z</updated>"
        f"<author><name>Ida Holm</name></author><content type='xhtml'><div><p>{TALKS}</p></div></content></entry>"
    )
    atom = read_all(make_feed(entry, kind="atom"), "a.atom")[0].document
    rows = {"version": "https://jsonfeed.org/version/1.1", "title": "The Gazette", "items": [
        {"title": "Talks", "url": "https://news.example/1", "date_published": "2019-06-05T09:00:00Z",
         "authors": [{"name": "Ida Holm"}], "content_html": f"<p>{TALKS}</p>"}]}  # fmt: skip
    json_feed = read_all(make_lines(rows), "a.json")[0].document
    for document in (atom, json_feed):
        assert document is not None
        assert document.text == f"Talks\n\n{TALKS}"
        assert [fact and fact.value for fact in (document.author, document.url)] == [
            "Ida Holm",
            "https://news.example/1",
        ]


def test_a_feed_that_breaks_off_is_partial() -> None:
    whole = make_feed(make_item(), make_item(title="Second"), make_item(title="Third"))
    items = read_all(whole[: whole.index(b"Third") + 40], "a.rss")
    assert outcomes(items)[:2] == ["a.rss/entry 1: read", "a.rss/entry 2: read"]
    assert "damaged or cut off" in items[-1].reason


def test_an_entity_in_a_feed_is_not_resolved() -> None:
    head = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    content = make_feed(make_item("They met. &x;")).replace(b"<rss", head + b"<rss", 1)
    document = read_all(content, "a.rss")[0].document
    assert document is not None
    assert document.losses == ("an entity in it was not resolved: words are missing",)


def test_lists_of_articles_give_their_rows() -> None:
    row = {"text": TALKS, "title": "Talks", "published": "2019-06-05", "publisher": "The Gazette", "other": 1}
    lines = read_all(make_lines(row) + b"[[[\n" + make_lines({"title": "None"}, row), "a.jsonl")
    assert [found.split(":")[0] for found in outcomes(lines)] == [f"a.jsonl/row {number}" for number in (1, 2, 3, 4)]
    assert [item.document is not None for item in lines[:4]] == [True, False, False, True]
    table = read_all(f'text,title,published\n"{TALKS}",Talks,2019-06-05\n,,\n'.encode(), "a.csv")
    for document in (lines[0].document, table[0].document):
        assert document is not None
        assert document.text == TALKS
        assert document.published is not None
        assert document.published.edtf == "2019-06-05"


def test_a_table_without_texts_is_refused_and_says_what_it_may_be() -> None:
    (item,) = read_all(b"file,published\na.txt,2019\n", "a.csv")
    assert "no column 'text'" in item.reason
    assert "--manifest" in item.next_step


def test_a_list_of_addresses_is_no_report() -> None:
    (item,) = read_all(b"https://news.example/1\nhttp://127.0.0.1/\n", "a.txt")
    assert "list of web addresses" in item.reason


def test_the_bytes_outweigh_the_suffix() -> None:
    assert read_one(make_pdf(TALKS), "a.html").media_type == "application/pdf"
    assert read_one(PAGE.encode(), "a.pdf").media_type == "text/html"
