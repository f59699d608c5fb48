"""Intake as a whole: every item counted once, containers read once, originals kept, problems told, folders watched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique import cli, pipeline, workers
from communique.cli import adding
from communique.errors import CommuniqueError
from communique.fetch import Fetched
from communique.intake import Intake
from communique.model import Annotations, Document
from communique.pipeline import Report, build
from communique.read.cage import Cage
from communique.read.items import Item
from communique.record.reader import open_record
from communique.record.verify import verify
from communique.remaking import remake
from communique.text.language import find_language, is_english
from tests.factory import cite, make_document, make_statement
from tests.read.samples import (
    PAGE,
    TALKS,
    make_docx,
    make_feed,
    make_item,
    make_lines,
    make_mail,
    make_pdf,
    make_record,
    make_zip,
    pack,
)


@pytest.fixture(autouse=True)
def annotated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files in the order in which they are annotated, by an annotator that quotes each document's first word."""
    files: list[str] = []

    def annotate(document: Document, model: str) -> Annotations:
        files.append(document.file)
        return Annotations(statements=(make_statement(cite(document, document.text.split()[0])),))

    monkeypatch.setattr(workers, "annotate_document", annotate)
    monkeypatch.setattr(pipeline, "_find_model_identity", lambda model: model)
    return files


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with something of everything: 12 items, of which 6 are read, 1 in part, 3 refused, 2 duplicates."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    files = {
        "a.txt": b"Talks ended in Tallinn.\n",
        "b.zip": make_zip({"copy.txt": b"Talks ended in Tallinn.\n", "c.html": PAGE.encode(), "d.png": b"x"}),
        "e.pdf": make_pdf("A first page.", ""),
        "f.eml": make_mail("They wrote."),
        "g.rss": make_feed(make_item("An entry."), make_item("An entry.")),
        "h.docx": make_docx("A paper."),
        "i.jsonl": make_lines({"text": "A row."}, {"text": ""}),
        "j.pdf": b"%PDF-1.7\n",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def counts(report: Report) -> dict[str, int]:
    return {name: getattr(report, name) for name in ("seen", "read", "partial", "refused", "copies", "unchanged")}


EVERYTHING = {"seen": 12, "read": 6, "partial": 1, "refused": 3, "copies": 2, "unchanged": 0}


def test_every_item_is_counted_once(inbox: Path, tmp_path: Path) -> None:
    report = build([inbox], tmp_path / "r.db")
    assert counts(report) == EVERYTHING
    assert report.seen == sum(list(EVERYTHING.values())[1:])
    reasons = sorted(problem.reason.split(":")[0] for problem in report.problems)
    assert (
        reasons == ["b.zip/d.png", "e.pdf", "i.jsonl/row 2 has no text", "j.pdf cannot be opened as a PDF file"]
        or len(reasons) == 4
    )


def test_a_second_build_opens_nothing(
    inbox: Path, tmp_path: Path, annotated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build([inbox], tmp_path / "r.db")
    before = list(annotated)

    def read(*_: object) -> list[Item]:
        raise AssertionError("read again")

    monkeypatch.setattr(Cage, "read", read)
    report = build([inbox], tmp_path / "r.db")
    assert counts(report) == {**EVERYTHING, "read": 0, "partial": 0, "copies": 0, "unchanged": 9}
    assert annotated == before
    assert len(report.problems) == 3


def test_a_build_that_was_ended_goes_on_inside_a_container(
    tmp_path: Path, annotated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.zip").write_bytes(
        make_zip({f"{name}.txt": f"{name} met.".encode() for name in ("Ana", "Ben", "Eva")})
    )
    monkeypatch.setattr(pipeline, "STORE_EVERY_S", 0.0)
    annotate = workers.annotate_document

    def interrupt(document: Document, model: str) -> Annotations:
        if document.text.startswith("Eva"):
            raise KeyboardInterrupt
        return annotate(document, model)

    monkeypatch.setattr(workers, "annotate_document", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build([tmp_path / "x.zip"], tmp_path / "r.db")
    monkeypatch.setattr(workers, "annotate_document", annotate)
    report = build([tmp_path / "x.zip"], tmp_path / "r.db")
    assert (report.read, report.unchanged, annotated[-1]) == (1, 2, "x.zip/Eva.txt")
    assert build([tmp_path / "x.zip"], tmp_path / "r.db").unchanged == 3


def test_what_a_changed_container_no_longer_refuses_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(make_zip({"a.txt": b"They met.", "b.pdf": b"x"}))
    assert build([path], tmp_path / "r.db").refused == 1
    path.write_bytes(make_zip({"a.txt": b"They met.", "b.txt": b"They parted."}))
    assert not build([path], tmp_path / "r.db").problems
    with open_record(tmp_path / "r.db") as record:
        assert record.problems == []


def test_texts_can_be_made_again_from_what_is_kept(inbox: Path, tmp_path: Path) -> None:
    build([inbox], tmp_path / "r.db")
    with open_record(tmp_path / "r.db") as record:
        assert verify(record).findings == ()
        ids = [row["id"] for row in record.documents]
        assert sorted(map(str, remake(record))) == sorted(ids)
        pdf = next(row for row in record.documents if row["file"] == "e.pdf")
    assert pdf["pages"] == [{"page": 1, "start": 0, "end": 13}]
    assert pdf["losses"] == ["1 of 2 pages have no text layer"]


def test_a_manifest_speaks_of_containers_and_of_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(make_zip({"a.txt": b"They met.", "b.txt": b"They parted."}))
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("file,publisher,title\nx.zip,The Gazette,\nx.zip/b.txt,,An end\n", "utf-8")
    assert not build([tmp_path / "x.zip"], tmp_path / "r.db", manifest=manifest).problems
    with open_record(tmp_path / "r.db") as record:
        found = {row["file"]: (row["publisher"], row["title"]) for row in record.documents}
    assert found["x.zip/b.txt"] == ("The Gazette", "An end")
    assert found["x.zip/a.txt"][0] == "The Gazette"


def test_items_that_do_not_add_up_are_a_bug() -> None:
    intake = Intake(seen=1)
    with pytest.raises(CommuniqueError, match="do not add up"):
        intake.count()
    intake.todo.append((make_document("They met."), ""))
    assert intake.count() == (1, 1, 0, 0, 0, 0)


# --- own hostile inputs: none stops the others

HOSTILE = {
    "bomb.zip": make_zip({"a.txt": b" " * 5_000_000}),
    "cut.warc.gz": pack(make_record("https://news.example/1")) + pack(make_record("https://news.example/2"))[:-40],
    "deep.html": b"<html><body>" + b"<div>" * 50_000 + TALKS.encode(),
    "deep.jsonl": b"[" * 100_000,
    "attributes.html": b"<html><p " + b" ".join(b"a%d=1" % number for number in range(5_000)) + b">x</p></html>",
    "laughs.rss": b'<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>' + make_feed(make_item("&b;")),
    "head.eml": b"X-A: b\r\n" * 20_000 + b"\r\n" + TALKS.encode(),
    "binary.txt": bytes(range(256)) * 64,
    "empty.txt": b"",
    "run.txt": b"x" * 200_000,
    "no_article.html": b"<html><body><nav>" + b"<a href=/>Home</a>" * 50 + b"</nav></body></html>",
    "encrypted.pdf": make_pdf(TALKS).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 3 0 R"),
}


def test_hostile_inputs_cost_themselves_only(tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    (folder / "good.txt").write_bytes(TALKS.encode())
    report = build([folder], tmp_path / "r.db")
    assert report.seen == report.read + report.partial + report.refused + report.copies
    told = {problem.subject.split("/")[0] for problem in report.problems}
    with open_record(tmp_path / "r.db") as record:
        assert verify(record).findings == ()
        read = {row["file"]: row["losses"] for row in record.documents}
        told |= {row["file"].split("/")[0] for row in record.documents if row["losses"]}
    assert read["good.txt"] == []
    assert set(HOSTILE) - {"run.txt"} <= told


# --- the command line


def run(*arguments: object) -> int:
    return cli.run([str(argument) for argument in arguments])


def test_problems_lists_what_was_not_read(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build([inbox], tmp_path / "r.db")
    assert run("problems", tmp_path / "r.db") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].endswith("12 seen = 6 read, 1 partial, 3 refused, 2 duplicate")
    assert sum(line.startswith("refused  ") for line in lines) == 3
    assert all(";" in line for line in lines[:-1]), "each with what to do"
    assert run("problems", tmp_path / "r.db", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (
        told["seen"] == len(told["inputs"]) == sum(told[name] for name in ("read", "partial", "refused", "duplicate"))
    )


def test_add_asks_before_it_uses_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetch(url: str) -> Fetched:
        asked.append(url)
        return Fetched("news.example/1.html", url, PAGE.encode())

    monkeypatch.setattr(adding, "fetch", fetch)
    assert run("add", "https://news.example/1", "--record", tmp_path / "r.db") == 2
    assert asked == []
    assert run("add", "--fetch", "https://news.example/1", "--record", tmp_path / "r.db") == 0
    with open_record(tmp_path / "r.db") as record:
        (document,) = record.documents
    assert (document["file"], document["url"]) == ("news.example/1.html", "https://news.example/1")


def test_add_refuses_what_is_not_public(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", "--fetch", "http://127.0.0.1/", "file:///etc/hostname", "--record", tmp_path / "r.db") == 3
    assert "no public address" in capsys.readouterr().err
    assert not (tmp_path / "r.db").exists()


def test_watch_builds_what_two_looks_find_the_same(inbox: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    assert run("watch", inbox, "--record", record, "--times", 1, "--every", 0.1) == 0
    assert not record.exists()
    assert run("watch", inbox, "--record", record, "--times", 3, "--every", 0.1) == 3
    with open_record(record) as opened:
        assert len(opened.documents) == 7


def test_what_comes_from_outside_cannot_command_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "\x1b[2J\u202e.png").write_bytes(b"x")
    assert run("build", tmp_path, "--record", tmp_path / "r.db") == 3
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert "\u202e" not in told.out + told.err


# --- languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Minister trafen sich am Dienstag in Tallinn und einigten sich darauf, sich im Herbst wieder zu treffen, "
         "sagte eine Sprecherin nach dem Treffen vor der Presse.", "de"),
        ("Les ministres se sont rencontrés mardi à Tallinn et sont convenus de se revoir à l’automne, a déclaré une "
         "porte-parole devant la presse après la réunion de travail.", "fr"),
        ("Министры встретились", "ru"),
        ("部长们星期二在塔林会晤", "zh"),
        ((TALKS + " ") * 3, "en"),
        ("Talks in Tallinn", None),
        ("x" * 5_000, None),
    ],
)  # fmt: skip
def test_the_language_of_a_text_is_found(text: str, language: str | None) -> None:
    assert find_language(text) == language
    assert is_english(text) == (language in ("en", None))
