"""What the decisions in force make of all rows: a pure function of the rows without them and the log.

`settle` does this when layer 2 is rebuilt; `settling.settle_one` does the same for one row when a person decides. Both
come to the same, since both go through `folding.settle_row`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from communique.link.decisions import SHAPES, get_new_row, makes_row
from communique.link.shape import get_anchor
from communique.model import Action, Decision, Problem
from communique.record.anchors import REVIEWED, Finder
from communique.record.folding import GONE, Lookup, Reviewed, check_measures, miss, settle_row
from communique.record.rows import Row


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
        rests = decision.number < absorbed.get(decision.subject, 0)
        for id in _find_subjects(decision, finder, outcome, rests):
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
    if any(noun == "measures" for noun, _ in about):
        outcome.rows["measures"] = check_measures(outcome.rows["measures"], outcome.rows["documents"])
    return outcome


def find_absorbed(decisions: Iterable[Decision]) -> dict[str, int]:
    """Rows that were merged into others, with the number of the merge: what was decided on them before rests."""
    return {id: d.number for d in decisions if d.action is Action.MERGE for id in d.after["others"]}


def _find_subjects(decision: Decision, finder: Finder, outcome: Outcome, rests: bool) -> list[str]:
    """The rows, by the ids that they have now, whose state a decision makes; notes where its subject is found.

    ``rests``: its subject was merged into another row afterwards, so that it says nothing of that one now.
    """
    if makes_row(decision):
        return [decision.subject]
    new = get_new_row(decision)
    made = [new] if new and finder.has(decision.noun, new) else []
    if rests:
        return made
    found = finder.find(get_anchor(decision, decision.subject))
    if found is None and decision.action not in SHAPES:  # linking has said so of those
        outcome.problems.append(miss(decision, GONE))
    if found is not None and found != decision.subject:
        outcome.relocated[decision.subject] = found
    return [found, *made] if found is not None and is_followed(decision, finder) else made


def is_followed(decision: Decision, finder: Lookup) -> bool:
    """Are rows as a decision has it that says which of them are one? Of other decisions: True, but for a distinction.

    A split's new row may have been merged into another one since: then there is nothing to see of the split.
    """
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
