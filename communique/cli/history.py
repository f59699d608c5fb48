"""``history`` and ``undo``: what people settled, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from communique.cli.output import look_into, print_json, print_lines, record_option, warn
from communique.codec import to_plain
from communique.decisions import Entry, check_fit, history
from communique.errors import DecisionError
from communique.model import Action, Decision
from communique.publish.lines import value_words


def tell(decision: Decision) -> Iterator[str]:
    """A decision as lines: who did what to which row, when and why; then what it changed."""
    why = f"  “{decision.why}”" if decision.why else ""
    about = decision.undoes if decision.action is Action.UNDO else decision.subject
    yield f"{decision.id}  {decision.decided_at}  {decision.who}: {decision.action} {about}{why}"
    for name, value in decision.after.items():
        if name in decision.before:
            yield f"  {name}: {value_words(decision.before[name])} → {value_words(value)}"
        elif name != "row":
            yield f"  {name}: {value_words(value)}"


def _tell_entry(entry: Entry) -> Iterator[str]:
    first, *more = tell(entry.decision)
    yield f"{first}  [undone by {entry.undone_by}]" if entry.undone_by else first
    yield from more


@click.command("history")
@click.argument("id", required=False)
@record_option
@click.option("--by", help="Only what this person decided.")
@click.option("--fit", is_flag=True, help="Only what no longer fits, with the reason.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def show_history(id: str | None, record: Path, by: str | None, fit: bool, as_json: bool) -> None:
    """Lists what people settled, the oldest first; of one row with its id.

    \b
    Examples:
      communique history
      communique history eng-0123 --json
      communique history --fit
    """
    with look_into(record) as opened:
        subject = opened.resolve(id)[1] if id else None
        entries = [entry for entry in history(opened, subject) if by is None or entry.decision.who == by]
        misfits: dict[str, list[str]] = {}
        for problem in check_fit(opened):
            misfits.setdefault(problem.subject, []).append(problem.reason)
    entries = [entry for entry in entries if not fit or entry.decision.id in misfits]
    for entry in entries:
        reasons = misfits.get(entry.decision.id, [])
        if as_json:
            plain = to_plain(entry.decision)
            extra = {"undone_by": entry.undone_by, "misfits": reasons}
            print_json({**plain, **extra} if isinstance(plain, dict) else plain)
        else:
            print_lines([*_tell_entry(entry), *(f"  does not fit: {reason}" for reason in reasons)])
    if not entries:
        warn("no decisions")


def find_last(record: Path) -> str:
    """The last decision that holds.

    Raises:
        DecisionError: None does.
    """
    with look_into(record) as opened:
        entries = history(opened)
    held = [e.decision.id for e in entries if e.undone_by is None and e.decision.action is not Action.UNDO]
    if not held:
        raise DecisionError(f"{record}: no decision holds that could be undone", "communique history lists them")
    return held[-1]
