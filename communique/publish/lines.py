"""Rows of the record as lines of text for a terminal. One row, one line; `describe` gives a row in full.

Lines carry the id first, so that it can be copied into the next command. Nothing is wrapped or coloured here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from communique.publish.site_words import basis_words, date_words

Row = dict[str, Any]
UNKNOWN = "unknown"
MAX_QUOTE = 160


def shorten(words: str, most: int = MAX_QUOTE) -> str:
    """Words on one line, cut with an ellipsis when they are long."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def name_of(source: Mapping[str, Any] | None) -> str:
    """The name of a source, ``unknown`` where the text names none."""
    return str(source["name"]) if source else UNKNOWN


def chain_of(statement: Row) -> str:
    """Speaker and those who pass the words on: ``Lavrov ← Foreign Ministry tweet``."""
    return " ← ".join([name_of(statement["source"]), *(name_of(via) for via in statement["via"])])


def to_line(noun: str) -> Callable[[Row], str]:
    """The function that makes one line of a row of a noun."""
    return _LINES.get(noun, _line_of_any)


def _line_of_document(row: Row) -> str:
    day = date_words(row["published"]) if row["published"] else "undated"
    return f"{row['id']}  {day}  {row['publisher'] or 'publisher unknown'}  {row['title'] or row['file']}  [{row['file']}]"


def _line_of_statement(row: Row) -> str:
    words = " … ".join(shorten(piece["quote"]) for piece in row["content"])
    marks = [row["form"], *([row["part"]] if row["part"] not in ("body",) else [])]
    marks += [row["polarity"]] if row["polarity"] != "asserted" else []
    return f"{row['id']}  {chain_of(row)}: {words}  [{', '.join(marks)}; {row['document']}]"


def _line_of_engagement(row: Row) -> str:
    place = f", {row['place']['name']}" if row["place"] else ""
    documents = len({evidence["document"] for evidence in row["evidence"]})
    reports = "1 report" if documents == 1 else f"{documents} reports"
    return f"{row['id']}  {date_words(row['date'])}  {row['title']}{place}  [{row['kind']}, {row['status']}; {reports}]"


def _line_of_entity(row: Row) -> str:
    offices = "; ".join(office_words(office) for office in row["offices"])
    return f"{row['id']}  {row['name']}  [{row['kind']}; {len(row['mentions'])} mentions]{'  ' + offices if offices else ''}"


def office_words(office: Row) -> str:
    """An office with its organisation, and ``former`` where a report says so."""
    former = "former " if office["former"] and "former" not in office["office"].lower() else ""
    of = f" ({office['organization']})" if office["organization"] and office["organization"] not in office["office"] else ""
    return f"{former}{office['office']}{of}"


def _line_of_agenda(row: Row) -> str:
    voice = row["voice"]["name"] or row["voice"]["kind"]
    return f"{row['id']}  {row['issue']}: {row['phase']}  [{voice}; {row['engagement'] or 'no engagement'}; {row['document']}]"


def _line_of_commitment(row: Row) -> str:
    debtors = " and ".join(name_of(debtor) for debtor in row["debtors"]) or UNKNOWN
    due = f", due {date_words(row['due'])}" if row["due"] else ""
    condition = f", condition: {shorten(row['condition'], 80)}" if row["condition"] else ""
    return f"{row['id']}  {debtors}: {shorten(row['what'])}{due}{condition}  [{row['status']}; {row['document']}]"


def _line_of_forecast(row: Row) -> str:
    who = name_of(row["forecaster"]) if row["forecaster"] else "the report"
    hedge = f" ({row['hedge']})" if row["hedge"] else ""
    return f"{row['id']}  {who}{hedge}: {shorten(row['what'])}  [{row['resolution']}; {row['document']}]"


def _line_of_measure(row: Row) -> str:
    targets = " and ".join(name_of(target) for target in row["targets"])
    against = f" against {targets}" if targets else ""
    answers = f", answers {row['answers']}" if row["answers"] else ""
    return f"{row['id']}  {date_words(row['date'])}  {name_of(row['actor'])}: {row['name']}{against}{answers}  [{row['kind']}, {row['status']}]"


def _line_of_comparison(row: Row) -> str:
    values = "; ".join(f"{shorten(value['value'], 60)} ({value['document']})" for value in row["values"])
    return f"{row['id']}  {row['relation']}: {row['property']} of {row['about']}: {values}"


def _line_of_problem(row: Row) -> str:
    after = f"; {row['next_step']}" if row["next_step"] else ""
    return f"{row['id']}  {row['stage']}  {row['subject']}: {row['reason']}{after}"


def _line_of_time(row: Row) -> str:
    known = date_words(row["when"]) if row["when"] else "open"
    return f"{row['id']}  “{shorten(row['quote'])}”  {row['type']} {row['value']}  {known}  [{row['document']}]"


def _line_of_mention(row: Row) -> str:
    return f"{row['id']}  “{shorten(row['quote'])}”  [{row['kind']}, {row['form']}; {row['entity']}; {row['document']}:{row['start']}]"


def _line_of_any(row: Row) -> str:
    return "  ".join(str(value) for value in row.values() if isinstance(value, (str, int)))


_LINES: dict[str, Callable[[Row], str]] = {
    "documents": _line_of_document,
    "statements": _line_of_statement,
    "engagements": _line_of_engagement,
    "event_mentions": lambda row: _line_of_engagement({**row, "evidence": [row["evidence"]]}),
    "entities": _line_of_entity,
    "agenda": _line_of_agenda,
    "commitments": _line_of_commitment,
    "forecasts": _line_of_forecast,
    "measures": _line_of_measure,
    "comparisons": _line_of_comparison,
    "problems": _line_of_problem,
    "times": _line_of_time,
    "mentions": _line_of_mention,
}


# --- one row in full ------------------------------------------------------------------------------


def describe(noun: str, row: Row) -> Iterator[str]:
    """A row in full: its line, then every field that says something, evidence as quotations with their place."""
    yield to_line(noun)(row)
    for name, value in row.items():
        if name != "id" and value not in (None, [], "", {}):
            yield from _describe_field(name, value, "  ")


def _describe_field(name: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}{name}: {_inline(value)}"
    elif isinstance(value, list):
        yield f"{indent}{name}:"
        for item in value:
            if isinstance(item, dict) and any(isinstance(inner, list) and inner for inner in item.values()):
                yield f"{indent}  - {_inline(item)}"
                for key, inner in item.items():
                    if isinstance(inner, list) and inner and key not in ("offices",):
                        yield from _describe_field(key, inner, indent + "    ")
            else:
                yield f"{indent}  - {_inline(item)}"
    else:
        yield f"{indent}{name}: {value}"


def _inline(value: Any) -> str:
    if not isinstance(value, dict):
        return shorten(str(value))
    if "edtf" in value and "precision" in value:
        return f"{date_words(value)} ({value['edtf'] or 'open'}; {basis_words(value['basis'])})"
    place = f"{value['document']}:{value['start']}-{value['end']}" if value.get("document") and "start" in value else ""
    words = [
        f"{key}: {_inline(inner) if isinstance(inner, dict) else shorten(str(inner))}"
        for key, inner in value.items()
        if key not in ("document", "start", "end", "quote", "entity", "present") and inner not in (None, [], "", {}, False)
        and not isinstance(inner, list)
    ]  # fmt: skip
    quote = f"“{shorten(value['quote'])}”" if value.get("quote") else ""
    return "  ".join(piece for piece in (quote, ", ".join(words), f"[{place}]" if place else "") if piece)
