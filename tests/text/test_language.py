"""English or not, by the commonest words."""

import pytest

from communique.text.language import is_english

ENGLISH = (
    "The ministers of the two states met in Vienna on Monday and said that they would go on with the talks in "
    "the spring, after the elections, if the truce was kept until then."
)
OTHERS = [
    "Los ministros de los dos estados se reunieron el lunes en Viena y dijeron que continuarán las conversaciones en "
    "la primavera, después de las elecciones, si la tregua se mantiene hasta entonces y nadie la rompe.",
    "Министры двух государств встретились в понедельник в Вене и заявили, что продолжат переговоры весной, после "
    "выборов, если перемирие сохранится до тех пор и никто не нарушит его условия в эти месяцы.",
    "a" * 30_000,
]


def test_english_is_english() -> None:
    assert is_english(ENGLISH)


@pytest.mark.parametrize("text", OTHERS)
def test_other_texts_are_not(text: str) -> None:
    assert not is_english(text)


def test_a_fragment_passes() -> None:
    assert is_english("Kerry in Moskau")
