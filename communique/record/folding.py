"""What the decisions in force make of one row: a pure function of the row as the machine has it and of the log.

`settle_row` gives the row as it is shown, its state, and what does not fit.

A verdict holds for what the row said when it was given: where the row says something else now, it is *stale*, never
accepted or rejected in silence. An edit holds whatever the machine says, and is listed where the machine now says
something else than what was corrected. What a decision names is looked up by `anchors.Finder`; what is gone changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from communique.codec import from_plain, get_fields, to_plain
from communique.link.assemble import find_state
from communique.link.decisions import EDITS, VERDICTS, makes_row
from communique.link.measure_dates import Days
from communique.link.measures import check_orders
from communique.link.plover import find_code
from communique.link.shape import NEXT_STEP, get_anchor
from communique.model import (
    Action,
    Anchor,
    Decision,
    Engagement,
    Entity,
    Measure,
    OrderCheck,
    Problem,
    Review,
    Role,
    When,
    problem,
)
from communique.record.anchors import claim_of, digest_claim
from communique.record.rows import TABLES, Row, explain_false, find_evidence

STAGE = "decide"
CHANGED = "the row does not say any more what it said when this was decided"
GONE = "the row is not there any more, and nothing else stands on its words alone"
OVERTAKEN = "the machine now has {field!r} as something else than what this corrected; the correction holds"
LOST = "it names {id}, which is not there any more"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What decisions make of a row: a row of the table ``reviews``."""

    noun: str
    row: str
    state: Review
    decision: str  # the last one on the row
    machine: Row | None  # the row without decisions, where they change it


@dataclass(slots=True)
class Settled:
    """A row as the machine has it and as it is shown (None: there is none), and what became of the decisions on it."""

    machine: Row | None
    row: Row | None
    reviewed: Reviewed | None = None
    problems: list[Problem] = field(default_factory=list)


class Lookup(Protocol):
    """What finds the rows that decisions name; see `anchors.Finder`."""

    def find(self, anchor: Anchor) -> str | None: ...

    def has(self, noun: str, id: str) -> bool: ...

    def get_machine(self, noun: str, id: str) -> Row | None: ...


def miss(decision: Decision, reason: str) -> Problem:
    """A decision that does not fit any more, as a problem whose subject it is."""
    return problem(decision.id, STAGE, reason, NEXT_STEP)


def settle_row(
    noun: str, machine: Row | None, decisions: Sequence[Decision], finder: Lookup, texts: Mapping[str, str]
) -> Settled:
    """One row, decided on.

    Args:
        noun: Its table.
        machine: The row as the machine has it; None where a person made it.
        decisions: Those in force that are about it, by number.
        finder: To find other rows that they name.
        texts: Of the documents on which they stand.
    """
    settled = Settled(machine, dict(machine) if machine is not None else None)
    state: Review | None = None
    for decision in decisions:
        found = _apply(noun, settled, decision, finder, texts)
        state = found or state
    if settled.row is not None and state is not None:
        changed = _forget_order(machine) if machine is not None and machine != settled.row else None
        settled.reviewed = Reviewed(noun, settled.row["id"], state, decisions[-1].id, changed)
    return settled


def _forget_order(row: Row) -> Row:
    """Of a measure: whether it comes after what it answers follows from both rows, and is found out again."""
    return {**row, "order_check": OrderCheck.UNKNOWN.value} if "order_check" in row else row


def check_measures(rows: list[Row], documents: Iterable[Row]) -> list[Row]:
    """All measures, with ``order_check`` as their days are now; ``documents`` hold those of their reports."""
    published = {row["id"]: from_plain(When, row["published"]) if row["published"] else None for row in documents}
    checked = check_orders([from_plain(Measure, row) for row in rows], Days(published, {}))
    return [{**row, "order_check": measure.order_check.value} for row, measure in zip(rows, checked, strict=True)]


def _apply(noun: str, settled: Settled, decision: Decision, finder: Lookup, texts: Mapping[str, str]) -> Review | None:
    """Applies one decision to ``settled.row``, and gives the state that it leads to; None where it leads to none."""
    if makes_row(decision):
        settled.row = _create(noun, settled, decision, finder, texts)
        return Review.ACCEPTED
    row = settled.row
    if row is None:
        settled.problems.append(miss(decision, GONE))
        return None
    if decision.action in EDITS:
        return _edit(noun, settled, row, decision, finder, texts)
    if decision.action in VERDICTS:
        claim = get_anchor(decision, decision.subject).claim
        if claim == digest_claim(noun, row):
            return VERDICTS[decision.action]
        settled.problems.append(miss(decision, CHANGED))
        return Review.STALE
    return Review.EDITED if decision.action in (Action.MERGE, Action.SPLIT) else None


def _edit(
    noun: str,
    settled: Settled,
    row: Row,
    decision: Decision,
    finder: Lookup,
    texts: Mapping[str, str],
) -> Review:
    found, lost = _rename(decision.after, decision, finder)
    reason = LOST.format(id=lost) if lost else _explain_misfit(decision.noun, {**row, **found}, found, texts)
    if reason:
        settled.problems.append(miss(decision, reason))
        return Review.STALE
    for name, value in found.items():
        now = settled.machine[name] if settled.machine is not None else None
        # Nobody corrected this before, and the machine has come to something else than what was corrected.
        if now is not None and row[name] == now:
            before, _ = _rename(decision.before[name], decision, finder)
            if claim_of(now) != claim_of(before):
                settled.problems.append(miss(decision, OVERTAKEN.format(field=name)))
        row[name] = value
    for name in ("status", "resolution"):
        reason = f"{name}_reason"
        if name in found and reason in row and reason not in found:  # what the machine said holds for its own value
            row[reason] = decision.why
    if noun == "engagements":
        row["plover"] = _find_code(row, finder)
    return Review.EDITED


def _find_code(row: Row, finder: Lookup) -> Row:
    """The code of an engagement whose kind, status or participants may be other ones now."""
    engagement = from_plain(Engagement, row)
    present = [p.entity for p in engagement.participants if p.entity and p.role is not Role.ABSENT]
    entities = [from_plain(Entity, entity) for id in present if (entity := finder.get_machine("entities", id))]
    n_states = len({find_state(entity) for entity in entities} - {None})
    return cast("Row", to_plain(find_code(engagement.kind, engagement.status, engagement.participants, n_states)))


def _create(noun: str, settled: Settled, decision: Decision, finder: Lookup, texts: Mapping[str, str]) -> Row | None:
    row, lost = _rename(decision.after["row"], decision, finder)
    reason = LOST.format(id=lost) if lost else _explain_misfit(noun, row, row, texts)
    if reason:
        settled.problems.append(miss(decision, reason))
        return None
    # Through the noun's class, so that a field that is newer than the decision gets its default.
    return cast("Row", to_plain(from_plain(TABLES[noun], row)))


def _explain_misfit(noun: str, row: Row, found: Row, texts: Mapping[str, str]) -> str:
    """Why a row cannot be as a decision has it; empty where it can. ``found``: the fields that the decision gives."""
    document = row["id"] if noun == "documents" else row.get("document")
    for cited in find_evidence({"document": document, **found}):
        if reason := explain_false(cited, texts):
            return reason
    if noun in TABLES:
        hints = dict(get_fields(TABLES[noun]))
        try:
            for name, value in found.items():
                from_plain(cast("type[object]", hints[name]), value)
        except (TypeError, KeyError, ValueError) as error:
            return f"this version has no such field or value: {error}"
    return ""


def _rename(value: Any, decision: Decision, finder: Lookup) -> tuple[Any, str | None]:
    """A value with the ids that rows have now, and the first id that is gone (None: all are there)."""
    ids = {anchor.id: finder.find(anchor) for anchor in decision.anchors if anchor.id != decision.subject}
    gone: list[str] = []

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(member) for member in value]
        if isinstance(value, dict):
            return {name: walk(member) for name, member in value.items()}
        if isinstance(value, str) and value in ids:
            if ids[value] is None:
                gone.append(value)
            return ids[value]
        return value

    walked = walk(value)
    return walked, gone[0] if gone else None
