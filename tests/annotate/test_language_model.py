"""Finding the language model and knowing it by its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.annotate.language_model import (
    DEFAULT_MODEL,
    LanguageModel,
    find_language_model,
    get_folder_digest,
    load_language_model,
)
from communique.errors import ModelError
from communique.tables import load_table


def test_the_pinned_model_is_the_one_loaded(language_model: LanguageModel) -> None:
    assert language_model.files.digest == load_table("models")[DEFAULT_MODEL]["sha256"]
    assert language_model.files.identity.startswith(DEFAULT_MODEL)
    assert {"parser", "ner"} <= set(language_model.nlp.pipe_names)


def test_it_is_loaded_once(language_model: LanguageModel) -> None:
    assert load_language_model() is language_model


@pytest.mark.parametrize("name", ["no_such_pipeline", "json", "not a name"])
def test_what_is_no_model_is_named(name: str) -> None:
    with pytest.raises(ModelError, match=name):
        find_language_model(name)


def test_other_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.annotate.language_model.get_folder_digest", lambda _: "0" * 64)
    with pytest.raises(ModelError, match="not the pinned ones"):
        find_language_model()


def test_the_digest_depends_on_names_and_contents_only(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, order in ((one, "ab"), (other, "ba")):
        folder.mkdir()
        for name in order:
            (folder / name).write_text(name)
    assert get_folder_digest(one) == get_folder_digest(other)
    (other / "__pycache__").mkdir()
    (other / "__pycache__" / "c.pyc").write_text("x")
    assert get_folder_digest(one) == get_folder_digest(other)
    (other / "a").write_text("changed")
    assert get_folder_digest(one) != get_folder_digest(other)
