"""A record as lines of text: one row, one line, without ids, so that a change shows only what has changed.

Ids of documents are replaced by their files, ids of other rows by what they say. Rows are sorted by these lines. What a
line leaves out (evidence of participants, digests, offsets of parts) is proved by ``verify``, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from communique.record.reader import Record

Row = Mapping[str, Any]
Names = Mapping[str, str]


def digest(record: Record) -> list[str]:
    """The record as lines, a section a noun."""
    names = _load_names(record)
    lines: list[str] = []
    for noun, to_line in _LINES.items():
        rows = sorted(to_line(row, names) for row in record.iter_rows(noun))
        lines += [f"# {noun}: {len(rows)}", *rows, ""]
    return lines


def _load_names(record: Record) -> dict[str, str]:
    names = {row["id"]: row["file"].split(".")[0] for row in record.iter_rows("documents")}
    names |= {row["id"]: f"{row['title']} {_day(row['date'])}" for row in record.iter_rows("engagements")}
    names |= {row["id"]: f"{row['kind']} {row['name']}" for row in record.iter_rows("entities")}
    return names | {row["id"]: row["name"] for row in record.iter_rows("measures")}


def _day(when: Row | None) -> str:
    return f"({when['edtf']}, {when['basis']}{', ' + when['note'] if when['note'] else ''})" if when else "(no date)"


def _quote(place: Row) -> str:
    return " ".join(str(place["quote"]).split())


def _cite(places: list[Row], names: Names) -> str:
    cited = {f"{names[place['document']]}:{place['start']} “{_quote(place)}”" for place in places}
    return "; ".join(sorted(cited))


def _who(actor: Row | None) -> str:
    return f"{actor['name']} [{actor['kind']}]" if actor else "unknown"


def _all(actors: list[Row]) -> str:
    return ", ".join(map(_who, actors)) or "nobody"


def _document(row: Row, names: Names) -> str:
    facts = "; ".join(
        f"{name} {fact['value']!r} {fact['basis']}" if fact else f"{name} unknown"
        for name, fact in row["facts"].items()
        if fact or name in ("title", "publisher", "author")
    )
    parts = " ".join(f"{part['part']}{'(' + part['author'] + ')' if part['author'] else ''}" for part in row["parts"])
    copies = ", ".join(copy["file"] for copy in row["copies"])
    return f"{row['file']} {_day(row['published'])}: {facts}; parts {parts}; copies {copies or 'none'}"


def _office(office: Row) -> str:
    of = f" of {office['organization']}" if office["organization"] else ""
    as_of = f" {office['as_of']}" if office["as_of"] else ""
    return f"{'former ' if office['former'] else ''}{office['office']}{of}{as_of}"


def _entity(row: Row, names: Names) -> str:
    offices = "; ".join(map(_office, row["offices"]))
    places = " ".join(sorted({names[mention["document"]].split("-")[0] for mention in row["mentions"]}))
    alias = " = ".join(row["names"])
    return f"{row['kind']} {row['name']}: {alias} | {offices or 'no office'} | {len(row['mentions'])} in {places}"


def _statement(row: Row, names: Names) -> str:
    chain = " ← ".join([_who(row["source"]), *map(_who, row["via"])])
    to = f" to {_who(row['addressee'])}" if row["addressee"] else ""
    cue = f"“{_quote(row['cue'])}”" if row["cue"] else "no cue"
    words = " … ".join(_quote(piece) for piece in row["content"])
    at = f" at {names.get(row['engagement'], row['engagement'])}" if row["engagement"] else ""
    start = row["content"][0]["start"]
    marks = f"{row['form']}, {row['part']}, {row['polarity']}"
    return f"{names[row['document']]}:{start:05} {chain}{to}, {cue}: {words} | {marks}{at} {_day(row['made'])}"


def _engagement(row: Row, names: Names) -> str:
    who = ", ".join(f"{one['name']} as {one['role']}" for one in row["participants"])
    place = row["place"]["name"] if row["place"] else "no place"
    part = f" | part of {names[row['parent']]}" if row["parent"] else ""
    head = f"{(row['date'] or {}).get('start') or 'undated'} {row['title']} {_day(row['date'])}"
    code = "/".join(filter(None, row["plover"].values()))
    return f"{head} {row['kind']} {row['status']} at {place}: {who} | {code}{part} | {_cite(row['evidence'], names)}"


def _agenda(row: Row, names: Names) -> str:
    where = names.get(row["engagement"], "no engagement")
    voice = f"{row['voice']['kind']} {row['voice']['name'] or ''}".strip()
    return f"{row['issue']}: {row['phase']} at {where} says {voice} | {_cite(row['evidence'], names)}"


def _commitment(row: Row, names: Names) -> str:
    terms = f"due {_day(row['due'])}, condition {row['condition']}, {row['status']}"
    who = f"{_all(row['debtors'])} to {_all(row['creditors'])}"
    return f"{who}: {row['what']} | {terms} | {_cite(row['evidence'], names)}"


def _forecast(row: Row, names: Names) -> str:
    terms = f"hedge {row['hedge']}, horizon {_day(row['horizon'])}, {row['resolution']}"
    return f"{_who(row['forecaster'])}: {row['what']} | {terms} | {_cite(row['evidence'], names)}"


def _measure(row: Row, names: Names) -> str:
    answers = f"answers {names.get(row['answers'], row['answers'])}" if row["answers"] else "answers nothing"
    head = f"{row['kind']} {row['name']} {_day(row['date'])} {row['status']}"
    terms = f"{_who(row['actor'])} against {_all(row['targets'])} | {answers}, {row['order_check']}"
    return f"{head}: {terms} | {_cite(row['evidence'], names)}"


def _comparison(row: Row, names: Names) -> str:
    values = "; ".join(sorted({f"{value['value']} ({names[value['document']]})" for value in row["values"]}))
    return f"{names.get(row['about'], row['about'])}: {row['property']} {row['relation']}: {values} | {row['reason']}"


def _time(row: Row, names: Names) -> str:
    return (
        f"{names[row['document']]}:{row['start']:05} “{_quote(row)}” {row['type']} {row['value']} {_day(row['when'])}"
    )


def _problem(row: Row, names: Names) -> str:
    return f"{names.get(row['subject'], row['subject'])} {row['stage']}: {row['reason']}"


_LINES: dict[str, Callable[[Row, Names], str]] = {
    "documents": _document,
    "entities": _entity,
    "statements": _statement,
    "engagements": _engagement,
    "agenda": _agenda,
    "commitments": _commitment,
    "forecasts": _forecast,
    "measures": _measure,
    "comparisons": _comparison,
    "times": _time,
    "problems": _problem,
}
