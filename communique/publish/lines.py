"""Rows of the record as lines of text for a terminal: one row, one line.

Lines carry the id first, so that it can be copied into the next command; where a row names another one, its title
stands for the id (`load_names`). Nothing is wrapped or coloured here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from communique.model import Basis, MeasureKind, OrderCheck, Precision, Relation, Review
from communique.publish.site.words import date_words
from communique.record.reader import Record

Row = Mapping[str, Any]
Names = Mapping[str, str]  # id of a document, engagement or measure -> what a person calls it

UNKNOWN = "unknown"
MARKS = {
    Review.ACCEPTED: "✓",
    Review.EDITED: "✎",
    Review.REJECTED: "✗",
    Review.UNSURE: "?",
    Review.STALE: "!",
}
MAX_QUOTE = 160
MAX_TITLE = 48
MAX_COPIES = 4


def to_line(noun: str, names: Names) -> Callable[[Row], str]:
    """The function that makes one line of a row of a noun.

    Args:
        noun: As in the record.
        names: Of the rows that a row may point at; an id that is missing stands for itself.
    """
    if noun == "event_mentions":
        return lambda row: _line_of_engagement({**row, "evidence": [row["evidence"]]}, names)
    line = _LINES.get(noun, _line_of_any)
    return lambda row: f"{line(row, names)}{review_words(row)}"


def review_words(row: Row) -> str:
    """The state in which people left a row, with its mark; nothing for a proposal on which nobody decided."""
    mark = MARKS.get(row.get("review", ""))
    return f"  {mark} {row['review']}" if mark else ""


def load_names(record: Record) -> dict[str, str]:
    """What a person calls the documents, engagements and measures of a record.

    A document is called by who publishes it (else its author, else its title) and its day, with its file where that
    does not tell it from another. Under ``ID#text`` stands whether its text is a copy, or a version of an article.
    """
    documents = record.rows("documents")
    short = {row["id"]: _name_document(row) for row in documents}
    often = Counter(short.values())
    names = {row["id"]: _tell_apart(short[row["id"]], row["file"], often) for row in documents}
    names |= {f"{id}#text": words for id, words in load_chains(record).items()}
    names |= {row["id"]: f"{row['title']} ({date_words(row['date'])})" for row in record.iter_rows("engagements")}
    return names | {row["id"]: row["name"] for row in record.iter_rows("measures")}


def load_chains(record: Record) -> dict[str, str]:
    """Of documents that are copies of one text or versions of one article: ``version 1 of 2, the last is doc-…``."""
    told: dict[str, str] = {}
    for row in record.iter_rows("comparisons"):
        if row["relation"] != Relation.SAME_CHAIN or row["property"] not in ("text", "versions"):
            continue
        for value in row["values"]:
            last = "" if value["document"] == row["about"] else f", the last is {row['about']}"
            others = [other["document"] for other in row["values"] if other["document"] != value["document"]]
            if row["property"] == "versions":
                told[value["document"]] = f"{value['value']}{last}"
            else:
                more = f" and {len(others) - MAX_COPIES} more" if len(others) > MAX_COPIES else ""
                told.setdefault(value["document"], f"one text with {', '.join(others[:MAX_COPIES])}{more}")
    return told


def _name_document(row: Row) -> str:
    by = row["publisher"] or row["author"] or shorten(row["title"] or row["file"], MAX_TITLE)
    if (day := row["published"]) is None:
        return f"{by}, undated"
    inferred = ", inferred" if day["basis"] == Basis.INFERRED else ""
    return f"{by}, {date_words({**day, 'note': ''})}{inferred}"  # why it is inferred is told with the document


def _tell_apart(name: str, file: str, often: Counter[str]) -> str:
    return name if often[name] == 1 else f"{name}, {file}"


def shorten(words: str, most: int = MAX_QUOTE) -> str:
    """Words on one line, cut with an ellipsis when they are long."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def value_words(value: Any) -> str:
    """A value of a field in few words, as a decision changed it."""
    if value in (None, [], ""):
        return UNKNOWN
    if isinstance(value, Mapping):
        words = value.get("edtf") or value.get("name") or value.get("quote")
        return shorten(str(words) if words else json.dumps(value, ensure_ascii=False), 80)
    if isinstance(value, list):
        return "; ".join(map(value_words, value))
    return shorten(str(value), 80)


def name_of(source: Row | None) -> str:
    """The name of a source, ``unknown`` where the text names none."""
    return str(source["name"]) if source else UNKNOWN


def chain_of(row: Row, speaker: str = "source") -> str:
    """Speaker and those who pass the words on: ``Lavrov ← Foreign Ministry tweet``."""
    return " ← ".join([name_of(row[speaker]), *(name_of(via) for via in row["via"])])


def call(name: str | None, names: Names) -> str:
    """What a person calls a row, by its id."""
    return names.get(name, name) if name else UNKNOWN


def place_words(row: Row) -> str:
    """``, Vienna`` unless the title has it already."""
    name = row["place"]["name"] if row["place"] else ""
    return f", {name}" if name and name.casefold() not in row["title"].casefold() else ""


def assertion_words(assertion: Row) -> str:
    """A value that a report gives of an engagement, its words where they differ, and a speaker whose word it is."""
    quote = shorten(assertion["evidence"]["quote"])
    words = "" if quote == assertion["value"] else f"  “{quote}”"
    voice = f"  (says {assertion['voice']['name']})" if assertion["voice"] else ""
    return f"{assertion['value']}{words}{voice}"


def comparison_words(row: Row, names: Names) -> str:
    """How the values that reports give of one thing stand to each other, each value once a report."""
    told = (f"{shorten(value['value'], 60)} ({call(value['document'], names)})" for value in row["values"])
    return f"{row['id']}  {row['relation']}: {row['property']}: {'; '.join(dict.fromkeys(told))}"


def register_words(row: Row) -> str:
    """A register's row: its days, whose, where, what it remarks, and the line of the file."""
    days = date_words({**row, "edtf": None, "precision": Precision.RANGE, "note": ""})
    where = ", ".join(filter(None, (row["locality"], row["country"])))
    remarks = f"  {shorten(row['remarks'])}" if row["remarks"] else ""
    return f"{days}  {row['name']}  {where}{remarks}  [line {row['line']}]"


def office_words(office: Row) -> str:
    """An office with its organisation, and ``former`` where a report says so."""
    former = "former " if office["former"] and "former" not in office["office"].lower() else ""
    of = f" ({office['organization']})" if (office["organization"] or "") not in office["office"] else ""
    return f"{former}{office['office']}{of}"


def _line_of_document(row: Row, names: Names) -> str:
    day = date_words(row["published"]) if row["published"] else "undated"
    by = f", by {row['author']}" if row["author"] else ""
    copies = f"; copies: {', '.join(copy['file'] for copy in row['copies'])}" if row["copies"] else ""
    publisher = row["publisher"] or "publisher unknown"
    text = f"; {names[key]}" if (key := f"{row['id']}#text") in names else ""
    return f"{row['id']}  {day}  {publisher}{by}  {row['title'] or 'no title'}  [{row['file']}{copies}{text}]"


def _line_of_statement(row: Row, names: Names) -> str:
    words = " … ".join(shorten(piece["quote"]) for piece in row["content"])
    marks = [row["form"], *([row["part"]] if row["part"] != "body" else [])]
    marks += [row["polarity"]] if row["polarity"] != "asserted" else []
    return f"{row['id']}  {chain_of(row)}: {words}  [{', '.join(marks)}; {call(row['document'], names)}]"


def _line_of_engagement(row: Row, names: Names) -> str:
    documents = len({evidence["document"] for evidence in row["evidence"]})
    reports = "1 report" if documents == 1 else f"{documents} reports"
    kind = row["kind"].replace("_", " ")
    day = date_words(row["date"])
    return f"{row['id']}  {day}  {row['title']}{place_words(row)}  [{kind}, {row['status']}; {reports}]"


def _line_of_entity(row: Row, names: Names) -> str:
    offices = "; ".join(dict.fromkeys(office_words(office) for office in row["offices"]))
    mentions = "1 mention" if len(row["mentions"]) == 1 else f"{len(row['mentions'])} mentions"
    return f"{row['id']}  {row['name']}  [{row['kind']}; {mentions}]{'  ' + offices if offices else ''}"


def _line_of_agenda(row: Row, names: Names) -> str:
    voice = row["voice"]["name"] or row["voice"]["kind"]
    where = f"at {call(row['engagement'], names)}" if row["engagement"] else "at no engagement that is named"
    wording = " ".join(row["wording"]["quote"].split()) if row["wording"] else row["issue"]
    words = f" (“{wording}”)" if wording.casefold() != row["issue"].casefold() else ""
    return f"{row['id']}  {row['issue']}{words}: {row['phase']} {where}  [{voice}; {call(row['document'], names)}]"


def _line_of_issue(row: Row, names: Names) -> str:
    others = [name for name in row["names"] if name != row["name"]]
    called = f" (also: {', '.join(others)})" if others else ""
    return f"{row['id']}  {row['name']}{called}  [{len(row['evidence'])} passages]"


def _line_of_silence(row: Row, names: Names) -> str:
    who = f"{row['who']['name']}: " if row["who"] else ""
    where = f" at {call(row['engagement'], names)}" if row["engagement"] else ""
    voice = row["voice"]["name"] or row["voice"]["kind"]
    silent = "; ".join(call(name, names) for name in row["reports"])
    told = f"no word of it in {silent}" if silent else f"{voice}; {call(row['document'], names)}"
    return f"{row['id']}  {row['kind']}: {who}{shorten(row['what'])}{where}  [{told}]"


def _line_of_commitment(row: Row, names: Names) -> str:
    debtors = " and ".join(name_of(debtor) for debtor in row["debtors"]) or UNKNOWN
    creditors = " and ".join(name_of(creditor) for creditor in row["creditors"])
    to = f" to {creditors}" if creditors else ""
    due = f", due {date_words(row['due'])}" if row["due"] else ""
    condition = f", condition: {shorten(row['condition'], 80)}" if row["condition"] else ""
    told = f"[{row['status']}; {call(row['document'], names)}]"
    return f"{row['id']}  {debtors}{to}: {shorten(row['what'])}{due}{condition}  {told}"


def _line_of_forecast(row: Row, names: Names) -> str:
    who = chain_of(row, "forecaster") if row["forecaster"] else "the report"
    hedge = f" (“{row['hedge']}”)" if row["hedge"] else ""
    horizon = f", by {date_words(row['horizon'])}" if row["horizon"] else ""
    told = f"[{row['resolution']}; {call(row['document'], names)}]"
    return f"{row['id']}  {who}{hedge}: {shorten(row['what'])}{horizon}  {told}"


def _line_of_measure(row: Row, names: Names) -> str:
    targets = " and ".join(name_of(target) for target in row["targets"])
    toward = "to" if row["kind"] == MeasureKind.DELIVERY else "against"
    against = f" {toward} {targets}" if targets else ""
    answers = f", answers {call(row['answers'], names)}" if row["answers"] else ""
    answers += f", in response to {shorten(row['cause']['quote'], 60)}" if row["cause"] and not row["answers"] else ""
    answers += f"  ! {row['order_check']}" if row["order_check"] == OrderCheck.EFFECT_BEFORE_CAUSE else ""
    same = f"; the same as {row['same_as']}" if row["same_as"] else ""
    told = f"[{row['kind']}, {row['status']}; {call(row['document'], names)}{same}]"
    return f"{row['id']}  {date_words(row['date'])}  {name_of(row['actor'])}: {row['name']}{against}{answers}  {told}"


def _line_of_comparison(row: Row, names: Names) -> str:
    return f"{comparison_words(row, names)}  [of {call(row['about'], names)}]"


def _line_of_problem(row: Row, names: Names) -> str:
    after = f"; {row['next_step']}" if row["next_step"] else ""
    return f"{row['id']}  {row['stage']}  {call(row['subject'], names)}: {row['reason']}{after}"


def _line_of_time(row: Row, names: Names) -> str:
    known = date_words(row["when"]) if row["when"] else "open"
    return f"{row['id']}  “{shorten(row['quote'])}”  {row['type']} {row['value']}  {known}  [{_cite(row, names)}]"


def _line_of_mention(row: Row, names: Names) -> str:
    told = f"{row['kind']}, {row['form']}; {row['entity']}; {_cite(row, names)}"
    return f"{row['id']}  “{shorten(row['quote'])}”  [{told}]"


def _cite(row: Row, names: Names) -> str:
    return f"{call(row['document'], names)}, {row['start']}-{row['end']}"


def _line_of_any(row: Row, names: Names) -> str:
    return "  ".join(str(value) for value in row.values() if isinstance(value, (str, int)))


_LINES: dict[str, Callable[[Row, Names], str]] = {
    "documents": _line_of_document,
    "statements": _line_of_statement,
    "engagements": _line_of_engagement,
    "entities": _line_of_entity,
    "issues": _line_of_issue,
    "agenda": _line_of_agenda,
    "silences": _line_of_silence,
    "commitments": _line_of_commitment,
    "forecasts": _line_of_forecast,
    "measures": _line_of_measure,
    "comparisons": _line_of_comparison,
    "problems": _line_of_problem,
    "times": _line_of_time,
    "mentions": _line_of_mention,
}
