"""What tests share: the language model and a record of the example reports, each made once a session.

Tests marked ``slow`` run with ``pytest --slow`` only: builds in other processes, kills, other places and zones.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import pipeline
from communique.annotate.language_model import LanguageModel, load_language_model

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests that are marked slow, too")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes many seconds; runs with --slow only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


@pytest.fixture(scope="session")
def language_model() -> LanguageModel:
    """The pinned language model, loaded once."""
    return load_language_model()


@pytest.fixture(scope="session")
def example_record(tmp_path_factory: pytest.TempPathFactory, language_model: LanguageModel) -> Path:
    """A record of examples/reports, as the README's command makes it. To be read only."""
    path = tmp_path_factory.mktemp("examples") / "examples.db"
    report = pipeline.build([EXAMPLES], path)
    assert not report.problems
    return path
