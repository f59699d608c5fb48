"""What a report asserts of an engagement beside who, when and where (``accounts.toml``), and whose word it is.

``accounts_apart.toml`` holds sentences on which the rules were not made. What the rules have wrong is marked there, so
that this test tells when that changes.
"""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from tests.annotate.asserted import Row, find_assertions, find_faults_of_account, load_rows, read_row

ROWS = [*load_rows("events/accounts.toml"), *load_rows("events/accounts_apart.toml")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text[:70])
def test_a_sentence_tells_what_is_asserted(row: Row, language_model: LanguageModel) -> None:
    found = find_assertions(read_row(row, language_model))
    assert find_faults_of_account(row, found) == row.wrong, found


def test_few_sentences_are_read_wrongly() -> None:
    assert sum(bool(row.wrong) for row in ROWS) <= 0.15 * len(ROWS)
