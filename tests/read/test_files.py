"""Files and folders into the list of what is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from communique.errors import ReadError
from communique.read import find_files, read_file
from communique.read.files import SourceFile, read_content


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("They met in Lisbon.", "utf-8")


def names_in(*paths: Path) -> list[str]:
    return [source.name for source in find_files(paths)[0]]


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/B.HTML", "c.htm", "a.text", "d/e/f.txt")
    assert names_in(tmp_path) == ["a.text", "b.txt", "c.htm", "a/B.HTML", "a/z.md", "d/e/f.txt"]


def test_a_file_that_is_given_has_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, "sub/a.txt", ".hidden.txt")
    assert names_in(tmp_path / "sub" / "a.txt", tmp_path / ".hidden.txt") == ["a.txt", ".hidden.txt"]


def test_a_file_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    assert names_in(tmp_path / "a.txt", tmp_path, tmp_path / "a.txt") == ["a.txt"]


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ".hidden.txt", ".git/b.txt")
    files, problems = find_files([tmp_path])
    assert [source.name for source in files] == ["a.txt"]
    assert not problems


def test_nothing_else_is_passed_over_in_silence(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.png", "sub/c", "communique.db")
    files, problems = find_files([tmp_path, tmp_path / "missing.txt"], besides=[tmp_path / "communique.db"])
    assert [source.name for source in files] == ["a.txt"]
    assert [problem.subject for problem in problems] == ["b.png", "sub/c", "missing.txt"]
    assert all(problem.stage == "read" and problem.reason and problem.next_step for problem in problems)


def test_a_folder_without_reports_is_a_problem(tmp_path: Path) -> None:
    files, problems = find_files([tmp_path])
    assert not files
    assert [problem.reason for problem in problems] == ["no reports in this folder"]


def test_links_neither_loop_nor_lead_out(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    write(inside, "a.txt")
    write(outside, "secret.txt")
    (inside / "again.txt").symlink_to("a.txt")
    (inside / "loop").symlink_to("..")
    (inside / "out.txt").symlink_to(outside / "secret.txt")
    (inside / "self.txt").symlink_to("self.txt")
    files, problems = find_files([inside])
    assert [source.name for source in files] == ["a.txt"]
    assert sorted(problem.subject for problem in problems) == ["loop", "out.txt", "self.txt"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    files, problems = find_files([tmp_path])
    assert not files
    assert problems[0].reason == "is no ordinary file"


def test_names_can_be_stored_whatever_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.txt")
    path.write_text("They met in Lisbon.", "utf-8")
    (name,) = names_in(tmp_path)
    assert name == "\ufffd.txt"


def test_a_file_that_is_too_large_or_gone_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    with pytest.raises(ReadError, match=r"a\.txt is larger than"):
        read_content(SourceFile(tmp_path / "a.txt", "a.txt"), 10)
    with pytest.raises(ReadError, match=r"b\.txt cannot be opened"):
        read_file(SourceFile(tmp_path / "b.txt", "b.txt"))
