"""``list``, ``show`` and ``search``: looking into a record."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from communique.cli.due import is_unsettled
from communique.cli.full import describe
from communique.cli.naming import Asked
from communique.cli.output import (
    Day,
    Noun,
    Row,
    json_option,
    leave_out,
    limit_option,
    look_into,
    print_json,
    print_lines,
    print_rows,
    record_option,
    state_option,
)
from communique.errors import SettingsError
from communique.model import CONFLICTS, Relation
from communique.publish.lines import Names, call, load_names, shorten, to_line
from communique.record.reader import Record
from communique.record.rows import NOUNS

# Words by which people call tables, and the kind of rows that they mean.
ALIASES = {
    "people": ("entities", "person"),
    "persons": ("entities", "person"),
    "institutions": ("entities", "organization"),
    "places": ("entities", "place"),
    "governments": ("entities", "government"),
    "visits": ("engagements", "visit"),
    "meetings": ("engagements", "meeting"),
    "calls": ("engagements", "call"),
    "events": ("engagements", None),
    "conflicts": ("comparisons", "conflict"),
}


@click.command("list", epilog=f"Nouns: {', '.join(NOUNS)}.\n\nAlso: {', '.join(ALIASES)}.")
@click.argument("noun", type=Noun([*NOUNS, *ALIASES]), metavar="NOUN")
@record_option
@click.option("--speaker", "--by", "speaker", help="Said, expected or promised by this one (part of the name).")
@click.option("--unresolved", is_flag=True, help="Of commitments and forecasts: those of which nothing is settled.")
@click.option("--kind", help="Rows of this kind (person, visit; of statements: direct, denied, anonymous ...).")
@click.option("--person", "persons", multiple=True, help="Rows that name this person or party; may be repeated.")
@click.option("--words", multiple=True, help="Rows that hold these words; may be repeated.")
@click.option("--from", "first", type=Day(), help="Rows dated from this year, month or day on.")
@click.option("--to", "last", type=Day(), help="Rows dated up to this year, month or day, inclusive.")
@click.option("--document", help="Rows of this document (id, or part of the file's name or of the title).")
@state_option
@click.option("--full", is_flag=True, help="Show each row in full, with its passages, as communique show does.")
@limit_option
@json_option
def list_rows(
    noun: str,
    record: Path,
    speaker: str | None,
    kind: str | None,
    document: str | None,
    states: frozenset[str] | None,
    unresolved: bool,
    limit: int | None,
    full: bool,
    as_json: bool,
    **asked: Any,
) -> None:
    """Lists the rows of a noun, one a line.

    \b
    Examples:
      communique list documents
      communique list statements --speaker Kerry
      communique list people
      communique list meetings --person Kerry --person Lavrov
      communique list forecasts --unresolved --by Lavrov
      communique list agenda --words "chemical weapons" --json
    """
    asked_for = noun
    noun, meant = ALIASES.get(noun, (noun, None))
    wish = Asked(**asked)
    with look_into(record) as opened:
        wanted = _find_documents(opened, document) if document else None
        rows = [row for row in opened.rows(noun) if _is_asked(row, speaker, kind or meant) and wish.is_met(row)]
        rows = [row for row in rows if wanted is None or _documents_of(row) & wanted]
        rows = [row for row in leave_out(rows, states) if not unresolved or is_unsettled(row)]
        rows = sorted(rows, key=lambda row: _order(noun, row))[:limit]
        names = load_names(opened)
        blocks = [list(describe(opened, noun, row, names)) for row in rows] if full and not as_json else []
    if blocks:
        _print_blocks(blocks)
    else:
        print_rows(rows, as_json, to_line(noun, names), noun if as_json else asked_for)


def _print_blocks(blocks: Iterable[Iterable[str]]) -> None:
    for number, block in enumerate(blocks):
        print_lines(["", *block] if number else block)


def _find_documents(record: Record, words: str) -> set[str]:
    wanted = words.casefold()
    found = {
        row["id"]
        for row in record.rows("documents")
        if row["id"].startswith(words) or wanted in row["file"].casefold() or wanted in (row["title"] or "").casefold()
    }
    if not found:
        raise SettingsError(f"{record.path}: no document is called {words!r}", "communique list documents shows them")
    return found


def _is_asked(row: Row, speaker: str | None, kind: str | None) -> bool:
    speakers = [row.get("source"), row.get("forecaster"), *row.get("debtors", ())]
    if speaker and not any(speaker.casefold() in str((who or {}).get("name", "")).casefold() for who in speakers):
        return False
    if not kind:
        return True
    # Statements, commitments and forecasts have no kind of their own, but a form, a status, a kind of speaker.
    source = row.get("source")
    own = [row.get(name) for name in ("kind", "form", "polarity", "status", "resolution", "strength", "relation")]
    own += [source["kind"]] if source else []
    own += ["conflict"] if row.get("relation") in CONFLICTS else []
    return kind.casefold().replace(" ", "_") in [str(word).replace(" ", "_") for word in own if word]


def _documents_of(row: Row) -> set[str]:
    named = {row[field] for field in ("document", "subject", "about") if isinstance(row.get(field), str)}
    for field in ("evidence", "mentions", "values"):
        value = row.get(field)
        named |= {part["document"] for part in value} if isinstance(value, list) else set()
    return named | ({row["id"]} if "sha256" in row else set())


def _order(noun: str, row: Row) -> tuple[str, ...]:
    """Names by name; dated rows by date; the rest by document and place in the text."""
    if noun == "entities":
        return (row["name"].casefold(), row["id"])
    if noun == "comparisons":
        return (str(row["relation"] not in (Relation.CONTRADICTS,)), row["about"], row["property"], row["id"])
    date = row.get("date") or row.get("published") or {}
    start = next((place["start"] for place in _places_of(row)), 0)
    return (str(date.get("start") or "9999"), str(row.get("document", "")), f"{start:09}", row["id"])


def _places_of(row: Row) -> list[Row]:
    places = row.get("content") or row.get("evidence")
    own = [row] if isinstance(row.get("start"), int) else []
    return own or (places if isinstance(places, list) else [])


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@record_option
@json_option
def show(ids: tuple[str, ...], record: Path, as_json: bool) -> None:
    """Shows rows in full, with every passage that they stand on; an id can be cut short.

    With --json, one object a line.

    \b
    Example:
      communique show eng-0123 stm-89ab
    """
    with look_into(record) as opened:
        rows = [(opened.resolve(name)[0], opened.row(name)) for name in ids]
        names = {} if as_json else load_names(opened)
        revisions = {
            row["id"]: {"revision": opened.revision(row["id"])} for _, row in rows if as_json and "review" in row
        }
        blocks = [] if as_json else [list(describe(opened, noun, row, names)) for noun, row in rows]
    if as_json:
        for noun, row in rows:
            print_json({"noun": noun, **row, **revisions.get(row["id"], {})})
    _print_blocks(blocks)


@click.command()
@click.argument("words", nargs=-1, required=True)
@record_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@json_option
def search(words: tuple[str, ...], record: Path, limit: int, as_json: bool) -> None:
    """Finds passages and statements in which all the words occur, the best first.

    Words in quotation marks are a phrase; sanction* finds all that begin so. Case and accents do not matter.

    \b
    Examples:
      communique search missile defense
      communique search '"civil society"' 'sanction*'
    """
    with look_into(record) as opened:
        rows = opened.search(" ".join(map(_quote_again, words)), limit)
        names = load_names(opened)
    print_rows(rows, as_json, lambda row: _line_of_hit(row, names), "hits")


def _quote_again(words: str) -> str:
    """A phrase of which the shell took the quotation marks."""
    return f'"{words}"' if " " in words.strip() and '"' not in words else words


def _line_of_hit(row: Row, names: Names) -> str:
    part = f"{row['part']}; " if row["part"] != "body" else ""  # a comment or a notice is not the report's word
    return f"{row['id']}  {shorten(row['quote'], 240)}  [{part}{call(row['document'], names)}]"
