"""Random histories of decisions: rows are always what the replayed log makes of them, and undo gives the bytes back.

``pytest --slow`` runs 500 of them, without it a few.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from communique.decisions import Draft, decide, history, undo
from communique.errors import DecisionError, Refused
from communique.model import Action, CommitmentStatus, Resolution
from communique.record.reader import open_record
from communique.record.rows import Row
from communique.record.verify import verify
from tests.decisions.conftest import build, dump, relinked, rows

PICK = st.integers(0, 11)
WORDS = st.sampled_from(
    ["Talks", "A long meeting", "Treffen in Łódź", "会谈 \N{GRINNING FACE}", "e\N{COMBINING ACUTE ACCENT}"]
)
DATES = st.sampled_from(["2024-03-03", "2024-03", "2024", "2024-03-01/2024-03-05", "unknown"])
# Ids come from the time, too, and what is drawn depends on ids.
NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
DECIDED = ("documents", "entities", "statements", "engagements", "commitments", "forecasts", "measures", "comparisons")


class Histories(RuleBasedStateMachine):
    """One record, and people who decide on it."""

    base: Path  # made once; copied for each history

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(shutil.copy(self.base, self.folder.name))
        self.before = dump(self.path)
        self.stored = 0

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        assert relinked(self.path) == dump(self.path)
        with open_record(self.path) as record:
            proof = verify(record)
            entries = history(record)
        assert proof.is_whole, proof.findings
        assert len(entries) == self.stored
        # Taken back one by one, the last first: nothing stands against that, and nothing is left.
        for entry in reversed(entries):
            if entry.decision.action is not Action.UNDO and entry.undone_by is None:
                undo(self.path, entry.decision.id, "Zoe")
        assert dump(self.path) == self.before
        self.folder.cleanup()

    # --- what people do -------------------------------------------------------------------------------

    def settle(self, action: Action, subject: str, **values: Any) -> None:
        """Decides if that can be, and sometimes takes it back at once."""
        before = dump(self.path)
        try:
            decision = decide(self.path, Draft(action, subject, values), "Kim", when=NOON)
        except (DecisionError, Refused):
            assert dump(self.path) == before
            return
        self.stored += 1
        if self.stored % 3 == 0:
            taken = undo(self.path, decision.id, "Lee", when=NOON)
            assert dump(self.path) == before
            undo(self.path, taken.id, "Lee", when=NOON)
            self.stored += 2

    def pick(self, noun: str, number: int) -> Row | None:
        found = rows(self.path, noun)
        return found[number % len(found)] if found else None

    @rule(
        action=st.sampled_from([Action.ACCEPT, Action.REJECT, Action.UNSURE]),
        noun=st.sampled_from(DECIDED),
        number=PICK,
    )
    def judge(self, action: Action, noun: str, number: int) -> None:
        if row := self.pick(noun, number):
            self.settle(action, row["id"])

    @rule(noun=st.sampled_from(["engagements", "measures"]), number=PICK, words=WORDS, day=DATES)
    def correct(self, noun: str, number: int, words: str, day: str) -> None:
        if row := self.pick(noun, number):
            self.settle(Action.EDIT, row["id"], date=day, **{"title" if noun == "engagements" else "name": words})

    @rule(number=PICK, who=PICK, place=WORDS, status=st.sampled_from(["happened", "planned", "denied"]))
    def correct_who(self, number: int, who: int, place: str, status: str) -> None:
        row, entity = self.pick("engagements", number), self.pick("entities", who)
        if row and entity:
            people = [entity["id"], {"name": "Ida Moe", "role": "host"}]
            self.settle(Action.EDIT, row["id"], participants=people, place=place, status=status)

    @rule(number=PICK, status=st.sampled_from(list(CommitmentStatus)), day=DATES, who=PICK)
    def follow_up(self, number: int, status: CommitmentStatus, day: str, who: int) -> None:
        row, entity = self.pick("commitments", number), self.pick("entities", who)
        if row and entity:
            self.settle(Action.EDIT, row["id"], status=status.value, due=day, debtors=[entity["id"]])

    @rule(number=PICK, resolution=st.sampled_from(list(Resolution)))
    def resolve(self, number: int, resolution: Resolution) -> None:
        if row := self.pick("forecasts", number):
            self.settle(Action.EDIT, row["id"], resolution=resolution.value)

    @rule(number=PICK, day=DATES, publisher=WORDS)
    def date(self, number: int, day: str, publisher: str) -> None:
        if row := self.pick("documents", number):
            self.settle(Action.EDIT, row["id"], published=day, publisher=publisher)

    @rule(
        noun=st.sampled_from(["statements", "commitments", "entities", "engagements"]),
        number=PICK,
        start=st.integers(0, 40),
    )
    def create(self, noun: str, number: int, start: int) -> None:
        if document := self.pick("documents", number):
            place = {"document": document["id"], "start": start, "end": start + 12}
            kind = {"entities": {"kind": "person"}, "engagements": {"kind": "call"}}.get(noun, {})
            self.settle(Action.CREATE, noun, evidence=place, **kind)

    @rule(number=PICK, other=PICK, day=DATES)
    def answer(self, number: int, other: int, day: str) -> None:
        """A measure that answers another one: whether it comes after that one follows from both."""
        document, cause = self.pick("documents", number), self.pick("measures", other)
        if document and cause:
            place = {"document": document["id"], "start": number, "end": number + 20}
            self.settle(Action.CREATE, "measures", evidence=place, kind="list", date=day, answers=cause["id"])

    @rule(noun=st.sampled_from(["entities", "engagements"]), one=PICK, other=PICK)
    def merge(self, noun: str, one: int, other: int) -> None:
        kept, gone = self.pick(noun, one), self.pick(noun, other)
        if kept and gone:
            self.settle(Action.MERGE, kept["id"], others=[gone["id"]])

    @rule(noun=st.sampled_from(["entities", "engagements"]), one=PICK, place=PICK)
    def split(self, noun: str, one: int, place: int) -> None:
        if row := self.pick(noun, one):
            own = row["mentions"] if noun == "entities" else row["evidence"]
            if own:
                self.settle(Action.SPLIT, row["id"], take=[own[place % len(own)]])

    @rule(noun=st.sampled_from(["entities", "engagements"]), one=PICK, other=PICK)
    def part(self, noun: str, one: int, other: int) -> None:
        first, second = self.pick(noun, one), self.pick(noun, other)
        if first and second:
            self.settle(Action.DISTINCT, first["id"], other=second["id"])

    @rule(one=PICK, other=PICK, relation=st.sampled_from(["at", "contradicts"]))
    def link(self, one: int, other: int, relation: str) -> None:
        statement, to = (
            self.pick("statements", one),
            self.pick("engagements" if relation == "at" else "statements", other),
        )
        if statement and to:
            self.settle(Action.LINK, statement["id"], to=to["id"], relation=relation)

    @precondition(lambda self: getattr(self, "stored", 0) > 0)
    @rule(number=st.integers(0, 40))
    def take_back(self, number: int) -> None:
        """Any decision, an undo too; refused only with the name of one that holds or is missing."""
        with open_record(self.path) as record:
            entries = history(record)
        before = dump(self.path)
        try:
            undo(self.path, entries[number % len(entries)].decision.id, "Lee", when=NOON)
            self.stored += 1
        except Refused as error:
            refused: Refused | None = error
        else:
            refused = None
        if refused is not None:
            assert refused.decision in {entry.decision.id for entry in entries}
            assert dump(self.path) == before

    @invariant()
    def rows_are_what_the_log_makes_of_them(self) -> None:
        if hasattr(self, "path"):
            with open_record(self.path) as record:
                assert record.find_unsettled() == []


def run(base: Path, examples: int) -> None:
    machine = type("Histories", (Histories,), {"base": base})
    quiet = settings(
        max_examples=examples,
        stateful_step_count=10,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=quiet)


def test_some_histories(tmp_path: Path) -> None:
    run(build(tmp_path / "base.db"), 8)


@pytest.mark.slow
def test_five_hundred_histories(tmp_path: Path) -> None:
    run(build(tmp_path / "base.db"), 500)
