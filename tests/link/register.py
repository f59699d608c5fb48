"""Registers for tests of linking: rows as one would write them."""

from datetime import date

from communique.model import Register, RegisterRow, make_register


def row(name: str, days: str, country: str, locality: str = "", remarks: str = "", role: str = "") -> RegisterRow:
    """A row; days as ``2014-03-03`` or ``2014-03-03/2014-03-05``. Its line is told by its place in a register."""
    start, _, end = days.partition("/")
    first, last = date.fromisoformat(start), date.fromisoformat(end or start)
    return RegisterRow(0, name, first, last, country, locality, remarks, role)


def register(*rows: RegisterRow, name: str = "travels.csv") -> Register:
    """A register of rows on lines 2, 3 …"""
    numbered = (
        RegisterRow(line, r.name, r.start, r.end, r.country, r.locality, r.remarks, r.role)
        for line, r in enumerate(rows, 2)
    )
    return make_register(name, tuple(numbered))
