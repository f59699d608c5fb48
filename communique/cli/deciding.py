"""The commands by which people decide: ``accept``, ``edit``, ``merge`` and the others, and ``undo``."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from communique.cli.history import find_last, tell
from communique.cli.output import look_into, print_json, print_lines, record_option, say, warn
from communique.codec import to_plain
from communique.decisions import EDITABLE, RELATIONS, Draft, decide, preview, undo
from communique.errors import CommuniqueError, Conflict, DecisionError
from communique.model import Action
from communique.publish.lines import load_names, to_line
from communique.record.creating import PREFIXES
from communique.settings import load_settings

Command = TypeVar("Command", bound=Callable[..., Any])

note_option = click.option("--note", "why", default="", help="Why: the reason, in your words.")
actor_option = click.option(
    "--actor", help="Who signs it; else COMMUNIQUE_ACTOR, the setting actor, or the login name."
)
seen_option = click.option(
    "--seen", help="The revision of the row that you looked at (show --json); exit code 6 where it is another one now."
)
set_option = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="FIELD=VALUE",
    help="A field's value, as words or JSON; may be repeated.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the decision as one JSON object.")


def signing(command: Command) -> Command:
    """The options that every deciding command has."""
    for option in (json_option, record_option, actor_option, note_option):
        command = option(command)
    return command


def find_actor(actor: str | None) -> str:
    """Who signs a decision."""
    return actor or load_settings(None, os.environ).actor or getpass.getuser()


def _decide(record: Path, drafts: Iterable[Draft], actor: str | None, as_json: bool, seen: str | None = None) -> int:
    """Stores decisions, one after the other; those that do not fit are told of, and the others are stored.

    Raises:
        CommuniqueError: The only one does not fit.
    """
    who, wanted = find_actor(actor), list(drafts)
    failed = 0
    for draft in wanted:
        try:
            decision = decide(record, draft, who, seen=seen)
        except Conflict as conflict:
            _show_both(record, conflict)
            raise
        except CommuniqueError as error:
            if len(wanted) == 1:
                raise
            warn(str(error))
            failed += 1
        else:
            if as_json:
                print_json(to_plain(decision))
            else:
                print_lines(tell(decision))
    return 3 if failed else 0


def _show_both(record: Path, conflict: Conflict) -> None:
    with look_into(record) as opened:
        noun, names = opened.resolve(str(conflict.theirs["id"]))[0], load_names(opened)
    warn(f"now:   {to_line(noun, names)(conflict.theirs)}")
    warn(f"yours: {to_line(noun, names)(conflict.mine)}")
    warn(f"--seen {conflict.revision} decides on the row as it is now")


def _make_verdict(action: Action, about: str, example: str) -> click.Command:
    @click.command(action.value, help=f"{about}\n\n\b\nExample:\n  communique {action.value} {example}")
    @click.argument("ids", nargs=-1, required=True, metavar="ID...")
    @seen_option
    @signing
    def command(
        ids: tuple[str, ...], seen: str | None, record: Path, actor: str | None, why: str, as_json: bool
    ) -> int:
        return _decide(record, [Draft(action, id, {}, why) for id in ids], actor, as_json, seen)

    return command


accept = _make_verdict(
    Action.ACCEPT, "Accepts rows as they are; a row that says something else later is shown as stale.", "stm-0123"
)
reject = _make_verdict(
    Action.REJECT,
    "Rejects rows: they stay in the record, marked, and lists leave them out.",
    'stm-0123 --note "a joke"',
)
unsure = _make_verdict(Action.UNSURE, "Marks rows that you cannot decide on, for a colleague.", "cmt-0123")


def read_values(settings: Iterable[str]) -> dict[str, Any]:
    """``field=value`` into values: JSON where it begins like an object or a list, words otherwise; repeated, a list.

    Raises:
        DecisionError: There is no ``=``, or what looks like JSON is none.
    """
    values: dict[str, list[Any]] = {}
    for setting in settings:
        name, sign, words = setting.partition("=")
        if not sign:
            raise DecisionError(f"{setting!r} has no value", "write FIELD=VALUE")
        try:
            # A date may begin with a bracket, too: [2013-05-06,2013-06-05].
            value = json.loads(words) if words.startswith(("{", "[{", '["')) else words
        except json.JSONDecodeError as error:
            raise DecisionError(f"{name}: this is not JSON ({error})", "write an object, a list, or words") from error
        values.setdefault(name.strip().replace("-", "_"), []).append(value)
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}


_FIELDS = "\n".join(f"  {noun}: {', '.join(fields)}" for noun, fields in EDITABLE.items())


@click.command(epilog=f"\b\nFields:\n{_FIELDS}")
@click.argument("id")
@set_option
@seen_option
@signing
def edit(
    id: str, settings: tuple[str, ...], seen: str | None, record: Path, actor: str | None, why: str, as_json: bool
) -> int:
    """Sets fields of a row: a date, a status, a resolution, a speaker, the words.

    Dates are EDTF and get the basis "set"; "unknown" is a value; an entity is named by its id; words must stand in the
    row's document. docs/decisions.md has more.

    \b
    Examples:
      communique edit eng-0123 --set date=2013-05-07 --note "the embassy's diary"
      communique edit cmt-0123 --set status=kept --set status_evidence="the embassy reopened"
      communique edit fct-0123 --set resolution="not borne out"
      communique edit stm-0123 --set source=ent-4567
    """
    return _decide(record, [Draft(Action.EDIT, id, read_values(settings), why)], actor, as_json, seen)


@click.command()
@click.argument("noun", type=click.Choice([noun for noun in PREFIXES if noun != "comparisons"]))
@click.option("--document", required=True, help="The document, by its id.")
@click.option("--words", required=True, help="The passage: words that stand once in it, or START-END.")
@set_option
@signing
def create(
    noun: str,
    document: str,
    words: str,
    settings: tuple[str, ...],
    record: Path,
    actor: str | None,
    why: str,
    as_json: bool,
) -> int:
    """Makes a row that no rule proposed, of a passage.

    \b
    Example:
      communique create commitments --document doc-0123 --words "we will reopen the embassy" --set debtors=ent-4567
    """
    start, _, end = words.partition("-")
    is_place = start.isdecimal() and end.isdecimal()
    place = {"document": document, "start": int(start), "end": int(end)} if is_place else words
    values = {"document": document, "evidence": place, **read_values(settings)}
    return _decide(record, [Draft(Action.CREATE, noun, values, why)], actor, as_json)


@click.command()
@click.argument("keep")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@click.option("--preview", "only_look", is_flag=True, help="Say what it would touch; change nothing.")
@seen_option
@signing
def merge(
    keep: str,
    others: tuple[str, ...],
    only_look: bool,
    seen: str | None,
    record: Path,
    actor: str | None,
    why: str,
    as_json: bool,
) -> int:
    """Says that entities, or engagements, are one. What named the others names the one that is kept.

    \b
    Examples:
      communique merge ent-0123 ent-4567 --preview
      communique merge ent-0123 ent-4567 --note "Araghchi, in two spellings"
    """
    with look_into(record) as opened:
        found = preview(opened, keep, list(others))
    for warning in found.warnings:
        warn(warning)
    if not only_look:
        return _decide(record, [Draft(Action.MERGE, keep, {"others": list(others)}, why)], actor, as_json, seen)
    if as_json:
        print_json({"touched": found.touched, "warnings": list(found.warnings)})
    else:
        touched = ", ".join(f"{count} {noun.replace('_', ' ')}" for noun, count in found.touched.items()) or "nothing"
        say(f"would touch {touched}; nothing was changed")
    return 0


@click.command()
@click.argument("id")
@click.option("--take", multiple=True, required=True, help="What goes: the id of a mention, event mention or document.")
@seen_option
@signing
def split(
    id: str, take: tuple[str, ...], seen: str | None, record: Path, actor: str | None, why: str, as_json: bool
) -> int:
    """Says that some of the words of an entity, or engagement, mean another one.

    \b
    Examples:
      communique split ent-0123 --take doc-4567 --note "the son, in this report"
      communique split eng-0123 --take evm-4567 --take evm-89ab
    """
    return _decide(record, [Draft(Action.SPLIT, id, {"take": list(take)}, why)], actor, as_json, seen)


@click.command()
@click.argument("one")
@click.argument("other")
@signing
def distinct(one: str, other: str, record: Path, actor: str | None, why: str, as_json: bool) -> int:
    """Says that two entities, or engagements, are not the same; no later build brings them together.

    \b
    Example:
      communique distinct ent-0123 ent-4567
    """
    return _decide(record, [Draft(Action.DISTINCT, one, {"other": other}, why)], actor, as_json)


@click.command()
@click.argument("id")
@click.argument("relation", type=click.Choice([relation.replace(" ", "-") for relation in RELATIONS]))
@click.argument("to")
@seen_option
@signing
def link(
    id: str, relation: str, to: str, seen: str | None, record: Path, actor: str | None, why: str, as_json: bool
) -> int:
    """Says how a row stands to another: at an engagement, part of one, answers a measure; or a relation of two rows.

    \b
    Examples:
      communique link stm-0123 at eng-4567
      communique link msr-0123 answers msr-4567
      communique link stm-0123 contradicts stm-4567
    """
    return _decide(record, [Draft(Action.LINK, id, {"relation": relation, "to": to}, why)], actor, as_json, seen)


@click.command("undo")
@click.argument("decision", required=False)
@signing
def take_back(decision: str | None, record: Path, actor: str | None, why: str, as_json: bool) -> None:
    """Takes a decision back, the last one that holds if none is named; of an undo, puts back what it took.

    Refused with exit code 6 while a later decision rests on it; the message names that one.

    \b
    Examples:
      communique undo
      communique undo dec-0123 --note "wrong row"
    """
    taken = undo(record, decision or find_last(record), find_actor(actor), why=why)
    if as_json:
        print_json(to_plain(taken))
    else:
        print_lines(tell(taken))


COMMANDS = (accept, reject, unsure, edit, create, merge, split, distinct, link, take_back)
