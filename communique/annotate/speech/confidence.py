"""How far a statement can be trusted: the share of statements like it that are right in marked articles.

Source: ``tables/confidence.toml``, which says on what it was counted.
"""

from __future__ import annotations

from communique.model import StatementForm
from communique.tables import load_table


def get_confidence(rule: str, form: StatementForm, resolution: str) -> float:
    """The confidence of a statement.

    Args:
        rule: Which rule found it.
        form: Direct, mixed or indirect.
        resolution: How its speaker was found; "" where none was looked for.

    Returns:
        0 to 1, with two decimals: of rows marked 0.9, nine in ten are right in words and speaker.
    """
    table = load_table("confidence")
    share: float = table["rules"][rule][form.value]
    factor: float = table["speakers"].get(resolution, 1.0)
    return round(share * factor, 2)
