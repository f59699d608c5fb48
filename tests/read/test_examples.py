"""The example reports are read as their README says."""

from __future__ import annotations

from pathlib import Path

from communique.model import Document, PartKind
from communique.read import find_files, read_file

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def read_examples() -> dict[str, Document]:
    files, problems = find_files([EXAMPLES / "reports"])
    assert not problems
    return {source.name[:2]: read_file(source) for source in files}


def test_every_report_is_named_in_the_readme() -> None:
    readme = (EXAMPLES / "README.md").read_text("utf-8")
    assert all(document.file in readme for document in read_examples().values())
    assert all(path.name in readme for path in (EXAMPLES / "more").iterdir())


def test_publishers_and_days() -> None:
    found = {
        number: (document.publisher and document.publisher.value, document.published and document.published.edtf)
        for number, document in read_examples().items()
    }
    assert found == {
        "01": ("The Harbour Courier", "2013-05-06"),
        "02": ("The Harbour Courier", "2013-05-08"),
        "03": (None, "2013-05-10"),
        "04": ("The Lantern Post", None),
        "05": (None, None),
        "06": (None, "2013-05-11"),
        "07": ("Tidewater Herald", "2015-05-13"),
        "08": ("Pinewood Gazette", "2015-05-13"),
        "09": ("The Northern Ledger", "2015-12-16"),
        "10": (None, "2016-03-28"),
        "11": ("The Harbour Courier", "2016-03-25"),
    }


def test_parts() -> None:
    found = {number: [part.part.value for part in document.parts] for number, document in read_examples().items()}
    assert found["04"] == ["notice", "title", "caption", "caption", "dateline", "body", "notice"]
    assert found["05"] == ["title", "body"]
    assert found["06"] == ["title", "byline", "caption", "body", "notice", "comment", "comment", "notice"]
    assert found["09"] == ["title", "byline", "caption", "body", "comment"]
    assert found["10"] == ["title", "byline", "title", "body", "notice"]


def test_two_papers_print_one_text() -> None:
    first, second = (
        [
            " ".join(document.text[part.start : part.end].split())
            for part in document.parts
            if part.part is PartKind.BODY
        ]
        for number, document in read_examples().items()
        if number in ("07", "08")
    )
    assert first == second
