"""What taking a decision back comes to: whether that can be, and the entry of the log that says so."""

from __future__ import annotations

from dataclasses import replace

from communique.errors import DecisionError, Refused
from communique.link.decisions import find_dependent, find_missing, find_target
from communique.model import Action, Decision, content_id


def draft_undo(log: list[Decision], name: str, who: str, decided_at: str, why: str) -> Decision:
    """The undo of a decision of the log, named by its id or the beginning of it.

    Raises:
        Refused: It is undone already, or another decision stands against it; the error names that one.
        DecisionError: There is no such decision, or there are several.
    """
    found = [decision for decision in log if decision.id == name] or [d for d in log if d.id.startswith(name) and name]
    if len(found) != 1:
        how = "several decisions begin with" if found else "there is no decision"
        raise DecisionError(f"{how} {name!r}", "communique history lists them")
    taken = found[0]
    by = next((d for d in reversed(log) if d.undoes == taken.id and _is_held(d, log)), None)
    if by is not None:
        raise Refused(f"{taken.id} is undone already, by {by.who} ({by.id})", f"undo {by.id} to put it back", by.id)
    target = find_target(taken, log)
    _check_undo(taken, target, log)
    count = sum(decision.undoes == taken.id for decision in log)
    id = content_id("dec", Action.UNDO, taken.id, who, decided_at, count)
    return Decision(0, id, Action.UNDO, target.noun, target.subject, {}, {}, (), who, decided_at, why, taken.id, "", "")


def _is_held(decision: Decision, log: list[Decision]) -> bool:
    """Is an undo in force, not undone itself?"""
    return not any(d.undoes == decision.id and _is_held(d, log) for d in log)


def _check_undo(taken: Decision, target: Decision, log: list[Decision]) -> None:
    dependent = find_dependent(replace(target, number=taken.number), log)
    if dependent is not None:
        raise Refused(
            f"{dependent.who}'s {dependent.action} of {dependent.subject} ({dependent.id}) rests on {taken.id}",
            f"undo {dependent.id} first",
            dependent.id,
        )
    missing = find_missing(target, log) if taken.action is Action.UNDO else None
    if missing is not None:
        raise Refused(
            f"what {taken.id} took back rests on {missing.id}, by {missing.who}, which is undone",
            f"put {missing.id} back first",
            missing.id,
        )
