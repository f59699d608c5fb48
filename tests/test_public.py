"""The program as a library: the public names, and that looking into a record does not wait for the language model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import communique
from communique import errors
from communique.record.rows import NOUNS


def test_the_public_names_are_sorted_there_and_all() -> None:
    assert sorted(communique.__all__) == communique.__all__
    assert all(hasattr(communique, name) for name in communique.__all__)
    public = {name for name, value in vars(errors).items() if isinstance(value, type)}
    assert public <= set(communique.__all__), "who catches an error must be able to name it"


@pytest.mark.parametrize("module", ["communique", "communique.cli"])
def test_importing_does_not_bring_the_language_model(module: str) -> None:
    program = f"import sys, {module}; print(sorted({{'spacy', 'thinc', 'numpy'}} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_the_tables_of_a_record_are_lists_of_plain_rows(example_record: Path) -> None:
    with communique.open(example_record) as record:
        for noun in NOUNS:
            assert all(isinstance(row, dict) for row in getattr(record, noun))
        assert len(record.documents) == 11
        assert any(row["source"] and row["source"]["name"] == "Sergei Lavrov" for row in record.statements)


def test_reading_a_text_gives_its_words_and_places(language_model: object) -> None:
    text = "Talks resume\n\nMinister Ada Holm said on Friday that the talks would resume in Vienna.\n"
    reading = communique.read(text, "2014-06-03")
    assert reading.document.text == text
    assert reading.document.published
    assert reading.document.published.edtf == "2014-06-03"
    [statement] = reading.annotations.statements
    assert statement.source
    assert statement.source.name == "Ada Holm"
    assert all(text[piece.start : piece.end] == piece.quote for piece in statement.content)


def test_a_date_that_is_none_and_a_blank_text_are_refused() -> None:
    with pytest.raises(communique.SettingsError, match="is no date"):
        communique.read("Talks resume.", "Friday")
    with pytest.raises(communique.ReadError):
        communique.read(" \n ")
