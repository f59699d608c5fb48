"""A register's rows as stays, and how their places fit those of reports."""

import pytest

from communique.link.places import make_spot
from communique.link.stays import Fit, find_country, find_fit, find_stays, is_same_state
from communique.model import Place
from tests.link.register import register, row


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Russia", "RU"),
        ("U.S.S.R.", "SU"),
        ("Germany, Federal Republic of", "DE"),
        ("German Democratic Republic", "DD"),
        ("Korea, Republic of", "KR"),
        ("Korea, North", "KP"),
        ("China, People’s Republic of", "CN"),
        ("Congo, Democratic Republic of", "CD"),
        ("Democratic Republic of the Congo (Zaire)", "CD"),
        ("Burma (Myanmar)", "MM"),
        ("United Kingdom (Northern Ireland)", "GB"),
        ("Antarctica", None),
    ],
)
def test_a_registers_country_is_found_under_the_name_that_it_has_there(words: str, code: str | None) -> None:
    assert find_country(words) == code


def test_a_state_that_is_gone_is_the_land_of_its_successors() -> None:
    assert is_same_state("SU", "RU")
    assert is_same_state("UA", "SU")
    assert is_same_state("RU", "RU")
    assert not is_same_state("RU", "UA")


def test_rows_day_after_day_in_one_country_are_one_stay() -> None:
    rows = register(
        row("Ada Holm", "2014-03-03/2014-03-04", "Norway", "Oslo"),
        row("Ada Holm", "2014-03-05", "Norway", "Bergen"),
        row("Ada Holm", "2014-03-08", "Norway", "Oslo"),
        row("Ben Lie", "2014-03-05", "Norway", "Oslo"),
    ).rows
    stays = find_stays(rows)
    assert [[r.line for r in stay.rows] for stay in stays["Ada Holm"]] == [[2, 3], [4]]
    assert [[r.line for r in stay.rows] for stay in stays["Ben Lie"]] == [[5]]


def test_a_country_between_divides_a_stay() -> None:
    rows = register(
        row("Ada Holm", "2014-03-01/2014-03-02", "Norway", "Oslo"),
        row("Ada Holm", "2014-03-02/2014-03-03", "Sweden", "Stockholm"),
        row("Ada Holm", "2014-03-03/2014-03-04", "Norway", "Bergen"),
    ).rows
    assert [len(stay.rows) for stay in find_stays(rows)["Ada Holm"]] == [1, 1, 1]


@pytest.mark.parametrize(
    ("place", "country", "locality", "remarks", "fit"),
    [
        ("Oslo", "Norway", "Oslo", "", Fit.TOWN),
        ("Oslo", "Norway", "Bergen, Oslo", "", Fit.TOWN),
        ("Kiev", "Ukraine", "Kyiv", "", Fit.TOWN),
        ("Moscow", "U.S.S.R.", "Moscow", "", Fit.TOWN),
        ("Havana", "Spain", "Havana (Cuba)", "", Fit.TOWN),
        ("Bergen", "Norway", "Oslo", "In Bergen, met with Foreign Minister Lie.", Fit.TOWN),
        ("Russia", "U.S.S.R.", "Moscow", "", Fit.STATE),
        ("Norway", "Norway", "Oslo", "", Fit.STATE),
        ("Oslo", "Norway", "", "", Fit.STATE),
        ("Bergen", "Norway", "Oslo", "", Fit.OTHER_TOWN),
        ("Kiev", "Russia", "Moscow", "", Fit.ELSEWHERE),
        ("Oslo", "Sweden", "Stockholm", "", Fit.ELSEWHERE),
        ("Old Customs House", "Norway", "Oslo", "", Fit.UNKNOWN),
        ("Little Harbour", "Norway", "Little Harbour", "", Fit.TOWN),
    ],
)
def test_a_rows_place_fits_that_of_a_report(place: str, country: str, locality: str, remarks: str, fit: Fit) -> None:
    spot = make_spot(Place(place))
    assert find_fit([spot], row("Ada Holm", "2014-03-03", country, locality, remarks)) is fit


def test_without_a_place_nothing_fits_or_is_excluded() -> None:
    assert find_fit([], row("Ada Holm", "2014-03-03", "Norway", "Oslo")) is Fit.UNKNOWN
