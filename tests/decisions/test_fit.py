"""Decisions outlast a rebuild, new reports, newer rules; what no longer fits is told, and not applied in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from communique.decisions import check_fit, history, undo
from communique.model import Action, Annotations, EngagementKind, Reading, TimeExpression, TimeType
from communique.record.reader import open_record
from communique.record.verify import verify
from communique.record.writer import Run
from tests.decisions.conftest import act, build, dump, find, make_readings, named, rows
from tests.link.build import Report

NEWER = Run("99.0", "no model", "other tables")


def renew(path: Path, change: Callable[[Annotations], Annotations], more: list[Reading] | None = None) -> None:
    """A newer version of the rules reads everything again, and says something else."""
    readings = [replace(reading, annotations=change(reading.annotations)) for reading in make_readings()]
    build(path, [*readings, *(more or [])], NEWER)
    with open_record(path) as record:
        proof = verify(record)
        assert proof.is_whole, proof.findings


def misfits(path: Path) -> dict[str, str]:
    with open_record(path) as record:
        return {problem.subject: problem.reason for problem in check_fit(record)}


def test_all_is_kept_by_a_rebuild(path: Path) -> None:
    act(path, Action.ACCEPT, find(path, "statements", "reopen")["id"])
    act(path, Action.EDIT, find(path, "commitments", "reopen")["id"], status="kept")
    act(path, Action.MERGE, named(path, "Ana Ruiz")["id"], others=[named(path, "Anna Ruiz-Vega")["id"]])
    act(path, Action.EDIT, find(path, "documents", "third.txt")["id"], published="2024-05-10")
    before = dump(path)
    build(path, run=NEWER)
    assert dump(path, "documents") == {noun: rows for noun, rows in before.items() if noun != "documents"}
    assert misfits(path) == {}
    with open_record(path) as record:
        assert len(history(record)) == 4


def test_a_row_with_another_id_is_found_by_its_words(path: Path) -> None:
    row = find(path, "commitments", "reopen")
    edit = act(path, Action.EDIT, row["id"], status="kept")

    def change(found: Annotations) -> Annotations:
        return replace(found, commitments=tuple(replace(c, id="cmt-renamed") for c in found.commitments))

    renew(path, change)
    found = find(path, "commitments", "reopen")
    assert (found["id"], found["status"], found["review"]) == ("cmt-renamed", "kept", "edited")
    assert misfits(path) == {}
    with open_record(path) as record:
        assert [entry.decision.id for entry in history(record, "cmt-renamed")] == [edit.id]
    act(path, Action.ACCEPT, "cmt-renamed")
    assert find(path, "commitments", "reopen")["review"] == "accepted"
    with open_record(path) as record:
        assert verify(record).is_whole


def test_a_verdict_on_what_the_row_no_longer_says_is_stale(path: Path) -> None:
    row = find(path, "commitments", "reopen")
    verdict = act(path, Action.REJECT, row["id"], why="nobody promised that")
    renew(
        path,
        lambda found: replace(found, commitments=tuple(replace(c, what="open a school") for c in found.commitments)),
    )
    assert find(path, "commitments", "open a school")["review"] == "stale"
    assert misfits(path) == {verdict.id: "the row does not say any more what it said when this was decided"}
    act(path, Action.ACCEPT, row["id"])
    assert find(path, "commitments", "open a school")["review"] == "accepted"


def test_a_correction_holds_and_is_listed_where_the_machine_changed_its_mind(path: Path) -> None:
    edit = act(path, Action.EDIT, find(path, "commitments", "reopen")["id"], condition="once ratified", due="2024-06")
    renew(
        path,
        lambda found: replace(found, commitments=tuple(replace(c, condition="if paid") for c in found.commitments)),
    )
    found = find(path, "commitments", "reopen")
    assert (found["condition"], found["due"]["edtf"], found["review"]) == ("once ratified", "2024-06", "edited")
    # The machine had no condition at all when that was corrected.
    assert "the machine now has 'condition' as something else" in misfits(path)[edit.id]


def test_what_is_gone_is_told_and_comes_back_with_the_row(path: Path) -> None:
    verdict = act(path, Action.ACCEPT, find(path, "commitments", "reopen")["id"])
    linked = act(
        path, Action.LINK, find(path, "statements", "reopen")["id"], to=find(path, "engagements", "dine")["id"]
    )
    renew(path, lambda found: replace(found, commitments=(), events=found.events[:1]))
    reasons = misfits(path)
    assert "the row is not there any more" in reasons[verdict.id]
    assert "it names eng-" in reasons[linked.id]
    assert find(path, "statements", "reopen")["review"] == "stale"
    build(path)
    assert misfits(path) == {}
    assert find(path, "commitments", "reopen")["review"] == "accepted"


def test_a_merge_holds_for_reports_that_come_later(path: Path) -> None:
    kept = named(path, "Ana Ruiz")["id"]
    act(path, Action.MERGE, kept, others=[named(path, "Anna Ruiz-Vega")["id"]])
    report = Report("Anna Ruiz-Vega met Carl Lind in Bergen on 2 June 2024.", "2024-06-03", "fourth.txt")
    report.knows("Anna Ruiz-Vega").knows("Carl Lind")
    report.tells(
        "Anna Ruiz-Vega met Carl Lind", EngagementKind.MEETING, "Anna Ruiz-Vega", "Carl Lind", day="2024-06-02"
    )
    renew(path, lambda found: found, [report.read()])
    assert kept in [who["entity"] for who in find(path, "engagements", "2024-06-02")["participants"]]
    assert "Anna Ruiz-Vega" not in [row["name"] for row in rows(path, "entities") if row["id"] != kept]


def test_two_that_are_not_the_same_are_kept_apart_by_newer_rules(path: Path) -> None:
    ruiz, vega = named(path, "Ana Ruiz")["id"], named(path, "Anna Ruiz-Vega")["id"]
    apart = act(path, Action.DISTINCT, ruiz, other=vega)

    def change(found: Annotations) -> Annotations:
        names = {"Anna Ruiz-Vega": "Ana Ruiz"}
        return replace(
            found,
            referents=tuple(
                replace(r, name=names.get(r.name, r.name), names=(names.get(r.name, r.name),)) for r in found.referents
            ),
        )

    renew(path, change)
    measure, statement = find(path, "measures", "grain"), find(path, "statements", "reopen")
    assert measure["actor"]["entity"] != statement["source"]["entity"]
    assert misfits(path) == {}
    with open_record(path) as record:
        assert verify(record).is_whole
    # Without it the newer rules hold them to be one.
    build(path)
    undo(path, apart.id, "Kim")
    renew(path, change)
    assert find(path, "measures", "grain")["actor"]["entity"] == find(path, "statements", "reopen")["source"]["entity"]


def test_a_split_whose_words_are_gone_is_told(path: Path) -> None:
    vega = named(path, "Anna Ruiz-Vega")
    split = act(path, Action.SPLIT, vega["id"], take=[vega["mentions"][0]])
    accepted = act(path, Action.ACCEPT, split.after["new"])
    renew(path, lambda found: replace(found, mentions=tuple(m for m in found.mentions if m.quote != "Ruiz-Vega")))
    assert set(misfits(path)) == {split.id, accepted.id}
    assert named(path, "Anna Ruiz-Vega")["review"] == "proposed"


def test_a_day_set_for_an_undated_report_dates_what_it_tells(path: Path) -> None:
    report = Report("Ben Okafor met Ida Moe in Bergen last month.", None, "fifth.txt")
    report.knows("Ben Okafor").knows("Ida Moe")
    event = report.tells(
        "Ben Okafor met Ida Moe", EngagementKind.MEETING, "Ben Okafor", "Ida Moe", place="Bergen", when="2024-05"
    )
    words = report.document.evidence(33, 43)
    assert words.quote == "last month"
    report.events[0] = replace(event, assertions=(replace(event.assertions[0], evidence=words),))
    reading = report.read()

    time = TimeExpression(reading.document.id, 33, 43, "last month", TimeType.DATE, "XXXX-XX")
    build(path, [*make_readings(), replace(reading, annotations=replace(reading.annotations, times=(time,)))])
    assert find(path, "engagements", "Moe")["date"] is None
    act(path, Action.EDIT, reading.document.id, published="2024-06-10")
    date = find(path, "engagements", "Moe")["date"]
    assert (date["edtf"], date["basis"]) == ("2024-05", "inferred")
