"""Cells are read as meant, or refused with a reason that a clerk can act on."""

from __future__ import annotations

from datetime import date, datetime

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from jiaoheng.census import dictionary
from jiaoheng.census.values import BLANKS, CellError, parse, parse_column

STAGES = dictionary.table("school_stages")
SCHOOLS = dictionary.table("schools")
PUPILS = dictionary.table("pupils")
PUPIL_COUNT = STAGES["pupils"]
AREA = SCHOOLS["land_area"]
CODE = SCHOOLS["school_code"]
BOARDING = SCHOOLS["boarding"]
BIRTH = PUPILS["birth_date"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (320, 320),
        (320.0, 320),
        ("320", 320),
        ("３２０", 320),
        ("1,234", 1234),
        ("１，２３４", 1234),
        (" 320 ", 320),
        ("\u00a0320\u3000", 320),
        ("320人", 320),
        ("320 人", 320),
        ("+5", 5),
        ("12.0", 12),
        ("0", 0),
        (0, 0),
        ("", None),
        (None, None),
        ("-", None),
        ("—", None),
        ("/", None),
        ("无", None),
        ("　", None),
        (float("nan"), None),
    ],
)
def test_counts_are_read_as_people_write_them(cell: object, value: int | None) -> None:
    assert parse(cell, PUPIL_COUNT) == value


@pytest.mark.parametrize(
    "cell",
    [
        "３２O",
        "约300",
        "12.5",
        12.5,
        "1,23",
        "三百",
        "-3",
        -3,
        "1e400",
        True,
        "300人左右",
        "E0",
        "12 34",
        "٣",
        1e16,
        ",",
        ".",
    ],
)
def test_a_count_that_could_be_misread_is_refused(cell: object) -> None:
    with pytest.raises(CellError):
        parse(cell, PUPIL_COUNT)


def test_the_message_quotes_the_cell_and_says_what_to_do() -> None:
    with pytest.raises(CellError) as caught:
        parse("３２O", PUPIL_COUNT)
    assert str(caught.value) == "“３２O”不是整数。请改为阿拉伯数字。"


def test_missing_is_never_zero() -> None:
    for blank in BLANKS:
        assert parse(blank, PUPIL_COUNT) is None
        assert parse(blank, AREA) is None


@pytest.mark.parametrize(
    ("cell", "factor", "value"), [("12.34", 1e4, 123400.0), (0.07, 1e4, 0.07 * 1e4), ("5 亩", 1e4, 10000 / 3)]
)
def test_numbers_are_turned_into_the_base_unit(cell: object, factor: float, value: float) -> None:
    assert parse(cell, AREA, factor=factor) == pytest.approx(value, rel=1e-15)


def test_a_count_given_in_ten_thousands_is_whole_after_conversion() -> None:
    assert parse(64.1, dictionary.table("county")["resident_population"], factor=1e4) == 641000
    with pytest.raises(CellError):
        parse(64.00001, dictionary.table("county")["resident_population"], factor=1e4)


@pytest.mark.parametrize("cell", ["85%", "12间", "3.5万", "3.5万元"])
def test_a_figure_in_a_unit_of_another_kind_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        parse(cell, AREA)


def test_per_cent_stays_per_cent_in_a_column_of_per_cent() -> None:
    assert parse("85%", dictionary.table("housing")["occupancy"]) == 85.0


def test_longitude_may_be_negative_and_area_may_not() -> None:
    assert parse(-112.5, SCHOOLS["longitude"]) == -112.5
    with pytest.raises(CellError, match="负数"):
        parse(-1.0, AREA)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0012345678", "0012345678"),
        (3744000123.0, "3744000123"),
        (3744000123, "3744000123"),
        ("'0012", "0012"),
        (" 2144 000001 ", "2144000001"),
        ("２１４４", "2144"),
        ("-", None),
    ],
)
def test_codes_keep_their_digits(cell: object, value: str | None) -> None:
    assert parse(cell, CODE) == value


@pytest.mark.parametrize("cell", [4.41284e17, "4.41E+17", 12.5, True])
def test_a_code_that_excel_has_mangled_is_refused(cell: object) -> None:
    with pytest.raises(CellError, match="文本"):
        parse(cell, CODE)


@pytest.mark.parametrize("cell", ["是", "1", 1, 1.0, "√", "Y", True, "有", "✓"])
def test_yes_has_many_spellings(cell: object) -> None:
    assert parse(cell, BOARDING) is True


@pytest.mark.parametrize("cell", ["否", "0", 0, "×", "N", False, "无", "没有"])
def test_no_has_many_spellings(cell: object) -> None:
    assert parse(cell, BOARDING) is False


def test_a_blank_is_neither_yes_nor_no() -> None:
    assert parse("", BOARDING) is None
    assert parse("-", BOARDING) is None
    with pytest.raises(CellError):
        parse("大概", BOARDING)


@pytest.mark.parametrize(
    "cell",
    [
        date(2015, 9, 1),
        datetime(2015, 9, 1, 0, 0),
        "2015-09-01",
        "2015-9-1",
        "2015/9/1",
        "2015.09.01",
        "20150901",
        20150901.0,
        "2015年9月1日",
        "２０１５－０９－０１",
        "2015-09-01 00:00:00",
        42248,
    ],
)
def test_dates_are_read_in_every_usual_form(cell: object) -> None:
    assert parse(cell, BIRTH) == date(2015, 9, 1)


@pytest.mark.parametrize("cell", ["2015-13-01", "2015-02-30", "201509", "九月", "15-9-1", 1.5, date(1, 1, 1)])
def test_a_date_that_could_be_misread_is_refused(cell: object) -> None:
    with pytest.raises(CellError, match="日期"):
        parse(cell, BIRTH)


@pytest.mark.parametrize("cell", ["小学", "小学教育", "primary", " 小学 "])
def test_terms_are_stored_by_their_english_value(cell: str) -> None:
    assert parse(cell, STAGES["stage"]) == "primary"


def test_an_unknown_term_lists_what_there_is() -> None:
    with pytest.raises(CellError, match="学前教育、小学、初中"):
        parse("小学部", STAGES["stage"])


def test_numeric_codes_of_a_list_are_understood() -> None:
    assert parse(111.0, SCHOOLS["urban_rural_code"]) == "111"
    assert parse("111-主城区", SCHOOLS["urban_rural_code"]) == "111"
    assert parse(10.0, SCHOOLS["organiser"]) == "private"


def test_none_means_a_member_where_the_list_has_one() -> None:
    assert parse("无", dictionary.table("teachers")["backbone"]) == "none"


@pytest.mark.parametrize("name", ["birth_date", "minority", "disabled", "grade", "sex", "home_area"])
def test_personal_values_are_never_repeated(name: str) -> None:
    with pytest.raises(CellError) as caught:
        parse("4.4128419990101E+17", PUPILS[name]) if name == "home_area" else parse("张三丰", PUPILS[name])
    assert "张三丰" not in str(caught.value)
    assert "4128419" not in str(caught.value)


@pytest.mark.parametrize("table", ["pupils", "teachers"])
def test_no_column_of_a_table_of_persons_repeats_a_value(table: str) -> None:
    messages: list[str] = []
    for column in dictionary.table(table).columns:
        for value in ("张三丰", "4.4128419990101E+17", "44128419990101123X", 441284199901011234, -7.5):
            try:
                parse(value, column)
            except CellError as error:
                messages.append(str(error))
    assert len(messages) > 20
    assert not any(part in "".join(messages) for part in ("张三丰", "4128419", "7.5"))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("teachers", "training_hours", 441284199901011234),
        ("teachers", "training_hours", "10001"),
        ("teachers", "hired", 13800138000),
        ("schools", "books", "1000000000001"),
        ("schools", "equipment_value", 1.1e12),
    ],
)
def test_a_number_that_no_such_column_can_have_is_refused(table: str, column: str, value: object) -> None:
    with pytest.raises(CellError, match="数值过大"):
        parse(value, dictionary.table(table)[column])


def test_the_largest_number_that_a_column_can_have_is_read() -> None:
    assert parse("10000", dictionary.table("teachers")["training_hours"]) == 10_000
    assert parse(1e12, SCHOOLS["books"]) == 10**12


def test_a_boolean_is_no_number_even_beside_equal_numbers() -> None:
    values, faults = parse_column([1.0, True, 1, "1"], PUPIL_COUNT)
    assert values == [1, None, 1, 1]
    assert list(faults) == [1]


_cells = (
    st.none()
    | st.text(max_size=12)
    | st.text("0123456789０１２,，.-+%eE人 　", max_size=10)
    | st.floats()
    | st.integers()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.timedeltas()
)


@settings(deadline=None)
@given(
    st.lists(_cells, max_size=8),
    st.sampled_from([PUPIL_COUNT, AREA, CODE, BOARDING, BIRTH, STAGES["stage"], SCHOOLS["name"]]),
)
def test_a_whole_column_is_read_as_its_cells_are(cells: list[object], column: dictionary.Column) -> None:
    values, faults = parse_column(cells, column)
    for position, cell in enumerate(cells):
        alone, reason = _read(cell, column)
        assert (faults[position].reason if position in faults else None) == reason
        assert values[position] == alone
        assert type(values[position]) is type(alone)


def _read(cell: object, column: dictionary.Column) -> tuple[object, str | None]:
    try:
        return parse(cell, column), None
    except CellError as error:
        return None, error.reason


@settings(deadline=None)
@given(st.integers(0, 10**12), st.sampled_from(["{}", "{:,}", " {} ", "{}人", "{}.0", "+{}"]))
def test_any_way_of_writing_a_count_gives_the_count(number: int, form: str) -> None:
    assert parse(form.format(number), PUPIL_COUNT) == number


@settings(deadline=None)
@given(_cells)
def test_what_was_read_reads_as_itself(cell: object) -> None:
    for column in (PUPIL_COUNT, AREA, CODE, SCHOOLS["name"], STAGES["stage"]):
        try:
            value = parse(cell, column)
        except CellError:
            continue
        assert parse(value, column) == value


class TestIdentityNumbersInOtherColumns:
    """A shifted column must not store or show a person."""

    NUMBER = "441284198506123014"

    @pytest.mark.parametrize(
        "text", [NUMBER, f"G{NUMBER}", f"张三丰，{NUMBER}", "４４１２８４１９８５０６１２３０１４"]
    )
    @pytest.mark.parametrize(
        ("table", "name"), [("pupils", "class_code"), ("schools", "address"), ("schools", "name")]
    )
    def test_are_refused_and_not_repeated(self, table: str, name: str, text: str) -> None:
        column = dictionary.table(table)[name]
        with pytest.raises(CellError, match="有身份证件号") as caught:
            parse(text, column)
        assert self.NUMBER not in str(caught.value)
        assert parse_column([text, "01班"], column)[1].keys() == {0}

    def test_are_not_repeated_where_a_figure_belongs(self) -> None:
        with pytest.raises(CellError) as caught:
            parse(f"电话{self.NUMBER}", dictionary.table("schools")["land_area"])
        assert self.NUMBER not in str(caught.value)

    @pytest.mark.parametrize("text", ["441284198506123015", "2144000001", "911234567890123456789"])
    def test_codes_that_are_none_stay(self, text: str) -> None:
        assert parse(text, dictionary.table("schools")["school_code"]) == text
