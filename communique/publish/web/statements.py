"""Which statements a search finds, in reading order, and by what they can be narrowed.

The words go to full text search, everything else to the narrow table ``statement_order``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from communique.model import StatementForm
from communique.publish.site.words import edtf_words
from communique.publish.web.ask import UNKNOWN, Ask, Facet, Field, Option, first_day, last_day
from communique.publish.web.choose import Chosen, Count, Found, look, make_facet
from communique.publish.web.desk import Desk
from communique.record.lookups import IN_ORDER, LAST_DAY
from communique.record.search import make_query

FIELDS = ("q", "speaker", "name", "publisher", "through", "form", "part", "polarity", "kind", "issue", "from", "to")
FORMS = {"direct": "direct quotation", "mixed": "paraphrase with quoted words", "indirect": "paraphrase"}
POLARITIES = {"asserted": "said", "denied": "denied", "declined": "declined to say", "asked": "asked"}
RELAYED = {"no": "as the publisher has it", "yes": "through somebody else"}
MOST_PERIODS = 16
PARTS = {"comment": "reader’s comment", "notice": "notice, not the report"}


def choose(ask: Ask, desk: Desk) -> Chosen:
    """The statements that an address asks for."""
    source, conditions = "statement_order o", ["1"]
    values: list[object] = []
    if ask.get("q"):
        query = make_query(ask.get("q"))
        source = "statement_words w JOIN statement_order o ON o.number = w.rowid"
        conditions, values = ["w.words MATCH ?"] if query else ["0"], [query] if query else []
    plain = {"speaker": "o.speaker", "name": "o.name", "form": "o.form", "part": "o.part", "kind": "o.kind"}
    for name, column in {**plain, "polarity": "o.polarity"}.items():
        if ask.get(name):
            conditions.append(f"{column} = ?")
            values.append(ask.get(name))
    if ask.get("through") in RELAYED:
        conditions.append("o.relayed > 0" if ask.get("through") == "yes" else "o.relayed = 0")
    elif ask.get("through"):
        conditions.append(
            "o.statement IN (SELECT \"row\" FROM named WHERE noun = 'statements' AND role = 'via' AND entity = ?)"
        )
        values.append(ask.get("through"))
    if ask.get("publisher") == UNKNOWN:
        conditions.append("o.document IN (SELECT number FROM document_order WHERE publisher IS NULL)")
    elif ask.get("publisher"):
        conditions.append("o.document IN (SELECT number FROM document_order WHERE publisher = ?)")
        values.append(ask.get("publisher"))
    if ask.get("issue"):
        conditions.append("o.number IN (SELECT number FROM statement_issues WHERE issue = ?)")
        values.append(ask.get("issue"))
    for condition, number in _period(ask, desk):
        conditions.append(condition)
        values.append(number)
    order = "w.rowid" if ask.get("q") else "o.number"
    return Chosen(f"{source} WHERE {' AND '.join(conditions)}", tuple(values), order)


def _period(ask: Ask, desk: Desk) -> list[tuple[str, int]]:
    """Documents are numbered by their days, and statements by their documents: a period is a range of numbers."""
    first, last = first_day(ask.get("from")), last_day(ask.get("to"))
    if not first and not last:
        return []
    low = _number(desk, "SELECT min(number) FROM document_order WHERE day >= ?", first) if first else 0
    # Those without a day come after all others.
    high = _number(desk, "SELECT max(number) FROM document_order WHERE day <= ?", last or LAST_DAY)
    if low is None or high is None or low > high:
        return [("o.number < ?", 0)]
    bounds = [("o.document >= ?", low), ("o.document <= ?", high)]
    in_order, made = desk.record.query(
        f"SELECT rows, (SELECT max(number) FROM statement_order) FROM tallies WHERE noun = '{IN_ORDER}'"
    )[0]
    if in_order == made:  # nothing was made by hand since: the words, too, can be looked up in a range
        after = "SELECT number FROM statement_order WHERE document {} ? ORDER BY document, number LIMIT 1"
        begin = _number(desk, after.format(">="), low)
        end = _number(desk, after.format(">"), high)
        number = "w.rowid" if ask.get("q") else "o.number"
        bounds += [(f"{number} >= ?", begin)] if begin is not None else [("o.number < ?", 0)]
        bounds += [(f"{number} < ?", end)] if end is not None else []
    return bounds


def _number(desk: Desk, sql: str, value: object) -> int | None:
    found = desk.record.query(sql, (value,))
    return None if not found or found[0][0] is None else int(str(found[0][0]))


def fields(ask: Ask) -> list[Field]:
    """The form above the list."""
    return [
        Field("q", "Words", ask.get("q"), hint="“missile defense”, sanction*"),
        Field("form", "Form", ask.get("form"), [("", "any"), *((str(f), FORMS[f]) for f in StatementForm)]),
        Field("from", "Reported from", ask.get("from"), hint="2013, 2013-05"),
        Field("to", "to", ask.get("to"), hint="2013-05-31"),
        *(Field(name, "", ask.get(name)) for name in _HIDDEN if ask.get(name)),
    ]


_HIDDEN = ("speaker", "name", "publisher", "through", "part", "polarity", "kind", "issue")
_COLUMNS = {
    "speaker": "o.speaker",
    "form": "o.form",
    "through": "CASE WHEN o.relayed THEN 'yes' ELSE 'no' END",
    "part": "o.part",
    "polarity": "o.polarity",
    "kind": "o.kind",
}
_TITLES = {
    "speaker": "Speaker",
    "issue": "Issue",
    "publisher": "Publisher",
    "period": "Reported in",
    "form": "Form",
    "through": "Passed on",
    "part": "Part of the document",
    "polarity": "Said how",
    "kind": "Kind of speaker",
}


def find(chosen: Chosen, ask: Ask, desk: Desk) -> Found:
    """The statements found; of those on the page, the id."""
    columns = {
        **_COLUMNS,
        "number": "o.number",
        "document": "o.document",
        "relayed": "iif(o.relayed, o.statement, NULL)",
    }
    return look(chosen, ("o.statement",), columns, ask, desk)


def facets(found: Found, ask: Ask, desk: Desk) -> list[Facet]:
    """What the statements found can be narrowed by, with counts."""
    counts = {name: found.counts(name) for name in _COLUMNS}
    counts |= _count_documents(desk, found)
    counts["issue"] = _count_in(desk, _ISSUES, found.columns["number"])
    counts["through"] += _count_in(desk, _RELAYS, [id for id in found.columns["relayed"] if id])

    def words(name: str, value: str) -> str:
        return _words(name, value, desk)

    made = [
        _periods(counts[name], ask) if name == "period" else make_facet(name, title, counts[name], ask, words)
        for name, title in _TITLES.items()
    ]
    return [facet for facet in made if facet]


_FACTS = (
    "SELECT d.number, d.publisher, substr(d.day, 1, 7) FROM json_each(?) f CROSS JOIN document_order d"
    " ON d.number = f.value"
)
_ISSUES = (
    "SELECT i.issue, count(DISTINCT i.number) FROM json_each(?) f JOIN statement_issues i ON i.number = f.value"
    " GROUP BY 1"
)
_RELAYS = (
    "SELECT n.entity, count(*) FROM json_each(?) f CROSS JOIN named n ON n.noun = 'statements'"
    " AND n.\"row\" = f.value AND n.role = 'via' GROUP BY 1"
)


def _count_documents(desk: Desk, found: Found) -> dict[str, list[Count]]:
    """Statements by the publishers and the months of their documents."""
    by_document = {int(number): count for number, count in found.counts("document")}
    facts = desk.record.query(_FACTS, (json.dumps(list(by_document)),))
    publishers: Counter[str] = Counter()
    months: Counter[str] = Counter()
    for number, publisher, month in facts:
        publishers[str(publisher or UNKNOWN)] += by_document[int(str(number))]
        if month is not None:
            months[str(month)] += by_document[int(str(number))]
    return {"publisher": list(publishers.items()), "period": list(months.items())}


def _count_in(desk: Desk, counting: str, keys: Sequence[object]) -> list[Count]:
    found = desk.record.query(counting, (json.dumps(keys),))
    return [(str(value), int(str(number))) for value, number in found]


def _periods(months: list[Count], ask: Ask) -> Facet | None:
    """Years in which the statements were reported; of one year its months."""
    of_year = Counter(dict(months))
    years: Counter[str] = Counter()
    for month, number in months:
        years[month[:4]] += number
    counts = years if len(years) > 1 else of_year
    if len(counts) < 2 and not (ask.get("from") or ask.get("to")):
        return None
    options = []
    for value, number in sorted(counts.items())[-MOST_PERIODS:]:
        is_chosen = ask.get("from") == ask.get("to") == value
        href = ask.href(**dict.fromkeys(("from", "to"), "" if is_chosen else value))
        options.append(Option(edtf_words(value), number, href, is_chosen))
    return Facet("Reported in", options, max(0, len(counts) - MOST_PERIODS))


def _words(name: str, value: str, desk: Desk) -> str:
    if value == UNKNOWN:
        return "unknown"
    if name == "speaker":
        entity = desk.get("entities", value)
        return str(entity["name"]) if entity else value
    if name == "through" and value not in RELAYED:
        relay = desk.get("entities", value)
        return f"through {relay['name']}" if relay else value
    known = {"form": FORMS, "polarity": POLARITIES, "through": RELAYED, "part": PARTS}
    return known.get(name, {}).get(value, value)
