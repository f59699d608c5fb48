"""``check``: a record beside an official register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from communique.cli.building import PARTLY_DONE
from communique.cli.output import (
    Row,
    bold,
    choose_record,
    get_settings,
    json_option,
    look_into,
    print_json,
    print_lines,
    record_argument,
    record_option,
    say,
    settings_option,
    warn_of,
)
from communique.codec import to_plain
from communique.link.findings import Beside, Difference, Finding, Result
from communique.model import Problem, Register
from communique.publish.lines import Names, call, load_names, register_words, shorten, to_line
from communique.publish.site.words import counted, date_words
from communique.read.register import read_register
from communique.record.reader import Record
from communique.registers import apply_register, withdraw_register
from communique.registers import check as run_check
from communique.text.dates import parse_edtf

MARKS = {
    Result.AGREES: "=",
    Result.DIFFERS: "≠",
    Result.UNSURE: "?",
    Result.ONLY_HERE: "+",
    Result.ONLY_THERE: "-",
}
NARROWED = ">"
# In the order in which they are shown.
HEADINGS = {
    MARKS[Result.AGREES]: "agree",
    NARROWED: "agree, narrowed: the register is more exact",
    MARKS[Result.DIFFERS]: "differ",
    MARKS[Result.UNSURE]: "not certain",
    MARKS[Result.ONLY_HERE]: "only here: the register does not have it",
    MARKS[Result.ONLY_THERE]: "only there: the record does not have it",
}
# Of what only the register has, so many lines are shown unless all are asked for.
SHOWN = 10


@click.command()
@record_argument
@record_option
@click.option(
    "--register",
    "register_file",
    type=click.Path(path_type=Path),
    required=True,
    help="CSV with the columns name, start, end, country, locality, remarks; and role, if there is one.",
)
@click.option("--apply", "mode", flag_value="apply", help="Keep in the record what the register says more exactly.")
@click.option("--withdraw", "mode", flag_value="withdraw", help="Take a register of this file name out of the record.")
@click.option("--all", "show_all", is_flag=True, help=f"Show all that only the register has, not {SHOWN}.")
@settings_option
@json_option
def check(
    named: Path | None,
    record: Path,
    register_file: Path,
    mode: str | None,
    show_all: bool,
    settings_file: Path | None,
    as_json: bool,
) -> int:
    """Sets visits and meetings abroad beside an official register of journeys: what agrees, what differs, what only
    one of them has. It looks, and changes nothing.

    With --apply the record keeps the register, and a date that the reports leave open ("May 2015") becomes what the
    register says ("12 May 2015", basis: register), wherever one journey alone can be meant; also for reports that are
    added later. What a report says is never overwritten. --withdraw undoes that.

    Rows that cannot be used are named and left out; the exit code is 3 then, unless they only repeat others.

    \b
    Examples:
      communique check kerry.db --register travels.csv
      communique check kerry.db --register travels.csv --apply
    """
    path = choose_record(named, record)
    if mode == "withdraw":
        withdraw_register(path, register_file.name, get_settings(settings_file))
        if as_json:
            print_json({"record": str(path), "withdrawn": register_file.name})
        else:
            say(f"{path}: without {register_file.name}, dates are as the reports tell them")
        return 0
    register, problems = read_register(register_file)
    if mode == "apply":
        apply_register(path, register, get_settings(settings_file))
    with look_into(path) as opened:
        beside = run_check(opened, register)
        names = load_names(opened)
        rows = {row["id"]: row for row in opened.iter_rows("engagements")}
        entities = {row["id"]: row["name"] for row in opened.iter_rows("entities")} if beside.covered else {}
        kept = [row["id"] for row in rows.values() if (row["registered"] or {}).get("register") == register.id]
        is_kept = _is_kept(opened, register)
    warn_of(problems)
    if as_json:
        print_json(_to_json(beside, register, problems, rows, is_kept))
    else:
        n_out = f", {len(problems)} left out" if problems else ""
        say(f"{path} beside {register.name} ({counted(len(register.rows), 'row')}{n_out})")
        print_lines(_lines_of_all(beside, rows, {**names, **entities}, show_all))
        if is_kept:
            say(f"\n{path} keeps this register: it narrows {counted(len(kept), 'date')}")
        elif any(found.narrowed for found in beside.findings):
            say("\nnothing was changed; --apply keeps in the record what the register says more exactly")
    return PARTLY_DONE if any(found.next_step for found in problems) else 0  # a repeated row fails nothing


def _is_kept(record: Record, register: Register) -> bool:
    return any(row["id"] == register.id for row in record.rows("registers"))


def _to_json(
    beside: Beside, register: Register, problems: Iterable[Problem], rows: Mapping[str, Row], is_kept: bool
) -> Row:
    counts = {result.value: sum(found.result is result for found in beside.findings) for result in Result}
    return {
        "register": {"id": register.id, "name": register.name, "rows": len(register.rows), "kept": is_kept},
        "left_out": {"rows": to_plain(tuple(problems)), "engagements": dict(beside.left_out)},
        "covered": to_plain(beside.covered),
        "counts": {**counts, "narrowed": sum(found.narrowed is not None for found in beside.findings)},
        "findings": [_finding_to_json(found, rows) for found in beside.findings],
    }


def _finding_to_json(found: Finding, rows: Mapping[str, Row]) -> Row:
    plain = to_plain(found)
    assert isinstance(plain, dict)
    row = rows.get(found.engagement or "")
    about = {name: row[name] for name in ("title", "kind", "status", "place", "evidence")} if row else {}
    return {**plain, **about}


# --- lines ------------------------------------------------------------------------------------------


def _lines_of_all(beside: Beside, rows: Mapping[str, Row], names: Names, show_all: bool) -> Iterator[str]:
    yield from _lines_of_coverage(beside, names)
    groups: dict[str, list[Finding]] = {mark: [] for mark in HEADINGS}
    for found in beside.findings:
        groups[NARROWED if found.narrowed else MARKS[found.result]].append(found)
    yield "   ".join(f"{mark} {len(own)} {HEADINGS[mark].split(':')[0]}" for mark, own in groups.items())
    for mark, own in groups.items():
        if own:
            yield ""
            yield bold(f"{HEADINGS[mark]} ({len(own)})")
        if mark == MARKS[Result.ONLY_THERE]:
            yield from (f"  {mark} {_line_of_stay(one)}" for one in (own if show_all else own[:SHOWN]))
            if len(own) > SHOWN and not show_all:
                yield f"    … and {len(own) - SHOWN} more; --all shows them"
        else:
            for one in own:
                yield from _lines_of_finding(one, mark, rows, names)


def _lines_of_coverage(beside: Beside, names: Names) -> Iterator[str]:
    for person in beside.covered:
        years = ", ".join(map(str, person.years)) or "no year that is known"
        meant = ", ".join(f"{call(id, names)} {id}" for id in person.entities)
        yield f"covers {person.name} ({meant}): {years}"
    if not beside.covered:
        yield "covers nobody: no visit or meeting abroad of a registered person"
    if beside.left_out:
        yield f"not compared: {'; '.join(f'{count} {reason}' for reason, count in beside.left_out.items())}"


def _line_of_stay(found: Finding) -> str:
    return "; ".join(register_words(row) for row in _plain_rows(found))


def _plain_rows(found: Finding) -> list[Row]:
    rows = to_plain(found.rows)
    assert isinstance(rows, list)
    return [row for row in rows if isinstance(row, dict)]


def _lines_of_finding(found: Finding, mark: str, rows: Mapping[str, Row], names: Names) -> Iterator[str]:
    row = rows[found.engagement or ""]
    told = to_plain(found.told)
    yield f"  {mark} {to_line('engagements', names)({**row, 'date': told})}"
    if found.narrowed:
        yield f"      {date_words(_plain_when(found.told))} → {date_words(_plain_when(found.narrowed))}: {found.reason}"
    else:
        yield f"      {found.name}: {found.reason}"
    for difference in found.differences:
        yield f"      {difference.property}: {_value(difference, difference.here)} in the reports, " + (
            f"{_value(difference, difference.there)} in the register"
        )
    may = "may be: " if found.result is Result.UNSURE else "register: "
    yield from (f"      {may}{register_words(one)}" for one in _plain_rows(found))
    yield from _lines_of_passages(row["evidence"], names)


def _lines_of_passages(evidence: Iterable[Row], names: Names) -> Iterator[str]:
    """The first words of each report, and how many more there are."""
    by_document: dict[str, list[Row]] = {}
    for place in evidence:
        by_document.setdefault(place["document"], []).append(place)
    for document, places in by_document.items():
        more = f"; {counted(len(places) - 1, 'more passage')}" if len(places) > 1 else ""
        where = f"{call(document, names)}: {places[0]['start']}-{places[0]['end']}{more}"
        yield f"      “{shorten(places[0]['quote'])}”  [{where}]"


def _plain_when(when: object) -> Row | None:
    plain = to_plain(when)
    return plain if isinstance(plain, dict) else None


def _value(difference: Difference, words: str) -> str:
    return date_words(_plain_when(parse_edtf(words))) if difference.property == "days" else words
