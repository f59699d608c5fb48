"""Orders and look-ups that are derived from the noun tables, so that rows can be chosen without reading them whole.

A page of a large record shows a few dozen rows of a million. The tables filled here are narrow: which document comes
first, which statement is read after which, what happened when, which rows name whom. They hold nothing of their own and
are not exported. `renew` makes them anew when layer 2 is written as a whole, `renew_row` what they say of one row on
which something was decided; both in the caller's transaction.
"""

from __future__ import annotations

import sqlite3

LAST_DAY = "9999-12-31"

# Rows that name entities: the noun and the columns. Statements' sources are in statement_order.
NAMING = {
    "engagements": ("participants", "place"),
    "statements": ("via", "addressee"),
    "agenda": ("voice",),
    "commitments": ("debtors", "creditors"),
    "forecasts": ("forecaster", "via"),
    "measures": ("actor", "targets"),
    "silences": ("who", "voice"),
}

_DOCUMENT_FACTS = """
SELECT id, file, iif(json_type(settled, '$.publisher') IS NULL, publisher, json_extract(settled, '$.publisher'))
       AS publisher, json_extract(iif(json_type(settled, '$.published') IS NULL, coalesce(published, dated),
       json_extract(settled, '$.published')), '$.start') AS day
FROM documents
"""
_DOCUMENTS = f"""
DELETE FROM document_order;
INSERT INTO document_order (document, publisher, day)
SELECT id, publisher, day FROM ({_DOCUMENT_FACTS})
ORDER BY coalesce(day, '{LAST_DAY}'), coalesce(publisher, '~'), file, id;
"""

_STATEMENT = """
SELECT s.id, d.number, s.source_entity, s.source_name, json_extract(s.source, '$.kind'), s.form, s.part, s.polarity,
       json_array_length(s.via), s.engagement
FROM statements s JOIN document_order d ON d.document = s.document
"""
_STATEMENT_COLUMNS = "statement, document, speaker, name, kind, form, part, polarity, relayed, engagement"
_WORDS = """
INSERT INTO statement_words (rowid, words, statement)
SELECT o.number,
       (SELECT group_concat(json_extract(c.value, '$.quote'), ' … ') FROM json_each(s.content) c), o.statement
FROM statement_order o JOIN statements s ON s.id = o.statement
"""
_STATEMENTS = f"""
DELETE FROM statement_order;
INSERT INTO statement_order ({_STATEMENT_COLUMNS}) {_STATEMENT}
ORDER BY d.number, json_extract(s.content, '$[0].start'), json_extract(s.content, '$[#-1].end'), s.id;
DELETE FROM statement_words;
{_WORDS} ORDER BY o.number;
"""

# What has a day: the SELECT of id, first day, last day, kind and status.
_DAYS = {
    "engagements": "SELECT id, starts_on AS first, ends_on AS last, kind, status FROM engagements",
    "measures": "SELECT id, json_extract(date, '$.start') AS first, json_extract(date, '$.end') AS last, kind, status"
    " FROM measures",
    "commitments": "SELECT id, json_extract(due, '$.start') AS first, json_extract(due, '$.end') AS last,"
    " 'due' AS kind, status FROM commitments WHERE due IS NOT NULL",
}


def _enter(noun: str, condition: str = "1") -> str:
    return f"""
INSERT INTO chronology (sort, noun, "row", day, last, kind, status)
SELECT coalesce(first, last, '{LAST_DAY}') || ' ' || coalesce(last, '{LAST_DAY}') || ' ' || id, '{noun}', id,
       coalesce(first, last), last, kind, status
FROM ({_DAYS[noun]}) WHERE {condition};
"""


def _name(noun: str, column: str, condition: str = "1") -> str:
    return (
        f"INSERT OR IGNORE INTO named SELECT '{noun}', '{column}', t.atom, r.id FROM {noun} r,"
        f" json_tree(r.{column}) t WHERE t.key = 'entity' AND t.type = 'text' AND {condition};\n"
    )


_CHRONOLOGY = "DELETE FROM chronology;\n" + "".join(map(_enter, _DAYS))
_NAMED = "DELETE FROM named;\n" + "".join(_name(noun, column) for noun in NAMING for column in NAMING[noun])

# Nouns whose rows are counted, since counting a million of them takes longer than a page may.
COUNTED = (
    "entities",
    "statements",
    "engagements",
    "agenda",
    "silences",
    "commitments",
    "forecasts",
    "measures",
    "comparisons",
)
_TALLIES = "DELETE FROM tallies;\n" + "".join(
    f"INSERT INTO tallies SELECT '{noun}', count(*) FROM {noun};\n" for noun in COUNTED
)
# Up to here, statements are numbered in the order of their documents; what people made since has higher numbers.
IN_ORDER = "statements in order"
_TALLIES += f"INSERT INTO tallies SELECT '{IN_ORDER}', coalesce(max(number), 0) FROM statement_order;\n"

# Statements on an issue: those whose words an agenda item rests on, and those that name the issue (these without an
# agenda item).
_ON_ISSUES = """
INSERT OR IGNORE INTO statement_issues (issue, number, agenda)
SELECT a.issue, o.number, a.id FROM agenda a JOIN evidence e ON e.noun = 'agenda' AND e."row" = a.id
JOIN evidence s ON s.document = e.document AND s.start <= e.start AND s."end" >= e."end" AND s.noun = 'statements'
JOIN statement_order o ON o.statement = s."row" WHERE {condition};
"""
_NAMING_ISSUES = """
INSERT OR IGNORE INTO statement_issues (issue, number, agenda)
SELECT a.issue, w.rowid, '' FROM (SELECT DISTINCT issue FROM agenda WHERE {of_agenda}) a CROSS JOIN statement_words w
WHERE w.words MATCH '"' || replace(a.issue, '"', '""') || '"' AND {of_words};
"""
_ISSUES = (
    "DELETE FROM statement_issues;\n"
    + _ON_ISSUES.format(condition="1")
    + _NAMING_ISSUES.format(of_agenda="1", of_words="1")
)

FILL = _DOCUMENTS + _STATEMENTS + _CHRONOLOGY + _NAMED
FILL_9 = _TALLIES + _ISSUES


def renew(connection: sqlite3.Connection) -> None:
    """Makes all look-ups anew from the noun tables as they stand, in the caller's transaction."""
    for statement in (FILL + FILL_9).split(";\n"):
        if statement.strip():
            connection.execute(statement)


def tally(connection: sqlite3.Connection, noun: str, more: int) -> None:
    """Notes that a noun has more rows, or fewer."""
    if more:
        connection.execute("UPDATE tallies SET rows = rows + ? WHERE noun = ?", (more, noun))


def renew_row(connection: sqlite3.Connection, noun: str, id: str) -> None:
    """Makes what the look-ups say of one row anew; the row may be gone.

    A statement keeps its place; a new one stands last, and a document keeps its number, until all is linked again.
    """
    if noun == "documents":
        facts = f"SELECT publisher, day FROM ({_DOCUMENT_FACTS}) WHERE id = document_order.document"
        connection.execute(f"UPDATE document_order SET (publisher, day) = ({facts}) WHERE document = ?", (id,))
    elif noun == "statements":
        _renew_statement(connection, id)
    elif noun == "agenda":
        connection.execute("DELETE FROM statement_issues WHERE agenda = ?", (id,))
        gone = "agenda = '' AND issue NOT IN (SELECT issue FROM agenda)"
        connection.execute(f"DELETE FROM statement_issues WHERE {gone}")
        connection.execute(_ON_ISSUES.format(condition="a.id = ?1"), (id,))
        connection.execute(_NAMING_ISSUES.format(of_agenda="id = ?1", of_words="1"), (id,))
    if noun in _DAYS:
        connection.execute('DELETE FROM chronology WHERE "row" = ? AND noun = ?', (id, noun))
        connection.execute(_enter(noun, "id = ?"), (id,))
    if noun in NAMING:
        connection.execute('DELETE FROM named WHERE noun = ? AND "row" = ?', (noun, id))
        for column in NAMING[noun]:
            connection.execute(_name(noun, column, "r.id = ?"), (id,))


def _renew_statement(connection: sqlite3.Connection, id: str) -> None:
    place = connection.execute("SELECT number FROM statement_order WHERE statement = ?", (id,)).fetchone()
    if place is not None:
        connection.execute("DELETE FROM statement_words WHERE rowid = ?", place)
        connection.execute("DELETE FROM statement_order WHERE number = ?", place)
        connection.execute("DELETE FROM statement_issues WHERE number = ?", place)
    number = "?" if place is not None else "(SELECT coalesce(max(number), 0) + 1 FROM statement_order)"
    found = _STATEMENT.replace("SELECT s.id", f"SELECT {number}, s.id", 1)
    values = (*place, id) if place is not None else (id,)
    connection.execute(f"INSERT INTO statement_order (number, {_STATEMENT_COLUMNS}) {found} WHERE s.id = ?", values)
    connection.execute(f"{_WORDS} WHERE s.id = ?", (id,))
    connection.execute(_ON_ISSUES.format(condition="o.statement = ?1"), (id,))
    of_words = "w.rowid = (SELECT number FROM statement_order WHERE statement = ?1)"
    connection.execute(_NAMING_ISSUES.format(of_agenda="1", of_words=of_words), (id,))
