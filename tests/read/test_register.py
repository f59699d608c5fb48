"""A register's CSV: what is read, what one bad row costs, and what is said of a file that cannot be used."""

from datetime import date
from pathlib import Path

import pytest

from communique.errors import SettingsError
from communique.model import Register
from communique.read.register import read_register

HEADER = "name,start,end,country,locality,remarks"
HOLM = "Ada Holm,2014-03-03,2014-03-05,Norway,Oslo,Met with Prime Minister Berg."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "travels.csv"


def read(file: Path, *lines: str) -> tuple[Register, list[str]]:
    """The register, and what is said of rows that are left out."""
    file.write_text("\n".join(lines) + "\n", "utf-8")
    register, problems = read_register(file)
    return register, [f"{found.reason}; {found.next_step}" for found in problems]


def test_a_row_is_somebodys_stay(file: Path) -> None:
    register, problems = read(file, HEADER, HOLM)
    row = register.rows[0]
    assert (row.name, row.start, row.end) == ("Ada Holm", date(2014, 3, 3), date(2014, 3, 5))
    assert (row.country, row.locality, row.remarks) == ("Norway", "Oslo", "Met with Prime Minister Berg.")
    assert (row.line, row.role, register.name) == (2, "", "travels.csv")
    assert not problems


def test_columns_come_in_any_order_and_others_are_passed_over(file: Path) -> None:
    register, _ = read(
        file,
        "Country, locality ,id,role,remarks,end,start,name",
        "Norway,Oslo,7,minister,,2014-03-05,2014-03-03,Ada Holm",
    )
    assert (register.rows[0].country, register.rows[0].locality, register.rows[0].role) == (
        "Norway",
        "Oslo",
        "minister",
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('"Holm, Ada"', "Ada Holm"),
        ('"Marsh, George, Jr."', "George Marsh Jr."),
        ('"George Marsh, Jr."', "George Marsh, Jr."),
        ("Ada  Holm ", "Ada Holm"),
    ],
)
def test_a_name_is_read_in_its_usual_order(file: Path, written: str, name: str) -> None:
    register, _ = read(file, HEADER, HOLM.replace("Ada Holm", written))
    assert register.rows[0].name == name


def test_a_byte_order_mark_and_blank_lines_do_no_harm(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + f"\r\n{HEADER}\r\n\r\n{HOLM}\r\n,,,,,\r\n".encode())
    register, problems = read_register(file)
    assert [row.line for row in register.rows] == [4]
    assert not problems


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Ada Holm,3 March 2014,2014-03-05,Norway,Oslo,", "'3 March 2014' is no day (start); write days as 2013-05-07"),
        ("Ada Holm,2014-02-30,2014-03-05,Norway,Oslo,", "'2014-02-30' is no day (start); write days as 2013-05-07"),
        ("Ada Holm,2014-03-03,,Norway,Oslo,", "'' is no day (end); write days as 2013-05-07"),
        (
            "Ada Holm,2014-03-05,2014-03-03,Norway,Oslo,",
            "it ends on 2014-03-03 before it starts on 2014-03-05; correct the dates",
        ),
        (
            "Ada Holm,2014-03-03,2014-03-05,Norway,Oslo,Met with Berg, Lie.",
            "7 cells, not 6; put a cell that holds a comma into quotation marks",
        ),
        ("Ada Holm,2014-03-03", "2 cells, not 6; put a cell that holds a comma into quotation marks"),
        (",2014-03-03,2014-03-05,Norway,Oslo,", "no name; fill the cell in"),
        ("Ada Holm,2014-03-03,2014-03-05,,Oslo,", "no country; fill the cell in"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_others_are_read(file: Path, row: str, said: str) -> None:
    register, problems = read(file, HEADER, row, HOLM)
    assert problems == [f"line 2: {said}"]
    assert [found.line for found in register.rows] == [3]


def test_a_row_that_repeats_another_is_named_and_needs_nothing(file: Path) -> None:
    register, problems = read(file, HEADER, HOLM, HOLM)
    assert problems == ["line 3: repeats line 2; "]
    assert len(register.rows) == 1


def test_the_line_of_a_row_is_the_one_on_which_it_begins(file: Path) -> None:
    broken = 'Ada Holm,2014-03-03,2014-03-05,Norway,Oslo,"Met with Berg.\nGave a speech."'
    register, problems = read(file, HEADER, broken, "Ada Holm,2014", HOLM)
    assert [row.line for row in register.rows] == [2, 5]
    assert problems[0].startswith("line 4: 2 cells")
    assert register.rows[0].remarks == "Met with Berg. Gave a speech."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: no column 'name'; name the columns name, start, end, country, locality, remarks"),
        (b"name,start,country,remarks\n", "line 1: no column 'end', 'locality'; name the columns"),
        (b"\nname,start,end,country,locality,remarks,name\n", "line 2: column 'name' twice; keep one of them"),
        (f"{HEADER}\nAda Holm,caf\xe9\n".encode("latin-1"), "line 2: is not UTF-8; save it as CSV UTF-8"),
        (f"{HEADER}\n".encode("utf-16"), "line 1: is not UTF-8; save it as CSV UTF-8"),
        (f'{HEADER}\n"Ada" Holm,2014\n'.encode(), "line 2: ',' expected after '\"'; check the quotation marks"),
        (f'{HEADER}\n"Ada Holm,2014\n'.encode(), "unexpected end of data; check the quotation marks"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_line_and_what_to_do(
    file: Path, content: bytes, said: str
) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsError) as raised:
        read_register(file)
    assert str(raised.value).startswith(str(file))
    assert said in str(raised.value)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"travels\.csv: cannot be opened .*; check the path"):
        read_register(file)


def test_the_id_is_that_of_the_rows_whatever_their_order_and_the_file(file: Path, tmp_path: Path) -> None:
    other = HOLM.replace("Oslo", "Bergen")
    first, _ = read(file, HEADER, HOLM, other)
    second, _ = read(tmp_path / "other.csv", HEADER, "", other, HOLM)
    third, _ = read(file, HEADER, HOLM)
    assert first.id == second.id != third.id
