"""What tests share."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel, load_language_model


@pytest.fixture(scope="session")
def language_model() -> LanguageModel:
    """The pinned language model, loaded once."""
    return load_language_model()
