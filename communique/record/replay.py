"""What the decisions in force make of rows: a pure function of the rows without them and the log.

`settle_row` is the heart: one row as the machine has it, and the decisions about it in their order, give the row as it
is shown, its state, and what does not fit. `settle` does that for all rows when layer 2 is rebuilt, `decisions.decide`
for one row when a person decides; so both come to the same.

A verdict holds for what the row said when it was given: where the row says something else now, it is *stale*, never
accepted or rejected in silence. An edit holds whatever the machine says, and is listed where the machine now says
something else than what was corrected. What a decision names is looked up by `anchors.Finder`; what is gone changes
nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from communique.codec import from_plain, get_fields, to_plain
from communique.link.decisions import EDITS, SHAPES, VERDICTS, get_new_row, makes_row
from communique.link.shape import NEXT_STEP
from communique.model import Action, Anchor, Decision, Problem, Review, problem
from communique.record.anchors import REVIEWED, Finder, claim_of, digest_claim
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
    """A row as it is shown (None: there is none), and what became of the decisions on it."""

    row: Row | None
    reviewed: Reviewed | None = None
    problems: list[Problem] = field(default_factory=list)


class Lookup(Protocol):
    """What finds the rows that decisions name; see `anchors.Finder`."""

    def find(self, anchor: Anchor) -> str | None: ...

    def has(self, noun: str, id: str) -> bool: ...


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
    settled = Settled(dict(machine) if machine is not None else None)
    state: Review | None = None
    for decision in decisions:
        found = _apply(noun, settled, machine, decision, finder, texts)
        state = found or state
    if settled.row is not None and state is not None:
        changed = machine if machine is not None and machine != settled.row else None
        settled.reviewed = Reviewed(noun, settled.row["id"], state, decisions[-1].id, changed)
    return settled


def _apply(
    noun: str, settled: Settled, machine: Row | None, decision: Decision, finder: Lookup, texts: Mapping[str, str]
) -> Review | None:
    """Applies one decision to ``settled.row``, and gives the state that it leads to; None where it leads to none."""
    if makes_row(decision):
        settled.row = _create(noun, settled, decision, finder, texts)
        return Review.ACCEPTED
    row = settled.row
    if row is None:
        settled.problems.append(miss(decision, GONE))
        return None
    if decision.action in EDITS:
        return _edit(settled, row, machine, decision, finder, texts)
    if decision.action in VERDICTS:
        claim = next(anchor.claim for anchor in decision.anchors if anchor.id == decision.subject)
        if claim == digest_claim(noun, row):
            return VERDICTS[decision.action]
        settled.problems.append(miss(decision, CHANGED))
        return Review.STALE
    return Review.EDITED if decision.action in (Action.MERGE, Action.SPLIT) else None


def _edit(
    settled: Settled,
    row: Row,
    machine: Row | None,
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
        now = machine[name] if machine is not None else None
        # Nobody corrected this before, and the machine has come to something else than what was corrected.
        if now is not None and row[name] == now:
            before, _ = _rename(decision.before[name], decision, finder)
            if claim_of(now) != claim_of(before):
                settled.problems.append(miss(decision, OVERTAKEN.format(field=name)))
        row[name] = value
    return Review.EDITED


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


# --- all rows -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Outcome:
    """What the log makes of all rows: the rows, reviews, where moved subjects are, and problems."""

    rows: dict[str, list[Row]]
    reviews: list[Reviewed] = field(default_factory=list)
    relocated: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def settle(rows: Mapping[str, list[Row]], decisions: Sequence[Decision], texts: Mapping[str, str]) -> Outcome:
    """All rows, decided on.

    Args:
        rows: By noun, documents with them, as the machine (and linking, which follows merges and splits) has them.
        decisions: Those in force, by number.
        texts: Of all documents.

    Returns:
        Rows by noun, each list sorted by id. A rejected row stays, and is marked.
    """
    outcome = Outcome(dict(rows))
    if not decisions:
        return outcome
    finder = Finder(_with_created(rows, decisions))
    absorbed = find_absorbed(decisions)
    about: defaultdict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.number >= absorbed.get(decision.subject, decision.number):
            for id in _find_subjects(decision, finder, outcome):
                about[decision.noun, id].append(decision)
    by_id = {noun: {row["id"]: row for row in rows[noun]} for noun in REVIEWED}
    for (noun, id), own in sorted(about.items()):
        settled = settle_row(noun, by_id[noun].get(id), own, finder, texts)
        outcome.problems += settled.problems
        if settled.reviewed:
            outcome.reviews.append(settled.reviewed)
        if settled.row is not None:
            by_id[noun][id] = settled.row
    for noun, found in by_id.items():
        outcome.rows[noun] = [found[id] for id in sorted(found)]
    return outcome


def find_absorbed(decisions: Iterable[Decision]) -> dict[str, int]:
    """Rows that were merged into others, with the number of the merge: what was decided on them before rests."""
    return {id: d.number for d in decisions if d.action is Action.MERGE for id in d.after["others"]}


def _find_subjects(decision: Decision, finder: Finder, outcome: Outcome) -> list[str]:
    """The rows, by the ids that they have now, whose state a decision makes; notes where its subject is found."""
    if makes_row(decision):
        return [decision.subject]
    found = finder.find(next(anchor for anchor in decision.anchors if anchor.id == decision.subject))
    if found is None and decision.action not in SHAPES:  # linking has said so of those
        outcome.problems.append(miss(decision, GONE))
    if found is not None and found != decision.subject:
        outcome.relocated[decision.subject] = found
    if found is None or not is_followed(decision, finder):
        return []
    new = get_new_row(decision)
    return [found, new] if new and decision.action is Action.SPLIT else [found]


def is_followed(decision: Decision, finder: Lookup) -> bool:
    """Did linking do what a decision says of which rows are one? Of other decisions: True, but for a distinction."""
    if decision.action is Action.MERGE:
        return not any(finder.has(decision.noun, id) for id in decision.after["others"])
    if decision.action is Action.SPLIT:
        return finder.has(decision.noun, decision.after["new"])
    return decision.action is not Action.DISTINCT


def _with_created(rows: Mapping[str, list[Row]], decisions: Iterable[Decision]) -> dict[str, list[Row]]:
    with_created = {noun: list(found) for noun, found in rows.items()}
    for decision in decisions:
        if makes_row(decision):
            with_created[decision.noun].append(decision.after["row"])
    return with_created
