"""The log of decisions, read: which are in force, and which rest on which. Pure functions, nothing else.

An undo takes a decision out of force; an undo of that undo puts it back. So that every undo can be understood, a
decision is undone only while nothing in force rests on it, and put back only while all that it rests on is in force
(`find_dependent`, `find_missing`): the decisions in force are always a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.model import Action, Decision, Review

VERDICTS = {Action.ACCEPT: Review.ACCEPTED, Action.REJECT: Review.REJECTED, Action.UNSURE: Review.UNSURE}
EDITS = frozenset({Action.EDIT, Action.LINK})
# What joins and parts rows, so that linking has to be done anew.
SHAPES = frozenset({Action.MERGE, Action.SPLIT, Action.DISTINCT})


def find_in_force(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that hold, in order; undoes themselves are not among them.

    Args:
        decisions: The log, or all of it that is about some rows, by number.
    """
    undone: set[str] = set()
    held = []
    for decision in reversed(decisions):
        if decision.id in undone:
            continue
        if decision.action is Action.UNDO:
            undone.add(decision.undoes or "")
        else:
            held.append(decision)
    return held[::-1]


def makes_row(decision: Decision) -> bool:
    """True for a creation, and for a link that is a row of its own (a comparison)."""
    return "row" in decision.after


def get_new_row(decision: Decision) -> str | None:
    """The id of the row that a decision makes; None where it makes none."""
    if makes_row(decision):
        return decision.subject
    return decision.after["new"] if decision.action is Action.SPLIT else None


def get_rows(decision: Decision) -> set[str]:
    """The ids of the rows that a decision is about."""
    after = decision.after
    new, other = get_new_row(decision), after.get("other") if decision.action is Action.DISTINCT else None
    others = after["others"] if decision.action is Action.MERGE else ()
    return {id for id in (decision.subject, new, other, *others) if id}


def changes_links(decision: Decision) -> bool:
    """True for what changes the input of linking: other rows than its own may follow from it."""
    return decision.action in SHAPES or (decision.noun == "documents" and "published" in decision.after)


def rests_on(later: Decision, earlier: Decision) -> bool:
    """True when a decision could not have been taken, or would mean something else, without an earlier one."""
    named = {anchor.id for anchor in later.anchors} | get_rows(later)
    new = get_new_row(earlier)
    if new is not None and new in named:
        return True
    if not get_rows(later) & get_rows(earlier):
        return False
    if earlier.action is Action.DISTINCT:
        return later.action is Action.MERGE and get_rows(earlier) <= get_rows(later)
    if later.action is Action.DISTINCT:
        return earlier.action in SHAPES
    if earlier.action in SHAPES or later.action in SHAPES:
        return True
    if earlier.action in EDITS and later.action in EDITS:
        return bool(earlier.after.keys() & later.after.keys())
    return later.action in VERDICTS


def find_target(decision: Decision, decisions: Iterable[Decision]) -> Decision:
    """What an undo is about in the end: the decision that it takes back or puts back."""
    by_id = {other.id: other for other in decisions}
    while decision.action is Action.UNDO:
        decision = by_id[decision.undoes or ""]
    return decision


def find_dependent(decision: Decision, decisions: Sequence[Decision]) -> Decision | None:
    """The first decision in force that rests on one; None where it can be undone."""
    held = find_in_force(decisions)
    return next((other for other in held if other.number > decision.number and rests_on(other, decision)), None)


def find_missing(decision: Decision, decisions: Sequence[Decision]) -> Decision | None:
    """The first decision on which one rests and that was taken back since; None where it can be put back."""
    held = {other.id for other in find_in_force(decisions)}
    then = find_in_force([other for other in decisions if other.number < decision.number])
    return next((other for other in then if other.id not in held and rests_on(decision, other)), None)
