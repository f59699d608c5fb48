"""Orders and look-ups that are derived from the noun tables, so that rows can be chosen without reading them whole.

A page of a large record shows a few dozen rows of a million. The tables filled here are narrow: which document comes
first, which statement is read after which, what happened when, which rows name whom. They hold nothing of their own and
are not exported; `renew` makes them anew whenever the noun tables have changed, in the caller's transaction.
"""

from __future__ import annotations

import sqlite3

LAST_DAY = "9999-12-31"

# Rows that name entities: the noun and the column. Statements' sources are in statement_order.
NAMING = (
    ("engagements", "participants"),
    ("engagements", "place"),
    ("statements", "via"),
    ("statements", "addressee"),
    ("agenda", "voice"),
    ("commitments", "debtors"),
    ("commitments", "creditors"),
    ("forecasts", "forecaster"),
    ("forecasts", "via"),
    ("measures", "actor"),
    ("measures", "targets"),
)

_DOCUMENTS = f"""
DELETE FROM document_order;
INSERT INTO document_order (document, publisher, day)
SELECT id, publisher, json_extract(coalesce(published, dated), '$.start') AS day FROM documents
ORDER BY coalesce(day, '{LAST_DAY}'), coalesce(publisher, '~'), file, id;
"""

_STATEMENTS = """
DELETE FROM statement_order;
INSERT INTO statement_order (statement, document, speaker, name, kind, form, part, polarity, relayed, engagement)
SELECT s.id, d.number, s.source_entity, s.source_name, json_extract(s.source, '$.kind'), s.form, s.part, s.polarity,
       json_array_length(s.via), s.engagement
FROM statements s JOIN document_order d ON d.document = s.document
ORDER BY d.number, json_extract(s.content, '$[0].start'), json_extract(s.content, '$[#-1].end'), s.id;
DELETE FROM statement_words;
INSERT INTO statement_words (rowid, words, statement)
SELECT o.number,
       (SELECT group_concat(json_extract(c.value, '$.quote'), ' … ') FROM json_each(s.content) c), o.statement
FROM statement_order o JOIN statements s ON s.id = o.statement ORDER BY o.number;
"""

_CHRONOLOGY = f"""
DELETE FROM chronology;
INSERT INTO chronology (noun, "row", day, last, kind, status, parent)
SELECT noun, id, coalesce(first, last) AS day, last, kind, status, parent
FROM (
    SELECT 'engagements' AS noun, id, starts_on AS first, ends_on AS last, kind, status, parent FROM engagements
    UNION ALL
    SELECT 'measures', id, json_extract(date, '$.start'), json_extract(date, '$.end'), kind, status, NULL FROM measures
    UNION ALL
    SELECT 'commitments', id, json_extract(due, '$.start'), json_extract(due, '$.end'), 'due', status, NULL
    FROM commitments WHERE due IS NOT NULL
)
ORDER BY coalesce(day, '{LAST_DAY}'), coalesce(last, '{LAST_DAY}'), id;
"""

_NAMED = "DELETE FROM named;\n" + "\n".join(
    f"INSERT OR IGNORE INTO named SELECT '{noun}', '{column}', t.atom, r.id"
    f" FROM {noun} r, json_tree(r.{column}) t WHERE t.key = 'entity' AND t.type = 'text';"
    for noun, column in NAMING
)

FILL = _DOCUMENTS + _STATEMENTS + _CHRONOLOGY + _NAMED


def renew(connection: sqlite3.Connection) -> None:
    """Makes all look-ups anew from the noun tables as they stand, in the caller's transaction."""
    for statement in FILL.split(";\n"):
        if statement.strip():
            connection.execute(statement)
