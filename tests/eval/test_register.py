"""The register test's own parts: which remarks are a clean list of persons, what a sentence says, what is right."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from eval.register.__main__ import main, write_reports
from eval.register.judge import judge
from eval.register.remarks import parse_remarks
from eval.register.sentences import MORE_DAYS, ONE_DAY, Report, Trip, read_trip, write_report

ROW = {
    "role": "secretary",
    "name": "Ada (Adelheid) Maria Holm",
    "start": "2014-03-04",
    "end": "2014-03-04",
    "country": "Norway",
    "locality": "Oslo",
    "remarks": "Met with Prime Minister Erik Berg and Foreign Minister Lie.",
}


def make_trip(**changed: str) -> Trip:
    trip = read_trip({**ROW, **changed})
    assert trip is not None
    return trip


@pytest.mark.parametrize(
    ("remarks", "names"),
    [
        ("Met with President Berg.", ["Berg"]),
        ("Met with King Olav II, Prime Minister Erik Berg, and Foreign Minister Lie.", ["Olav II", "Erik Berg", "Lie"]),
        ("Met with President Berg and Swedish Foreign Minister Ek; gave a speech.", ["Berg", "Ek"]),
        ("Met with UN Secretary-General Moe.", ["Moe"]),
        ("Met with Crown Prince Haakon bin Olav al-Norge.", ["Haakon bin Olav al-Norge"]),
    ],
)
def test_a_clean_list_of_persons_is_taken_apart(remarks: str, names: list[str]) -> None:
    assert [person.name for person in parse_remarks(remarks)] == names


@pytest.mark.parametrize(
    "remarks",
    [
        "Met with senior Norwegian officials.",
        "Met with President Berg and senior Norwegian officials.",
        "Met with the Foreign Ministers of Norway and Sweden.",
        "Met with Prime Minister Berg and addressed the parliament.",
        "Met with Erik Berg.",
        "Met with Deputy Prime Minister and Foreign Minister Lie.",
        "Met with President Dr. Erik Berg.",
        "Met with President Berg and Foreign Minister Berg.",
        "Attended a conference. Met with President Berg.",
    ],
)
def test_other_remarks_are_left_out(remarks: str) -> None:
    assert parse_remarks(remarks) == ()


@pytest.mark.parametrize(
    "changed", [{"locality": "Oslo, Bergen"}, {"locality": "Oslo (old town)"}, {"end": "2014-03-30"}, {"remarks": ""}]
)
def test_a_trip_has_one_place_and_a_few_days(changed: dict[str, str]) -> None:
    assert read_trip({**ROW, **changed}) is None


@pytest.mark.parametrize("number", range(len(ONE_DAY)))
def test_a_sentence_tells_its_fields(number: int) -> None:
    text = write_report(make_trip(), number, Random(1)).text
    for words in ("Holm", "Erik Berg", "Lie"):
        assert words in text
    assert "Oslo" in text or "OSLO" in text
    assert "March 4" in text or "4 March" in text or "Tuesday" in text
    assert text.endswith(".")


@pytest.mark.parametrize("number", range(len(MORE_DAYS)))
def test_a_sentence_of_several_days_tells_the_first_and_the_last(number: int) -> None:
    text = write_report(make_trip(end="2014-03-06"), number, Random(1)).text
    assert "4" in text
    assert "6" in text
    assert "2014" in text


def test_there_are_as_many_shapes_as_asked_for() -> None:
    assert len({shape.__name__ for shape in (*ONE_DAY, *MORE_DAYS)}) >= 12


# --- what counts as right

REPORT = Report("shape", "text", date(2014, 3, 5), make_trip())
ENTITIES = {
    "ent-1": {"kind": "person", "names": ["Ada Holm", "Holm"]},
    "ent-2": {"kind": "person", "names": ["Erik Berg"]},
    "ent-3": {"kind": "person", "names": ["Jan Lie", "Lie"]},
    "ent-4": {"kind": "person", "names": ["Nils Moe"]},
    "ent-5": {"kind": "government", "names": ["Norway"]},
    "ent-6": {"kind": "place", "names": ["Christiania", "Oslo"]},
}


def meeting(*people: str, day: str | None = "2014-03-04", place: str | None = "Oslo", **more: Any) -> dict[str, Any]:
    return {
        "id": "eng-1",
        "kind": "meeting",
        "status": "happened",
        "parent": None,
        "date": {"edtf": day, "start": day, "end": day} if day else None,
        "place": {"name": place, "entity": "ent-6" if place == "Christiania" else None} if place else None,
        "participants": [{"entity": id, "name": ENTITIES[id]["names"][0], "role": "participant"} for id in people],
        **more,
    }


def test_all_is_right_when_day_place_and_persons_are() -> None:
    verdict = judge(REPORT, [meeting("ent-1", "ent-2", "ent-3", "ent-5", place="Christiania")], ENTITIES)
    assert verdict.right
    assert verdict.n_found == 2


@pytest.mark.parametrize("people", [("ent-1", "ent-2"), ("ent-2", "ent-3"), ("ent-1", "ent-2", "ent-3", "ent-4")])
def test_a_person_too_few_or_too_many_is_wrong(people: tuple[str, ...]) -> None:
    verdict = judge(REPORT, [meeting(*people)], ENTITIES)
    assert (verdict.date, verdict.place, verdict.persons) == (True, True, False)


def test_another_day_or_place_is_wrong() -> None:
    verdict = judge(REPORT, [meeting("ent-1", "ent-2", "ent-3", day="2014-03-05", place="Bergen")], ENTITIES)
    assert (verdict.date, verdict.place, verdict.persons) == (False, False, True)


def test_the_visit_around_a_meeting_may_say_where_and_when() -> None:
    visit = meeting("ent-1", id="eng-2")
    talks = meeting("ent-1", "ent-2", "ent-3", day=None, place=None, parent="eng-2")
    assert judge(REPORT, [visit, talks], ENTITIES).right


def test_nothing_found_is_wrong() -> None:
    verdict = judge(REPORT, [], ENTITIES)
    assert (verdict.date, verdict.place, verdict.persons) == (False, False, False)


# --- the command


def test_it_is_skipped_where_the_register_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.csv"]) == 0
    assert capsys.readouterr().out == "skipped: the register test (nowhere.csv is not there)\n"


def test_the_same_seed_writes_the_same_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "travels.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.DictWriter(opened, list(ROW))
        rows.writeheader()
        for day in range(1, 29):
            rows.writerow({**ROW, "start": f"2014-02-{day:02}", "end": f"2014-02-{day:02}"})
        rows.writerow({**ROW, "remarks": "Met with officials."})
    first, second = (write_reports(file, 10, 5) for _ in range(2))
    assert first == second
    assert len({report.trip.start for report in first}) == 10
    assert first != write_reports(file, 10, 6)
    assert "29 trips say 'Met with'; 1 skipped" in capsys.readouterr().out
