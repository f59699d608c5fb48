"""The addresses of one article are one key."""

import pytest

from communique.text.addresses import make_address_key

ARTICLE = "courier.example/world/talks"


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example/world/talks",
        "http://www.courier.example/world/talks/",
        "https://m.courier.example/world/talks?utm_source=letter&utm_medium=email",
        "https://courier.example/world/talks/amp/?fbclid=abc#comments",
        "https://amp.courier.example/world/talks/index.html",
    ],
)
def test_variants_of_an_address(url: str) -> None:
    assert make_address_key(url) == ARTICLE


def test_what_names_an_article_stays() -> None:
    assert make_address_key("https://courier.example/read.php?id=7&ref=home") == "courier.example/read.php?id=7"
    assert make_address_key("https://amp.example/world") == "amp.example/world"
    assert make_address_key("https://courier.example/?p=7") == "courier.example?p=7"


@pytest.mark.parametrize("url", ["", "ftp://courier.example/a", "https://courier.example/", "http://[::1/a", "talks"])
def test_no_address_of_an_article(url: str) -> None:
    assert make_address_key(url) is None
