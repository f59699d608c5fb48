"""What people settle: the calls that the web pages and the command line share.

    draft = Draft(Action.EDIT, "com-0123456789ab", {"status": "kept"}, why="the embassy reopened in May")
    with open_record(path) as record:
        seen = revision(record, draft.subject)          # the state that the person looks at
    decision = decide(path, draft, who="Kim", seen=seen)
    undo(path, decision.id, who="Kim", why="wrong row")

`decide` stores one decision in a transaction of its own and makes the row what the log makes of it; when it has
returned, the decision is on the disk and every reader sees it. It may be called by many processes and threads at once,
and while a build writes: calls wait for each other. What `Draft` takes is said there (`record.drafts`), what fields
take in `record.values`.

    raises             when                                                    exit code   nothing was written
    DecisionError      the row, a field, a value or a passage does not fit      2
    Conflict           ``seen`` is given and is not the row's revision          6           ``theirs``, ``mine``
    Refused            a decision stands against it (``decision``: its id)      6
    RecordLocked       others kept the record for five minutes                      6
    RecordError        no record, of another version, or an interrupted build   1

Reading: rows have ``review`` (`model.Review` as a word) in `Record.rows`, `Record.row` and every export; rejected rows
are there and marked, and it is for each surface to hide them. `history` gives the log, `revision` the token of a row,
`check_fit` what no longer fits (as problems of stage ``decide``, whose subject is the decision; they are in
``record.problems``, too), `preview` what a merge would touch.

Verdicts, edits, creations and links take milliseconds. Merges, splits, distinctions and days of documents change what
is linked: layer 2 is linked anew before the call returns, which takes as long as linking does; they wait for a build.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from communique.codec import from_plain
from communique.errors import Conflict, DecisionError, RecordError, Refused
from communique.link.decisions import EDITS, VERDICTS, changes_links, find_target, get_rows
from communique.model import Action, Decision, Problem, Review
from communique.record import deciding
from communique.record.decisions import append, load_decisions, make_decision
from communique.record.desk import Desk
from communique.record.drafts import RELATIONS, Draft
from communique.record.drafts import make_decision as draft_decision
from communique.record.folding import STAGE
from communique.record.preview import Preview, preview
from communique.record.reader import Record
from communique.record.settling import get_state, make_revision, settle_one, settle_others
from communique.record.undoing import draft_undo
from communique.record.values import EDITABLE
from communique.record.writer import RecordWriter
from communique.version import VERSION

__all__ = [
    "EDITABLE",
    "RELATIONS",
    "Action",
    "Draft",
    "Entry",
    "Preview",
    "check_fit",
    "decide",
    "decide_all",
    "history",
    "preview",
    "revision",
    "undo",
    "undo_all",
]

# Works out a decision on a connection, raising what stands against it.
_WorkOut = Callable[[sqlite3.Connection], Decision]


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision in the history. ``undone_by``: the undo that took it out of force, None while it holds."""

    decision: Decision
    undone_by: str | None


def decide(record: Path, draft: Draft, who: str, *, seen: str | None = None, when: datetime | None = None) -> Decision:
    """Stores what a person settles, and applies it.

    Args:
        record: Its file.
        draft: What is settled.
        who: Signs it.
        seen: The `revision` of the subject that the person looked at; None where that does not matter.
        when: UTC; now if None.

    Returns:
        The decision as stored. ``subject`` of a creation is the new row's id, ``after["new"]`` that of a split.

    Raises:
        DecisionError, Conflict, Refused, RecordLocked, RecordError: As in the module; nothing was written.
    """
    signed, decided_at = _sign(who), _tell_time(when)

    def work_out(connection: sqlite3.Connection) -> Decision:
        desk = Desk(connection)
        decision = draft_decision(desk, draft, signed, decided_at)
        if seen is not None:
            _check_seen(connection, desk, draft, decision, seen)
        return decision

    return _store(record, work_out)


def undo(record: Path, decision: str, who: str, *, why: str = "", when: datetime | None = None) -> Decision:
    """Takes a decision back; of an undo, puts back what it took.

    Args:
        record: Its file.
        decision: Its id, or the beginning of it.
        who: Signs it.
        why: The reason.
        when: UTC; now if None.

    Raises:
        Refused: It is undone already, or a later decision rests on it, which the message names; of an undo that is to
            be undone: what it would put back rests on a decision that was taken back.
        DecisionError, RecordLocked, RecordError: There is no such decision, or as in the module.
    """
    signed, decided_at = _sign(who), _tell_time(when)

    def work_out(connection: sqlite3.Connection) -> Decision:
        return draft_undo(load_decisions(connection), decision, signed, decided_at, why)

    return _store(record, work_out)


def decide_all(
    record: Path, action: Action, subjects: Iterable[str], who: str, *, why: str = "", when: datetime | None = None
) -> list[Decision]:
    """Gives the same verdict on many proposals: one decision each, stored together or not at all.

    Args:
        record: Its file.
        action: Accept, reject or unsure.
        subjects: Ids of rows. One on which somebody has decided is no proposal, and is left as it is.
        who: Signs them.
        why: The reason.
        when: UTC; now if None.

    Returns:
        The decisions as stored, one after the other in the log, with the same instant, which no others have: it is
        told in microseconds, that of a single decision in seconds.

    Raises:
        DecisionError, RecordLocked, RecordError: As in the module; nothing was written.
    """
    if action not in VERDICTS:
        raise DecisionError(f"{action} is decided one by one", f"all at once: {', '.join(VERDICTS)}")
    signed, moment = _sign(who), _find_moment(when)
    stored = []
    with deciding.begin(record) as connection:
        desk, decided_at = Desk(connection), _tell_own_instant(connection, moment)
        for subject in subjects:
            noun, row = desk.find(subject)
            if get_state(connection, noun, row["id"])[0] is Review.PROPOSED:
                decision = draft_decision(desk, Draft(action, row["id"], {}, why), signed, decided_at)
                stored.append(append(connection, decision))
                settle_one(connection, noun, row["id"], check=False)
        settle_others(connection, {decision.noun for decision in stored})
    return stored


def undo_all(
    record: Path, decisions: Iterable[str], who: str, *, why: str = "", when: datetime | None = None
) -> tuple[list[Decision], list[str]]:
    """Takes verdicts back that were given together, stored together.

    Returns:
        The undos, and the ids of those decisions that stand, since others rest on them or they are undone already.

    Raises:
        DecisionError, RecordLocked, RecordError: As of `undo`; nothing was written. One is no verdict.
    """
    signed, decided_at = _sign(who), _tell_time(when)
    stored: list[Decision] = []
    left: list[str] = []
    with deciding.begin(record) as connection:
        log = load_decisions(connection)
        for name in reversed(list(decisions)):
            try:
                drafted = draft_undo(log, name, signed, decided_at, why)
            except Refused:
                left.append(name)
                continue
            target = find_target(drafted, [*log, drafted])
            if target.action not in VERDICTS:
                raise DecisionError(f"{name} is no verdict", "undo it by itself")
            log.append(append(connection, drafted))
            stored.append(log[-1])
            settle_one(connection, target.noun, _find_row(connection, target), check=False)
        settle_others(connection, {decision.noun for decision in stored})
    return stored, left


def history(record: Record, subject: str | None = None) -> list[Entry]:
    """The log by number; with ``subject``, the id of a row, what is about that row."""
    log = [make_decision(row) for row in record.iter_rows("decisions")]
    undone: dict[str, str] = {}
    for decision in reversed(log):
        if decision.action is Action.UNDO and decision.id not in undone:
            undone[decision.undoes or ""] = decision.id
    subjects = {subject} | {old for old, new in record.query('SELECT subject, "row" FROM relocated') if new == subject}
    return [
        Entry(decision, undone.get(decision.id))
        for decision in log
        if subject is None or subjects & get_rows(find_target(decision, log))
    ]


def revision(record: Record, subject: str) -> str:
    """What a row is now, as a word, for ``decide(seen=…)``.

    Raises:
        RecordError: There is no such row.
    """
    return record.revision(subject)


def check_fit(record: Record) -> list[Problem]:
    """Decisions that no longer fit, or not quite: ``subject`` is the decision, ``reason`` why."""
    return [from_plain(Problem, row) for row in record.iter_rows("problems") if row["stage"] == STAGE]


# --- storing --------------------------------------------------------------------------------------


def _sign(who: str) -> str:
    name = " ".join(who.split())
    if not name:
        raise DecisionError("a decision needs a name that signs it", "give one")
    return name


def _tell_time(when: datetime | None) -> str:
    return _find_moment(when).strftime("%Y-%m-%dT%H:%M:%SZ")


def _find_moment(when: datetime | None) -> datetime:
    moment = when or datetime.now(UTC)
    if moment.tzinfo is None:
        raise DecisionError("the time of a decision needs its zone", "give it in UTC")
    return moment.astimezone(UTC)


def _tell_own_instant(connection: sqlite3.Connection, moment: datetime) -> str:
    """A moment in microseconds, later by one where what stands last in the log has that one."""
    told = moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    last = connection.execute("SELECT decided_at FROM decisions ORDER BY number DESC LIMIT 1").fetchone()
    return _tell_own_instant(connection, moment + timedelta(microseconds=1)) if last == (told,) else told


def _store(record: Path, work_out: _WorkOut) -> Decision:
    """Works a decision out and stores it, in one transaction; where linking follows, in one that links anew."""
    with deciding.begin(record) as connection:
        decision = work_out(connection)
        log = load_decisions(connection) if decision.action is Action.UNDO else []
        target = find_target(decision, [*log, decision])
        if not changes_links(target):
            stored = append(connection, decision)
            settle_one(connection, target.noun, _find_row(connection, target))
            return stored
        run = deciding.load_run(connection, record)
    if run.version != VERSION:
        raise RecordError(f"{record}: made by version {run.version}", "communique build brings it up to date")
    with RecordWriter(record, run, wait_s=deciding.WAIT_S) as writer:
        return writer.decide(work_out)


def _find_row(connection: sqlite3.Connection, target: Decision) -> str:
    """The id that the row of a decision has now."""
    found = connection.execute('SELECT "row" FROM relocated WHERE subject = ?', (target.subject,)).fetchone()
    return found[0] if found else target.subject


def _check_seen(connection: sqlite3.Connection, desk: Desk, draft: Draft, decision: Decision, seen: str) -> None:
    if draft.action is Action.CREATE:
        return
    noun, row = desk.find(draft.subject)
    now = make_revision(connection, noun, row["id"])
    if now == seen:
        return
    state, last = get_state(connection, noun, row["id"])
    theirs = {**row, "review": state.value}
    mine = {**theirs, **decision.after} if decision.action in EDITS or "review" in decision.after else theirs
    by = load_decisions(connection, "id = ?", (last,))
    who = f"{by[0].who} decided on it ({last}, {by[0].decided_at})" if by else "it was read or linked anew"
    raise Conflict(f"{row['id']} is not the one that you looked at: {who}", last, theirs, mine, now)
