"""``compare``: the accounts of one engagement side by side, property by property. No verdict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from communique.cli.naming import find_engagement
from communique.cli.output import (
    Row,
    bold,
    json_option,
    look_into,
    print_json,
    print_lines,
    record_option,
    say,
    warn,
)
from communique.model import Property, Relation
from communique.publish.lines import Names, call, load_names, shorten
from communique.publish.site.words import date_words

_DIFFERENCES = frozenset({Relation.CONTRADICTS, Relation.DIFFERENT_SCOPE, Relation.BROADER})
_NAMES = [name.value for name in Property]


@click.command()
@click.argument("engagement", metavar="ENGAGEMENT")
@record_option
@click.option("--property", "names", multiple=True, metavar="PROPERTY", help="Only this property; may be repeated.")
@click.option("--only-differences", is_flag=True, help="Only properties of which the accounts give other values.")
@json_option
def compare(engagement: str, record: Path, names: tuple[str, ...], only_differences: bool, as_json: bool) -> None:
    """Sets the accounts of an engagement side by side: each property, each value, who says so. No verdict.

    ENGAGEMENT is an id, or words that name it alone: of its title, kind, people, place and date. Below the values of a
    property stands how they compare: corroborates, contradicts, broader, different scope, same chain. What a report
    does not mention is not denied by it.

    \b
    Examples:
      communique compare eng-0123
      communique compare "visit Moscow 2013-05" --only-differences
      communique compare eng-0123 --property end --property duration --json
    """
    with look_into(record) as opened:
        full = find_engagement(opened, engagement)
        row = opened.row(full)
        related = [other for other in opened.rows("comparisons") if other["about"] == full]
        called = load_names(opened)
    wanted = _find_properties(row, related, names, only_differences)
    related = [other for other in related if other["property"] in wanted]
    accounts = [
        {**account, "assertions": [a for a in account["assertions"] if a["property"] in wanted]}
        for account in row["accounts"]
    ]
    if as_json:
        print_json({"engagement": full, "accounts": accounts, "comparisons": related})
        return
    say(bold(f"{full}  {row['title']}  {date_words(row['date'])}"))
    for name in wanted:
        say(f"  {bold(name)}")
        print_lines(_lines_of(name, accounts, related, called))
    if not wanted:
        warn("no such property in these accounts" if names else "no differences between these accounts")


def _find_properties(row: Row, related: list[Row], names: tuple[str, ...], only_differences: bool) -> list[str]:
    """The properties to show, in the order of the model; those that are no property of an account (tally) last."""
    asserted = {assertion["property"] for account in row["accounts"] for assertion in account["assertions"]}
    compared = {other["property"] for other in related}
    differing = {other["property"] for other in related if other["relation"] in _DIFFERENCES}
    shown = differing if only_differences else asserted | compared
    shown &= set(names) or shown
    return sorted(shown, key=lambda name: (_NAMES.index(name) if name in _NAMES else len(_NAMES), name))


def _lines_of(name: str, accounts: list[Row], related: list[Row], called: Names) -> Iterator[str]:
    """Each value with its voice, its words and its document, each once; then how they compare."""
    found = [
        (assertion["value"], assertion["voice"], assertion["evidence"], account["document"])
        for account in accounts
        for assertion in account["assertions"]
        if assertion["property"] == name
    ]
    if not found:
        found = [(v["value"], v["voice"], v["evidence"], v["document"]) for other in related for v in other["values"]]
    yield from dict.fromkeys(_line_of_value(*one, called) for one in found)
    for other in related:
        if other["property"] == name:
            values = dict.fromkeys(shorten(value["value"], 60) for value in other["values"])
            yield f"      {other['relation']}: {' | '.join(values)}  ({other['reason']})  {other['id']}"


def _line_of_value(value: str, voice: Row | None, evidence: Row, document: str, called: Names) -> str:
    quote = shorten(evidence["quote"])
    words = "" if quote == value else f"  “{quote}”"
    said = f", says {voice['name']}" if voice else ""
    return f"    {value}{words}  [{call(document, called)}{said}]"
