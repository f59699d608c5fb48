"""``list``, ``show`` and ``search``: looking into a record."""

from __future__ import annotations

from pathlib import Path

import click

from communique.cli.full import describe
from communique.cli.output import (
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
    "conflicts": ("comparisons", None),
}


@click.command("list", epilog=f"Nouns: {', '.join(NOUNS)}.\n\nAlso: {', '.join(ALIASES)}.")
@click.argument("noun", type=Noun([*NOUNS, *ALIASES]), metavar="NOUN")
@record_option
@click.option("--speaker", help="Statements of this speaker (part of the name).")
@click.option("--kind", help="Rows of this kind (person, visit; of statements: direct, denied, anonymous ...).")
@click.option("--document", help="Rows of this document (id, or part of the file's name or of the title).")
@state_option
@limit_option
@json_option
def list_rows(
    noun: str,
    record: Path,
    speaker: str | None,
    kind: str | None,
    document: str | None,
    states: frozenset[str] | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Lists the rows of a noun, one a line.

    \b
    Examples:
      communique list documents
      communique list statements --speaker Kerry
      communique list people
      communique list engagements --kind visit --json
    """
    noun, meant = ALIASES.get(noun, (noun, None))
    with look_into(record) as opened:
        wanted = _find_documents(opened, document) if document else None
        rows = [row for row in opened.rows(noun) if _is_asked(row, speaker, kind or meant)]
        names = load_names(opened)
    rows = leave_out(rows, states)
    if wanted is not None:
        rows = [row for row in rows if _documents_of(row) & wanted]
    rows.sort(key=lambda row: _order(noun, row))
    print_rows(rows[:limit], as_json, to_line(noun, names), noun)


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
    if speaker and speaker.casefold() not in str((row.get("source") or {}).get("name", "")).casefold():
        return False
    if not kind:
        return True
    # A statement has no kind of its own, but a form, a polarity and a kind of speaker.
    source = row.get("source")
    own = [row.get(name) for name in ("kind", "form", "polarity")] + [source["kind"] if source else None]
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
    for number, block in enumerate(blocks):
        print_lines(["", *block] if number else block)


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
    return f"{row['id']}  {shorten(row['quote'], 240)}  [{call(row['document'], names)}]"
