"""One person decides: what a decision makes of a row, what it refuses, and that a rebuild comes to the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from communique.decisions import Draft, check_fit, decide, history, revision, undo
from communique.errors import Conflict, DecisionError, RecordError, Refused
from communique.model import Action
from communique.record.reader import open_record
from communique.record.verify import verify
from tests.decisions.conftest import act, dump, find, named, relinked, rows


def test_what_nobody_decided_on_is_a_proposal(path: Path) -> None:
    for noun in ("documents", "entities", "statements", "engagements", "commitments", "forecasts", "measures"):
        assert {row["review"] for row in rows(path, noun)} == {"proposed"}


@pytest.mark.parametrize(
    ("action", "state"), [(Action.ACCEPT, "accepted"), (Action.REJECT, "rejected"), (Action.UNSURE, "unsure")]
)
def test_a_verdict_marks_the_row_and_changes_nothing_else(path: Path, action: Action, state: str) -> None:
    row = find(path, "statements", "reopen")
    decision = act(path, action, row["id"], "Kim", "read it twice")
    assert (decision.who, decision.why, decision.number) == ("Kim", "read it twice", 1)
    assert (decision.before, decision.after) == ({"review": "proposed"}, {"review": state})
    assert find(path, "statements", "reopen") == {**row, "review": state}


def test_an_edit_sets_fields_with_who_and_what_was_before(path: Path) -> None:
    row = find(path, "commitments", "reopen")
    values = {"due": "2024-06", "status": "kept", "status_evidence": "reopen the embassy"}
    decision = act(path, Action.EDIT, row["id"], why="it did in May", **values)
    found = find(path, "commitments", "reopen")
    assert (found["status"], found["status_reason"], found["review"]) == ("kept", "it did in May", "edited")
    assert (found["due"]["edtf"], found["due"]["basis"], found["due"]["end"]) == ("2024-06", "set", "2024-06-30")
    assert found["status_evidence"][0]["quote"] == "reopen the embassy"
    assert decision.before == {"due": None, "status": "open", "status_evidence": []}


def test_a_forecast_is_resolved_and_a_statement_gets_its_speaker(path: Path) -> None:
    forecast, statement, lind = (
        find(path, "forecasts", "Norland"),
        find(path, "statements", "reopen"),
        named(path, "Carl Lind"),
    )
    act(path, Action.EDIT, forecast["id"], resolution="not borne out")
    act(path, Action.EDIT, statement["id"], source=lind["id"])
    assert find(path, "forecasts", "Norland")["resolution"] == "not borne out"
    source = find(path, "statements", "reopen")["source"]
    assert (source["name"], source["entity"], source["kind"]) == ("Carl Lind", lind["id"], "person")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"mood": "good"}, "commitments have no 'mood' to set; one can set debtors"),
        ({"due": "31 June"}, "'31 June' is no date; write a date as"),
        ({"status": "fulfilled"}, "status cannot be 'fulfilled'; it is one of: open, kept, partly kept"),
        ({"status_evidence": "the embassy reopened"}, "'the embassy reopened' is not in doc-"),
        ({"status_evidence": "Ana Ruiz"}, "stands 2 times in doc-"),
        ({"status_evidence": {"start": 3, "end": 9999}}, "no place 3:9999"),
        ({"what": ""}, "what cannot be unknown"),
        ({"status": "open"}, "says so already"),
        ({"debtors": "ent-00"}, "no row to decide on has the id 'ent-00'"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_next_step(path: Path, values: dict[str, Any], words: str) -> None:
    row, before = find(path, "commitments", "reopen"), dump(path)
    with pytest.raises(DecisionError, match=words):
        act(path, Action.EDIT, row["id"], **values)
    assert dump(path) == before
    assert rows(path, "decisions") == []


def test_a_decision_needs_a_name_and_a_row(path: Path) -> None:
    with pytest.raises(DecisionError, match="needs a name"):
        act(path, Action.ACCEPT, find(path, "statements", "reopen")["id"], "  ")
    with pytest.raises(DecisionError, match="no row to decide on"):
        act(path, Action.ACCEPT, "stm-nothing")
    with pytest.raises(RecordError, match="no record here"):
        act(path.with_name("other.db"), Action.ACCEPT, "stm-nothing")


def test_a_row_of_a_selected_passage(path: Path) -> None:
    document = find(path, "documents", "third.txt")["id"]
    made = act(path, Action.CREATE, "statements", document=document, content="The talks were long", source="Carl Lind")
    place = {"document": document, "start": 60, "end": 74}
    owed = act(path, Action.CREATE, "commitments", evidence=place, what="to talk again")
    act(path, Action.CREATE, "engagements", evidence=place, kind="call", date="2024-05")
    named_by_hand = act(path, Action.CREATE, "entities", evidence=place, kind="place").subject
    with pytest.raises(DecisionError, match="was made by a person, and is not linked"):
        act(path, Action.MERGE, rows(path, "entities")[0]["id"], others=[named_by_hand])
    row = next(row for row in rows(path, "statements") if row["id"] == made.subject)
    assert (row["content"][0]["quote"], row["part"], row["review"]) == ("The talks were long", "body", "accepted")
    assert next(row for row in rows(path, "commitments") if row["id"] == owed.subject)["what"] == "to talk again"
    with pytest.raises(DecisionError, match="needs issue and phase"):
        act(path, Action.CREATE, "agenda", evidence=place)
    with pytest.raises(DecisionError, match="needs the words that it stands on"):
        act(path, Action.CREATE, "agenda", issue="grain", phase="addressed")
    with open_record(path) as record:
        assert verify(record).is_whole, verify(record).findings
    assert relinked(path) == dump(path)


def test_links_by_field_and_by_relation(path: Path) -> None:
    statement, talks, dinner = (
        find(path, "statements", "reopen"),
        find(path, "engagements", "talks"),
        find(path, "engagements", "dine"),
    )
    act(path, Action.LINK, statement["id"], to=talks["id"], relation="at")
    made = act(path, Action.LINK, statement["id"], to=find(path, "statements", "long")["id"], relation="contradicts")
    assert find(path, "statements", "reopen")["engagement"] == talks["id"]
    row = next(row for row in rows(path, "comparisons") if row["id"] == made.subject)
    assert (row["relation"], row["about"], len(row["values"])) == ("contradicts", talks["id"], 2)
    act(path, Action.LINK, dinner["id"], to=talks["id"], relation="part of")
    with pytest.raises(DecisionError, match="there is no relation 'likes'"):
        act(path, Action.LINK, statement["id"], to=talks["id"], relation="likes")
    with pytest.raises(DecisionError, match="one of the statements, not of the engagements"):
        act(path, Action.LINK, statement["id"], to=find(path, "statements", "long")["id"], relation="at")
    assert relinked(path) == dump(path)


def test_facts_of_a_document(path: Path) -> None:
    document = find(path, "documents", "third.txt")
    assert document["published"] is None
    act(path, Action.EDIT, document["id"], publisher="The Harbour Post", published="2024-05-10")
    found = find(path, "documents", "third.txt")
    assert (found["publisher"], found["publisher_basis"], found["review"]) == ("The Harbour Post", "set", "edited")
    assert (found["published"]["edtf"], found["published"]["basis"]) == ("2024-05-10", "set")
    with open_record(path) as record:
        assert verify(record).is_whole, verify(record).findings
        assert record.document(document["id"]).publisher is None
    assert relinked(path) == dump(path)


def test_what_follows_from_a_field_follows_a_correction(path: Path) -> None:
    dinner = find(path, "engagements", "dine")
    assert dinner["plover"]["event"] == "CONSULT"
    edit = act(path, Action.EDIT, dinner["id"], status="planned")
    assert find(path, "engagements", "dine")["plover"]["event"] == "AGREE"
    assert relinked(path) == dump(path)
    undo(path, edit.id, "Kim")
    assert find(path, "engagements", "dine") == dinner


def test_an_answer_before_its_cause_is_flagged_when_a_day_is_corrected(path: Path) -> None:
    ban, before = find(path, "measures", "grain"), dump(path)
    place = {"document": find(path, "documents", "third.txt")["id"], "start": 60, "end": 74}
    made = act(path, Action.CREATE, "measures", evidence=place, kind="list", date="2023-01", answers=ban["id"])

    def check() -> str:
        return str(next(row for row in rows(path, "measures") if row["id"] == made.subject)["order_check"])

    assert check() == "unknown"
    wrong = act(path, Action.EDIT, ban["id"], date="2024")
    assert check() == "effect before cause"
    right = act(path, Action.EDIT, made.subject, date="2025")
    assert check() == "ok"
    assert relinked(path) == dump(path)
    for decision in (right, wrong, made):
        undo(path, decision.id, "Kim")
    assert dump(path) == before


def test_a_day_that_people_set_for_a_report_counts_for_the_order_of_measures(path: Path) -> None:
    document = find(path, "documents", "third.txt")["id"]
    act(path, Action.EDIT, document, published="2024-05-10")
    place = {"document": document, "start": 60, "end": 74}
    cause = act(path, Action.CREATE, "measures", evidence=place, kind="list", date="2025")
    answer = {"document": document, "start": 0, "end": 20}
    act(path, Action.CREATE, "measures", evidence=answer, kind="ban", answers=cause.subject)
    assert relinked(path) == dump(path)
    with open_record(path) as record:
        assert verify(record).is_whole


# --- which are one ----------------------------------------------------------------------------------


def test_merged_persons_are_one_everywhere_and_so_are_their_meetings(path: Path) -> None:
    before, ruiz, vega = dump(path), named(path, "Ana Ruiz"), named(path, "Anna Ruiz-Vega")
    assert len(rows(path, "engagements")) == 4
    merge = act(path, Action.MERGE, ruiz["id"], others=[vega["id"]])
    kept = next(row for row in rows(path, "entities") if row["id"] == ruiz["id"])
    assert (kept["review"], set(kept["names"])) == ("edited", {"Ana Ruiz", "Ruiz", "Anna Ruiz-Vega", "Ruiz-Vega"})
    assert vega["id"] not in str(dump(path, "reviews", "relocated"))
    assert find(path, "measures", "grain")["actor"]["entity"] == ruiz["id"]
    assert len(rows(path, "engagements")) == 3
    assert relinked(path) == dump(path)
    undo(path, merge.id, "Kim")
    assert dump(path) == before


def test_words_of_one_document_are_split_off(path: Path) -> None:
    before, vega = dump(path), named(path, "Anna Ruiz-Vega")
    last = max((m for m in rows(path, "mentions") if m["entity"] == vega["id"]), key=lambda m: m["start"])
    split = act(path, Action.SPLIT, vega["id"], take=[last["id"]])
    new = split.after["new"]
    taken = [m["entity"] for m in rows(path, "mentions") if m["id"] == last["id"]]
    assert taken == [new]
    assert [row["review"] for row in rows(path, "entities") if row["id"] in (new, vega["id"])] == ["edited", "edited"]
    with open_record(path) as record:
        assert verify(record).is_whole, verify(record).findings
    assert relinked(path) == dump(path)
    with pytest.raises(DecisionError, match="all of the words"):
        act(path, Action.SPLIT, new, take=[last["id"]])
    undo(path, split.id, "Kim")
    assert dump(path) == before


def test_meetings_are_merged_split_and_kept_apart(path: Path) -> None:
    before, dinner, talks = dump(path), find(path, "engagements", "dine"), find(path, "engagements", "talks")
    merge = act(path, Action.MERGE, dinner["id"], others=[talks["id"]])
    kept = next(row for row in rows(path, "engagements") if row["id"] == dinner["id"])
    assert len(kept["accounts"]) == 2
    assert find(path, "statements", "long")["engagement"] == dinner["id"]
    split = act(path, Action.SPLIT, dinner["id"], take=[find(path, "documents", "third.txt")["id"]])
    assert find(path, "statements", "long")["engagement"] == split.after["new"]
    assert relinked(path) == dump(path)
    with pytest.raises(Refused, match=f"rests on {merge.id}; undo {split.id} first") as refused:
        undo(path, merge.id, "Lee")
    assert refused.value.decision == split.id
    undo(path, split.id, "Lee")
    undo(path, merge.id, "Lee")
    assert dump(path) == before
    apart = act(path, Action.DISTINCT, dinner["id"], other=talks["id"])
    with pytest.raises(Refused, match="not the same"):
        act(path, Action.MERGE, dinner["id"], others=[talks["id"]])
    undo(path, apart.id, "Lee")
    assert dump(path) == before


def test_what_was_split_off_can_be_merged_into_another(path: Path) -> None:
    before, dinner, talks = dump(path), find(path, "engagements", "dine"), find(path, "engagements", "talks")
    act(path, Action.MERGE, dinner["id"], others=[talks["id"]])
    split = act(path, Action.SPLIT, dinner["id"], take=[find(path, "documents", "third.txt")["id"]])
    other = find(path, "engagements", "Ruiz and Okafor meet")["id"]
    act(path, Action.MERGE, other, others=[split.after["new"]])
    with open_record(path) as record:
        assert verify(record).is_whole, verify(record).findings
        assert check_fit(record) == []
        log = [entry.decision.id for entry in history(record)]
    assert relinked(path) == dump(path)
    for id in reversed(log):
        undo(path, id, "Kim")
    assert dump(path) == before


def test_what_was_decided_on_a_merged_row_rests_until_the_merge_is_undone(path: Path) -> None:
    vega = named(path, "Anna Ruiz-Vega")
    act(path, Action.ACCEPT, vega["id"])
    before = dump(path)
    merge = act(path, Action.MERGE, named(path, "Ana Ruiz")["id"], others=[vega["id"]])
    with open_record(path) as record:
        assert check_fit(record) == []
    undo(path, merge.id, "Kim")
    assert dump(path) == before
    assert named(path, "Anna Ruiz-Vega")["review"] == "accepted"


# --- undo -------------------------------------------------------------------------------------------


def test_any_decision_is_undone_unless_one_in_force_rests_on_it(path: Path) -> None:
    row, before = find(path, "commitments", "reopen"), dump(path)
    first = act(path, Action.EDIT, row["id"], status="kept")
    other = act(path, Action.EDIT, row["id"], "Lee", due="2024")
    later = act(path, Action.EDIT, row["id"], "Lee", status="not kept")
    undo(path, other.id, "Kim")
    assert find(path, "commitments", "reopen")["due"] is None
    with pytest.raises(Refused, match=f"Lee's edit of {row['id']} \\({later.id}\\) rests on {first.id}"):
        undo(path, first.id, "Kim")
    undo(path, later.id, "Kim")
    taken = undo(path, first.id, "Kim")
    assert dump(path) == before
    with pytest.raises(Refused, match=f"undone already, by Kim \\({taken.id}\\)"):
        undo(path, first.id, "Kim")
    undo(path, taken.id, "Kim")
    assert find(path, "commitments", "reopen")["status"] == "kept"
    with open_record(path) as record:
        entries = history(record, row["id"])
        assert [entry.undone_by for entry in entries].count(None) == 2 + 2
        assert verify(record).is_whole


def test_what_rests_on_an_undone_decision_is_not_put_back(path: Path) -> None:
    place = {"document": find(path, "documents", "third.txt")["id"], "start": 60, "end": 74}
    made = act(path, Action.CREATE, "commitments", evidence=place)
    accepted = act(path, Action.UNSURE, made.subject)
    with pytest.raises(Refused, match="rests on"):
        undo(path, made.id, "Kim")
    taken = undo(path, accepted.id, "Kim")
    undo(path, made.id, "Kim")
    assert made.subject not in str(rows(path, "commitments"))
    with pytest.raises(Refused, match=f"rests on {made.id}, by Kim, which is undone"):
        undo(path, taken.id, "Kim")


# --- two people -------------------------------------------------------------------------------------


def test_the_second_writer_of_a_row_gets_both_versions(path: Path) -> None:
    row = find(path, "commitments", "reopen")
    with open_record(path) as record:
        seen = revision(record, row["id"])
    decide(path, Draft(Action.EDIT, row["id"], {"status": "kept"}), "Kim", seen=seen)
    with pytest.raises(Conflict, match="Kim decided on it") as conflict:
        decide(path, Draft(Action.EDIT, row["id"], {"status": "not kept"}), "Lee", seen=seen)
    assert (conflict.value.theirs["status"], conflict.value.mine["status"]) == ("kept", "not kept")
    assert len(rows(path, "decisions")) == 1
    decide(path, Draft(Action.EDIT, row["id"], {"status": "not kept"}), "Lee", seen=conflict.value.revision)
    assert find(path, "commitments", "reopen")["status"] == "not kept"
