"""What a merge would touch, for a person to look at before; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from communique.record.reader import Record
from communique.record.rows import Row


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would touch: rows by noun that name the others, and what speaks against it."""

    touched: dict[str, int]
    warnings: tuple[str, ...]


def preview(record: Record, keep: str, others: list[str]) -> Preview:
    """What merging would touch, and what speaks against it; nothing is written.

    Raises:
        RecordError: There is no such row.
    """
    noun, _ = record.resolve(keep)
    rows = [record.row(name) for name in (keep, *others)]
    ids = [row["id"] for row in rows[1:]]
    touched = {
        table: sum(int(str(record.query(f"SELECT count(*) FROM {table} WHERE {where}", (id,))[0][0])) for id in ids)
        for table, where in _TOUCHED[noun].items()
    }
    return Preview({table: count for table, count in touched.items() if count}, tuple(_warn(noun, rows)))


_NAMES = "instr({0}, '\"entity\":\"' || ?1 || '\"')"
_TOUCHED: dict[str, dict[str, str]] = {
    "entities": {
        "mentions": "entity = ?1",
        "statements": "source_entity = ?1",
        "engagements": _NAMES.format("participants"),
        "agenda": _NAMES.format("voice"),
        "commitments": _NAMES.format("debtors || creditors"),
        "forecasts": _NAMES.format("coalesce(forecaster, '')"),
        "measures": _NAMES.format("coalesce(actor, '') || targets"),
    },
    "engagements": {
        "event_mentions": "engagement = ?1",
        "statements": "engagement = ?1",
        "agenda": "engagement = ?1",
        "forecasts": "engagement = ?1",
        "engagements": "parent = ?1",
        "comparisons": "about = ?1",
    },
}


def _warn(noun: str, rows: list[Row]) -> list[str]:
    """What a person should look at before merging."""
    kinds = sorted({str(row["kind"]) for row in rows})
    found = [f"they are of different kinds: {', '.join(kinds)}"] if len(kinds) > 1 else []
    if noun == "entities":
        names = sorted({str(row["name"]) for row in rows})
        documents = [{place["document"] for place in row["mentions"]} for row in rows]
        together = sorted(set.intersection(*documents))
        if together and len(names) > 1:
            found.append(f"{' and '.join(names)} stand beside each other in {', '.join(together)}")
    return found
