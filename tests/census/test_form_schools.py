"""Whose form it is, of which stage, and what happens to forms that nobody can place."""

from __future__ import annotations

from pathlib import Path

import form_books as books
import openpyxl
import pytest
from form_books import Filled, Shape, write_forms

from jiaoheng import terms
from jiaoheng.census.read import read
from jiaoheng.census.reading import Reading
from jiaoheng.census.recognise import AmbiguousLayoutError

CODE, NAME = "2144000001", "东城小学"
OTHER, OTHER_NAME = "2144000002", "西城小学"
NINE = "3144000009"


def filled(shape: Shape, start: int = 1, **options: object) -> Filled:
    cells = [(code, heading) for _, code in shape.rows for heading in shape.columns]
    options = {"school": CODE, "name": NAME, **options}
    return Filled(shape, {at: start + number for number, at in enumerate(cells)}, **options)  # type: ignore[arg-type]


def rows(reading: Reading, table: str) -> list[dict[str, object]]:
    return reading.tables[table].to_pylist() if table in reading.tables else []


def pupils(reading: Reading) -> dict[object, object]:
    return {(row["school_code"], row["stage"]): row["pupils"] for row in rows(reading, "school_stages")}


def test_a_sheet_a_school_reads_each_by_its_own_head(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    one, two = filled(books.FORM_3112), filled(books.FORM_3112, 500, school=OTHER, name=OTHER_NAME)
    write_forms(path, {"教基3112_东城": one, "教基3112_西城": two})
    assert pupils(read(path)) == {(CODE, "primary"): 7, (OTHER, "primary"): 506}


def test_forms_one_below_another_belong_to_the_school_that_was_named_last(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    classes = filled(books.FORM_2106, school="", name="")
    write_forms(
        path,
        {
            "全部": [
                filled(books.FORM_3112),
                classes,
                filled(books.FORM_3112, 500, school=OTHER, name=OTHER_NAME),
                classes,
            ]
        },
    )
    reading = read(path)
    assert reading.rejections == ()
    assert [(seen.name[:6], seen.school) for seen in reading.recognised] == [
        ("教基3112", NAME),
        ("教基2106", NAME),
        ("教基3112", OTHER_NAME),
        ("教基2106", OTHER_NAME),
    ]
    assert {row["classes"] for row in rows(reading, "school_stages")} == {1}


def test_the_same_form_again_without_a_school_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    nobody = filled(books.FORM_3115, 500, school="", name="")
    write_forms(path, {"全部": [filled(books.FORM_3115), filled(books.FORM_2107), nobody]})
    reading = read(path)
    (refused,) = reading.rejections
    assert "看不出是哪所学校" in refused.message()
    assert "学校(机构)标识码" in refused.mend
    assert reading.rows_rejected == len(books.FORM_3115.rows)
    assert reading.rows_read == reading.rows_accepted + reading.rows_rejected


@pytest.mark.parametrize("sheet", [f"教基3112_{CODE}", "教基3112"])
def test_a_school_may_be_named_by_the_sheet_or_the_file(sheet: str, tmp_path: Path) -> None:
    path = tmp_path / f"{CODE}年报.xlsx"
    write_forms(path, {sheet: filled(books.FORM_3112, school="", name="")})
    assert pupils(read(path)) == {(CODE, "primary"): 7}


def test_a_school_may_be_named_on_the_cover(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    cover = filled(books.FORM_2106)
    write_forms(path, {"教基2106": cover, "教基3112": filled(books.FORM_3112, school="", name="")})
    assert pupils(read(path)) == {(CODE, "primary"): 7}


def test_a_head_in_full_width_with_a_code_of_its_own_cell_is_read(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    head = (
        "学校（机构）名称：东城小学",
        "学校（机构）标识码：２１４４００００００１".replace("００００００", "０００００"),
    )
    write_forms(path, {"教基3112": filled(books.FORM_3112, head=head, full_width=True)})
    assert pupils(read(path)) == {(CODE, "primary"): 7}


def test_a_nine_year_school_has_a_row_for_each_stage_and_keeps_its_undivided_staff_as_cells(
    tmp_path: Path,
) -> None:
    path = tmp_path / "报表.xlsx"
    own = {"school": NINE, "name": "城南学校"}
    write_forms(
        path,
        {
            "教基3112_九年一贯制学校": filled(books.FORM_3112, **own),
            "教基3115_九年一贯制学校": filled(books.FORM_3115, 500, **own),
            "教基4149_九年一贯制学校": filled(books.FORM_4149, **own),
        },
    )
    reading = read(path)
    assert pupils(reading) == {(NINE, "primary"): 7, (NINE, "junior"): 502}
    assert all("staff" not in row for row in rows(reading, "school_stages"))
    staff = [row for row in rows(reading, "form_cells") if row["form"] == "教基4149"]
    assert {(row["row"], row["column"]): row["value"] for row in staff}["总计", "教职工数"] == 1
    assert len(staff) == len(books.FORM_4149.rows) * len(books.FORM_4149.columns)
    assert any("不分学段的“教职工数" in note for note in reading.notes)


def test_stages_that_a_school_lacks_leave_no_row_behind(tmp_path: Path) -> None:
    shape = books.FORM_4153
    values = {
        (code, heading): (number if 10 <= int(code) <= 18 else 0)
        for _, code in shape.rows
        for number, heading in enumerate(shape.columns, 1)
    }
    path = tmp_path / "报表.xlsx"
    write_forms(path, {"教基4153_小学": Filled(shape, values, CODE, NAME)})
    reading = read(path)
    assert [row["stage"] for row in rows(reading, "school_stages")] == ["primary"]
    assert {row["stage"] for row in rows(reading, "form_cells")} == {"primary"}


def test_a_class_attached_to_a_school_of_another_stage_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    write_forms(path, {"教基3112_小学": filled(books.FORM_3112), "教基2105_小学": filled(books.FORM_2105)})
    assert {row["stage"] for row in rows(read(path), "school_stages")} == {"primary", "preschool"}


def test_a_head_repeated_where_a_page_ends_reads_on(tmp_path: Path) -> None:
    plain, broken = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    write_forms(plain, {"教基3112": filled(books.FORM_3112)})
    write_forms(broken, {"教基3112": filled(books.FORM_3112, repeat_head_at=6)})
    one, two = read(plain), read(broken)
    assert rows(one, "school_stages") == rows(two, "school_stages")
    assert {tuple(row.values()) for row in rows(one, "form_cells")} == {
        tuple(row.values()) for row in rows(two, "form_cells")
    }


def test_a_wrong_figure_is_refused_with_its_cell_and_the_headings_of_row_and_column(tmp_path: Path) -> None:
    form = filled(books.FORM_3112)
    at = ("05", ("在校生数",))
    ((written,),) = write_forms(tmp_path / "一.xlsx", {"教基3112": form}).values()
    write_forms(
        tmp_path / "一.xlsx", {"教基3112": Filled(form.shape, {**form.values, at: "３２O"}, CODE, NAME)}
    )
    reading = read(tmp_path / "一.xlsx")
    (refused,) = reading.rejections
    assert refused.cell == written.cells[at]
    assert "寄宿生 × 在校生数" in refused.column
    assert "不是整数" in refused.reason
    assert (reading.rows_read, reading.rows_rejected) == (12, 1)


def test_blanks_and_dashes_are_missing_and_never_zero(tmp_path: Path) -> None:
    form = filled(books.FORM_3112)
    values = {**form.values, ("01", ("毕业生数",)): "-", ("05", ("在校生数",)): "/", ("03", ("#女",)): "—"}
    write_forms(tmp_path / "一.xlsx", {"教基3112": Filled(form.shape, values, CODE, NAME)})
    (row,) = rows(read(tmp_path / "一.xlsx"), "school_stages")
    assert row["graduates"] is None
    assert row["boarders"] is None


def test_ten_thousand_yuan_become_yuan_in_a_form(tmp_path: Path) -> None:
    write_forms(tmp_path / "一.xlsx", {"教基5176": filled(books.FORM_5176)})
    (row,) = rows(read(tmp_path / "一.xlsx"), "schools")
    assert row["equipment_value"] == 110_000
    assert row["multimedia_rooms"] == 8 + 9


def test_figures_of_last_year_beside_this_years_are_kept_as_cells(tmp_path: Path) -> None:
    shape = books.with_columns(
        books.FORM_2106,
        [("上学年", *heading) for heading in books.FORM_2106.columns]
        + [("本学年", *heading) for heading in books.FORM_2106.columns],
    )
    write_forms(tmp_path / "一.xlsx", {"教基2106": filled(shape)})
    reading = read(tmp_path / "一.xlsx")
    (row,) = rows(reading, "school_stages")
    assert (row["classes"], row["classes_g1"]) == (9, 10)
    old = {each["column"]: each["value"] for each in rows(reading, "form_cells") if each["row"] == "合计"}
    assert (old["上学年›合计"], old["上学年›一年级"]) == (1, 2)


def test_a_form_without_number_or_title_is_known_by_its_rows_and_columns(tmp_path: Path) -> None:
    shape = Shape("", "年报", books.FORM_4155.columns, books.FORM_4155.rows)
    write_forms(tmp_path / "一.xlsx", {"Sheet1": _within_arts(filled(shape))})
    with pytest.raises(AmbiguousLayoutError) as caught:
        read(tmp_path / "一.xlsx")
    assert {id_ for id_, _ in caught.value.choices} >= {"jiaoji-4155"}
    told = read(tmp_path / "一.xlsx", form="jiaoji-4155")
    assert {row["stage"] for row in rows(told, "school_stages")} == {"primary", "junior"}
    chosen = read(tmp_path / "一.xlsx", choose=lambda doubt: "jiaoji-4155")
    assert rows(chosen, "school_stages") == rows(told, "school_stages")


def _within_arts(form: Filled) -> Filled:
    arts = {at: value + 9000 for at, value in form.values.items() if at[1] == ("艺术", "计")}
    return Filled(form.shape, {**form.values, **arts}, form.school, form.name)


def test_a_number_that_no_layout_knows_is_named_and_not_read(tmp_path: Path) -> None:
    shape = Shape("教基9999", "以后才有的表", books.FORM_2106.columns, books.FORM_2106.rows)
    path = tmp_path / "一.xlsx"
    write_forms(path, {"教基9999": filled(shape), "教基2106": filled(books.FORM_2106)})
    reading = read(path)
    assert any("教基9999" in note and "还没有版式" in note for note in reading.notes)
    assert len(reading.recognised) == 1


def test_a_basic_form_gives_the_school_in_whatever_order_its_labels_stand(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "学校.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("教基1001_小学")
        lines: list[list[object]] = [
            ["学校（机构）基本情况"],
            ["教基1001"],
            ["学校（机构）名称", "东城小学", "学校（机构）标识码", CODE],
            ["学校（机构）办学类型", "211-小学", "学校（机构）举办者", "县级教育部门"],
            ["学校（机构）驻地城乡类型", "111-主城区", "所属镇街", "东城街道"],
            ["学校（机构）地址", "东城街道光明路1号", "建校年份", 1985],
        ]
        for number, line in enumerate(lines):
            page.write_row(number, 0, line)
    reading = read(path)
    assert reading.rejections == ()
    (school,) = rows(reading, "schools")
    assert school["school_type"] == "primary_school"
    assert (school["ownership"], school["organiser"]) == ("public", "county_education")
    assert (school["urban_rural_code"], school["opened"]) == ("111", 1985)
    assert (school["name"], school["area_code"]) == ("东城小学", "东城街道")
    part = next(part for part in reading.parts if part.table == "schools")
    assert reading.sources[part.source].place("schools", "opened", 1).cell == "D6"


def test_the_number_between_a_label_and_its_value_is_not_taken_for_the_value(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "学校.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("教基1001_小学")
        lines: list[list[object]] = [
            ["学校（机构）基本情况", "", "教基1001"],
            ["指标名称", "代码", "内容"],
            ["甲", "乙", 1],
            ["学校（机构）名称", "01", "东城小学"],
            ["学校（机构）标识码", "02", CODE],
            ["办学类型", "03", "小学"],
            ["举办者类型", "04", "县级教育部门"],
            ["驻地城乡类型", "05", "121"],
            ["学校（机构）地址", "06", ""],
            ["所属镇街", "07", "东城街道"],
        ]
        for number, line in enumerate(lines):
            page.write_row(number, 0, line)
    reading = read(path)
    assert reading.rejections == ()
    (school,) = rows(reading, "schools")
    assert (school["name"], school["school_type"]) == ("东城小学", "primary_school")
    assert (school["organiser"], school["urban_rural_code"]) == ("county_education", "121")
    assert school["area_code"] == "东城街道"
    assert school.get("address") is None


def test_a_basic_form_with_rows_for_name_and_code_below_its_labels_is_read_too(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "学校.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("基础基111")
        page.write_row(0, 0, ["学校（机构）名称：西城学校", "", "学校（机构）标识码：" + NINE])
        page.write_row(2, 1, ["学校（机构）办学类型", "学校（机构）举办者", "学校（机构）驻地城乡类型"])
        page.write_row(3, 0, ["名称", "九年一贯制学校", "民办", "镇中心区"])
        page.write_row(4, 0, ["代码", "312", "999", "121"])
    (school,) = rows(read(path), "schools")
    assert (school["school_type"], school["ownership"]) == ("nine_year_school", "private")
    assert school["urban_rural_code"] == "121"
    assert terms.label("school_type", str(school["school_type"])) == "九年一贯制学校"


def test_the_bureau_that_fills_in_is_not_taken_for_the_school(tmp_path: Path) -> None:
    path = tmp_path / f"{CODE}.xlsx"
    write_forms(path, {"教基3112": filled(books.FORM_3112, head=("填报单位：四会市教育局",))})
    assert pupils(read(path)) == {(CODE, "primary"): 7}


def test_a_name_is_enough_where_another_form_of_the_import_gives_its_code(tmp_path: Path) -> None:
    write_forms(tmp_path / "一.xlsx", {"教基2106": filled(books.FORM_2106)})
    write_forms(
        tmp_path / "二.xlsx", {"教基3112": filled(books.FORM_3112, school="", head=(f"学校名称：{NAME}",))}
    )
    reading = read([tmp_path / "一.xlsx", tmp_path / "二.xlsx"])
    assert reading.rejections == ()
    assert pupils(reading) == {(CODE, "primary"): 7}


def test_a_form_below_that_of_another_school_belongs_to_the_school_named_last(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    two = filled(books.FORM_2106, 50, school=OTHER, name=OTHER_NAME)
    last = filled(books.FORM_3112, 500, school="", name="")
    write_forms(path, {"全部": [filled(books.FORM_3112), two, last]})
    assert pupils(read(path)) == {(CODE, "primary"): 7, (OTHER, "primary"): 506}


def test_schools_that_no_table_has_yet_are_named_with_what_to_import(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    write_forms(path, {"教基3112": filled(books.FORM_3112)})
    assert any(CODE in note and "教基1001" in note for note in read(path).notes)


def test_a_sum_of_cells_leads_back_to_each_of_them(tmp_path: Path) -> None:
    form = filled(books.FORM_5176)
    ((written,),) = write_forms(tmp_path / "一.xlsx", {"教基5176": form}).values()
    reading = read(tmp_path / "一.xlsx")
    (part,) = [part for part in reading.parts if part.table == "schools"]
    places = reading.sources[part.source].places("schools", "multimedia_rooms", 1)
    rooms = [cell for (_, heading), cell in written.cells.items() if "#网络多媒体教室" in heading]
    assert [place.cell for place in places] == rooms


@pytest.mark.parametrize("label", ["学校名称", "填报单位"])
def test_a_school_that_is_named_and_not_known_is_never_another_s(label: str, tmp_path: Path) -> None:
    path = tmp_path / f"{CODE}.xlsx"
    stranger = filled(books.FORM_3112, 500, school="", head=(f"{label}：南城小学",))
    write_forms(path, {"教基2106": filled(books.FORM_2106), "教基3112": stranger})
    reading = read(path)
    (refused,) = reading.rejections
    assert refused.sheet == "教基3112"
    assert "南城小学" in refused.reason
    assert all("pupils" not in row for row in rows(reading, "school_stages"))


def test_a_label_left_blank_does_not_take_its_neighbour_for_its_value(tmp_path: Path) -> None:
    path = tmp_path / f"{CODE}.xlsx"
    write_forms(path, {"教基3112": filled(books.FORM_3112, head=("学校（机构）标识码：",))})
    with_unit = openpyxl.load_workbook(path)
    page = with_unit.active
    row = next(cell.row for (cell,) in page.iter_rows(max_col=1) if "标识码" in str(cell.value))
    page.cell(row, 9).value = "单位：人"
    with_unit.save(path)
    assert pupils(read(path)) == {(CODE, "primary"): 7}
