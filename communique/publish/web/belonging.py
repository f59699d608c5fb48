"""What belongs to what, as SQL: the rows of an engagement, an entity, a document."""

from __future__ import annotations

MOST = 2_000  # rows of one kind that belong to one thing

_RESTING = "SELECT DISTINCT \"row\" FROM evidence WHERE document = ? AND noun = '{}'"
NAMING = "SELECT DISTINCT \"row\" FROM named WHERE noun = '{}' AND entity = ?"
# Commitments whose words stand in those of another row, or hold them.
_PROMISED = (
    "SELECT e.\"row\" FROM evidence g CROSS JOIN evidence e ON e.document = g.document AND e.noun = 'commitments'"
    ' AND e.role = \'evidence\' AND e.start < g."end" AND e."end" > g.start'
)
# What belongs to what: the noun, and the SQL that gives its ids in the order in which they are shown.
CHOICES: dict[str, tuple[str, str]] = {
    "statements of document": (
        "statements",
        "SELECT statement FROM statement_order WHERE document ="
        " (SELECT number FROM document_order WHERE document = ?) ORDER BY number",
    ),
    "statements of speaker": ("statements", "SELECT statement FROM statement_order WHERE speaker = ? ORDER BY number"),
    "statements of engagement": (
        "statements",
        "SELECT statement FROM statement_order WHERE engagement = ? ORDER BY number",
    ),
    "statements about entity": (
        "statements",
        f'SELECT DISTINCT e."row" FROM (SELECT document, start FROM mentions WHERE entity = ? LIMIT {MOST}) m'
        " CROSS JOIN evidence e ON e.document = m.document AND e.noun = 'statements'"
        " AND e.role = 'content' AND e.start <= m.start AND e.\"end\" > m.start",
    ),
    "statements through entity": (
        "statements",
        "SELECT \"row\" FROM named WHERE noun = 'statements' AND role = 'via' AND entity = ?",
    ),
    "mentions of document": ("mentions", 'SELECT id FROM mentions WHERE document = ? ORDER BY start, "end"'),
    "engagements of document": ("engagements", _RESTING.format("engagements") + " AND role = 'evidence'"),
    "engagements of entity": (
        "engagements",
        'SELECT c."row" FROM chronology c WHERE c.noun = \'engagements\' AND c."row" IN'
        f" ({NAMING.format('engagements')}) ORDER BY c.sort",
    ),
    "parts of engagement": (
        "engagements",
        'SELECT c."row" FROM engagements e JOIN chronology c ON c."row" = e.id AND c.noun = \'engagements\''
        " WHERE e.parent = ? ORDER BY c.sort",
    ),
    "agenda of engagement": ("agenda", "SELECT id FROM agenda WHERE engagement = ? ORDER BY document, id"),
    "silences of engagement": ("silences", "SELECT id FROM silences WHERE engagement = ? ORDER BY document, id"),
    "silences of document": ("silences", _RESTING.format("silences")),
    "forecasts of engagement": ("forecasts", "SELECT id FROM forecasts WHERE engagement = ? ORDER BY document, id"),
    "comparisons of subject": ("comparisons", "SELECT id FROM comparisons WHERE about = ? ORDER BY id"),
    "comparisons of document": ("comparisons", _RESTING.format("comparisons")),
    "problems of document": ("problems", "SELECT id FROM problems WHERE subject = ? ORDER BY id"),
    **{f"{noun} of document": (noun, _RESTING.format(noun)) for noun in ("agenda", "commitments", "forecasts")},
    "measures of document": ("measures", _RESTING.format("measures")),
    "statements on engagement": (
        "statements",
        'SELECT o.statement FROM statement_order o WHERE o.engagement IS NOT ?1 AND o.statement IN (SELECT e."row" FROM'
        " evidence g CROSS JOIN evidence e ON e.document = g.document AND e.noun = 'statements' AND e.role = 'content'"
        ' AND e.start < g."end" AND e."end" > g.start WHERE g.noun = \'engagements\' AND g."row" = ?1)'
        " ORDER BY o.number",
    ),
    "commitments of engagement": (
        "commitments",
        "SELECT id FROM commitments INDEXED BY commitments_engagement WHERE engagement = ?1 UNION"
        f" {_PROMISED} WHERE g.noun = 'engagements' AND g.\"row\" = ?1 UNION {_PROMISED}"
        " WHERE g.noun = 'statements' AND g.\"row\" IN (SELECT statement FROM statement_order WHERE engagement = ?1)",
    ),
    "commitments of entity": ("commitments", NAMING.format("commitments")),
    "forecasts of entity": ("forecasts", NAMING.format("forecasts") + " AND role = 'forecaster'"),
    "measures of entity": (
        "measures",
        'SELECT c."row" FROM chronology c WHERE c.noun = \'measures\' AND c."row" IN'
        f" ({NAMING.format('measures')}) ORDER BY c.sort",
    ),
}
# Engagements of somebody who is nearly everywhere: the first are found sooner by walking the days.
WALK = (
    "SELECT c.\"row\" FROM chronology c WHERE c.noun = 'engagements' AND (EXISTS (SELECT 1 FROM named n"
    " WHERE n.noun = 'engagements' AND n.role = 'participants' AND n.entity = ? AND n.\"row\" = c.\"row\") OR EXISTS"
    " (SELECT 1 FROM named n WHERE n.noun = 'engagements' AND n.role = 'place' AND n.entity = ?"
    ' AND n."row" = c."row")) ORDER BY c.sort'
)
