"""What a person sets for files in a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import SettingsError
from communique.read import find_unused, read_manifest


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    return tmp_path / "manifest.csv"


def test_a_row_sets_what_it_fills(manifest: Path) -> None:
    manifest.write_text('file,published,title\na.txt,2014-03,"Fish, Again"\nsub/b.txt,,\n', "utf-8")
    rows = read_manifest(manifest)
    assert rows.facts("a.txt") == {"published": "2014-03", "title": "Fish, Again"}
    assert rows.facts("sub/b.txt") == {}
    assert rows.facts("c.txt") == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_spreadsheets_and_editors_write_it(manifest: Path, encoding: str) -> None:
    manifest.write_bytes("File, Publisher\r\n.\\sub\\ä.txt,Der Kurier\r\n\r\n".encode(encoding).replace(b".\\", b"./"))
    assert read_manifest(manifest).facts("sub/ä.txt") == {"publisher": "Der Kurier"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "line 1: no column 'file'"),
        ("name,published\na.txt,2014\n", "line 1: no column 'file'"),
        ("file;published\na.txt;2014\n", "line 1: no column 'file'"),
        ("file,outlet\na.txt,X\n", "line 1: unknown column 'outlet'"),
        ("file,title,title\na.txt,X,Y\n", "line 1: column 'title' twice"),
        ("file,published\na.txt,2014\nb.txt,4 March\n", "line 3: '4 March' is no date"),
        ("file,published\na.txt,2014\n\na.txt,2015\n", "line 4: a.txt again, first in line 2"),
        ("file,title\na.txt,Fish, Again\n", "line 2: more cells than columns"),
        ("file,title\n,Fish\n", "line 2: no file named"),
        ('file,title\na.txt,"Fish\n', "line 2: unexpected end"),
    ],
)
def test_errors_name_file_and_line(manifest: Path, text: str, reason: str) -> None:
    manifest.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        read_manifest(manifest)
    assert f"{manifest}, {reason}" in caught.value.reason
    assert caught.value.next_step


def test_a_manifest_that_cannot_be_read(manifest: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be opened"):
        read_manifest(manifest)
    manifest.write_bytes("file,title\na.txt,Zürich\n".encode("latin-1"))
    with pytest.raises(SettingsError, match="is not UTF-8"):
        read_manifest(manifest)


def test_a_row_for_a_file_that_is_not_there_is_a_problem(manifest: Path) -> None:
    manifest.write_text("file,title\na.txt,A\nb.txt,B\n", "utf-8")
    (problem,) = find_unused(read_manifest(manifest), ["a.txt"])
    assert (problem.subject, problem.stage) == ("b.txt", "read")
    assert problem.reason == "manifest.csv, line 3: this file is not among the inputs"
