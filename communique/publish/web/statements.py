"""Which statements a search finds, in reading order, and by what they can be narrowed.

The words go to full text search, everything else to the narrow table ``statement_order``.
"""

from __future__ import annotations

from communique.model import StatementForm
from communique.publish.web.ask import Ask, Facet, Field, first_day, last_day
from communique.publish.web.choose import Chosen, capped
from communique.publish.web.choose import facets as choose_facets
from communique.publish.web.desk import Desk
from communique.record.search import make_query

FIELDS = ("q", "speaker", "name", "publisher", "through", "form", "part", "polarity", "kind", "issue", "from", "to")
FORMS = {"direct": "direct quotation", "mixed": "paraphrase with quoted words", "indirect": "paraphrase"}
POLARITIES = {"asserted": "said", "denied": "denied", "declined": "declined to say", "asked": "asked"}
RELAYED = {"no": "as the publisher has it", "yes": "through somebody else"}
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
    if ask.get("publisher"):
        conditions.append("o.document IN (SELECT number FROM document_order WHERE publisher = ?)")
        values.append(ask.get("publisher"))
    if ask.get("issue"):
        conditions.append(f"o.statement IN ({_ON_ISSUE})")
        values += [ask.get("issue"), ask.get("issue")]
    for condition, number in _period(ask, desk):
        conditions.append(condition)
        values.append(number)
    order = "w.rowid" if ask.get("q") else "o.number"
    return Chosen(f"{source} WHERE {' AND '.join(conditions)}", tuple(values), order)


# Statements whose words an agenda item rests on, and those made where the issue stood on the agenda.
_ON_ISSUE = """
SELECT s."row" FROM agenda a JOIN evidence e ON e.noun = 'agenda' AND e."row" = a.id
JOIN evidence s ON s.document = e.document AND s.start <= e.start AND s."end" >= e."end" AND s.noun = 'statements'
WHERE a.issue = ?
UNION SELECT statement FROM statement_order WHERE engagement IN
    (SELECT engagement FROM agenda WHERE issue = ? AND engagement IS NOT NULL)
"""


def _period(ask: Ask, desk: Desk) -> list[tuple[str, int]]:
    """Documents are numbered by their days, and statements by their documents: a period is a range of numbers."""
    bounds = []
    for name, day, sign, pick in (
        ("from", first_day(ask.get("from")), ">=", "SELECT min(number) FROM document_order WHERE day >= ?"),
        ("to", last_day(ask.get("to")), "<=", "SELECT max(number) FROM document_order WHERE day <= ?"),
    ):
        if ask.get(name) and day:
            found = desk.record.query(pick, (day,))[0][0]
            nothing = 0 if sign == "<=" else 1 << 60
            bounds.append((f"o.document {sign} ?", nothing if found is None else int(str(found))))
    if any(name == "o.document >= ?" for name, _ in bounds) and len(bounds) == 1:
        last = desk.record.query("SELECT max(number) FROM document_order WHERE day IS NOT NULL")[0][0]
        bounds.append(("o.document <= ?", int(str(last or 0))))  # those without a day come after all others
    return bounds


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
    "speaker": ("Speaker", "speaker"),
    "publisher": ("Publisher", "publisher"),
    "form": ("Form", "form"),
    "through": ("Passed on", "relayed"),
    "part": ("Part of the document", "part"),
    "polarity": ("Said how", "polarity"),
    "kind": ("Kind of speaker", "kind"),
}


def facets(chosen: Chosen, ask: Ask, desk: Desk) -> list[Facet]:
    """What the statements found can be narrowed by, with counts."""
    numbers = capped("o.number", chosen.source)
    found = (
        "SELECT o.speaker, d.publisher, o.form, o.part, o.polarity, o.kind,"
        " CASE WHEN o.relayed THEN 'yes' ELSE 'no' END AS relayed"
        f" FROM ({numbers}) f JOIN statement_order o ON o.number = f.number"
        " JOIN document_order d ON d.number = o.document"
    )
    return choose_facets(found, chosen.values, _COLUMNS, ask, desk, lambda name, value: _words(name, value, desk))


def _words(name: str, value: str, desk: Desk) -> str:
    if name == "speaker":
        entity = desk.get("entities", value)
        return str(entity["name"]) if entity else value
    known = {"form": FORMS, "polarity": POLARITIES, "through": RELAYED, "part": PARTS}
    return known.get(name, {}).get(value, value)
