"""Mapping files: what they can say, and how their faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from jiaoheng.census.readers import load_mapping, read_mapped
from jiaoheng.census.reading import Reading
from jiaoheng.errors import JiaohengError
from jiaoheng.packs.yaml_lines import PackError

SCHOOLS = """\
name: 学校
tables:
  - table: schools
    columns:
      school_code: 代码
      name: 校名
"""


def mapping_file(folder: Path, text: str) -> Path:
    path = folder / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def read(
    folder: Path, mapping: str, table: str, *, file: str = "data.csv", encoding: str = "utf-8"
) -> Reading:
    path = folder / file
    path.write_text(table, encoding=encoding)
    return read_mapped(path, load_mapping(mapping_file(folder, mapping)))


def column(reading: Reading, table: str, name: str) -> list[object]:
    return reading.tables[table][name].to_pylist()  # type: ignore[no-any-return]


class TestColumns:
    def test_from_takes_a_heading(self, tmp_path: Path) -> None:
        reading = read(tmp_path, SCHOOLS, "校名,代码\n一小,0001\n二小,0002\n")
        assert column(reading, "schools", "school_code") == ["0001", "0002"]
        assert column(reading, "schools", "name") == ["一小", "二小"]

    def test_sum_is_missing_where_one_part_is(self, tmp_path: Path) -> None:
        mapping = """\
name: 学生
tables:
  - table: school_stages
    columns:
      school_code: 代码
      stage: {constant: 小学}
      pupils: [男, 女]
"""
        reading = read(tmp_path, mapping, '代码,男,女\nA,10,20\nB,10,\nC,"1,000",２０\n')
        assert column(reading, "school_stages", "pupils") == [30, None, 1020]
        assert column(reading, "school_stages", "stage") == ["primary"] * 3

    def test_sum_refuses_the_cell_that_is_no_number(self, tmp_path: Path) -> None:
        mapping = """\
name: 学生
tables:
  - table: school_stages
    columns: {school_code: 代码, stage: {constant: primary}, pupils: [男, 女]}
"""
        reading = read(tmp_path, mapping, "代码,男,女\nA,10,20\nB,10,二十\n")
        (rejection,) = reading.rejections
        assert (rejection.cell, rejection.column) == ("C3", "女")
        assert (reading.rows_read, reading.rows_accepted, reading.rows_rejected) == (2, 1, 1)

    def test_expressions_read_numbers_and_the_headings_listed_as_text(self, tmp_path: Path) -> None:
        mapping = """\
name: 学生
file: {text: [性质]}
tables:
  - table: school_stages
    columns:
      school_code: 代码
      stage: {constant: primary}
      pupils: {expr: "if(性质 = '民办', `1年级` * 2, `1年级` + 二年级)"}
"""
        reading = read(tmp_path, mapping, "代码,性质,1年级,二年级\nA,公办,10,20\nB,民办,10,20\nC,公办,,20\n")
        assert column(reading, "school_stages", "pupils") == [30, 20, None]

    def test_join_lookup_rules_prefix_and_factor(self, tmp_path: Path) -> None:
        mapping = """\
name: 学校
tables:
  - table: schools
    columns:
      school_code: {from: 代码, prefix: X-}
      name: {join: [镇, 校名], separator: ·}
      ownership: {from: 性质, lookup: {甲: 公办, 乙: 民办}}
      school_type:
        from: 校名
        rules: [{match: 点$, value: 教学点}]
        otherwise: 小学
      equipment_value: {from: 设备, factor: 10000}
"""
        table = "代码,镇,校名,性质,设备\n01,东镇,一小,甲,1.5\n02,东镇,西点,乙,\n03,东镇,三小,丙,1\n"
        reading = read(tmp_path, mapping, table)
        assert column(reading, "schools", "school_code") == ["X-01", "X-02"]
        assert column(reading, "schools", "name") == ["东镇·一小", "东镇·西点"]
        assert column(reading, "schools", "ownership") == ["public", "private"]
        assert column(reading, "schools", "school_type") == ["primary_school", "teaching_point"]
        assert column(reading, "schools", "equipment_value") == [15000, None]
        (rejection,) = reading.rejections
        assert (rejection.cell, rejection.reason) == ("D4", "内容不在映射文件的对照中")

    def test_simplified_script_is_for_words_and_leaves_codes(self, tmp_path: Path) -> None:
        mapping = SCHOOLS.replace("tables:", "script: simplified\ntables:")
        reading = read(tmp_path, mapping, "校名,代码\n臺東國小,東1\n")
        assert column(reading, "schools", "name") == ["台东国小"]
        assert column(reading, "schools", "school_code") == ["東1"]

    def test_one_row_can_give_several_stages_each_where_it_has_pupils(self, tmp_path: Path) -> None:
        mapping = """\
name: 学生
tables:
  - table: school_stages
    where: 小学生 > 0
    columns: {school_code: 代码, stage: {constant: 小学}, pupils: 小学生}
  - table: school_stages
    where: 初中生 > 0
    columns: {school_code: 代码, stage: {constant: 初中}, pupils: 初中生}
"""
        reading = read(tmp_path, mapping, "代码,小学生,初中生\nA,100,50\nB,80,0\nC,,\n")
        rows = {
            (row["school_code"], row["stage"]): row["pupils"]
            for row in reading.tables["school_stages"].to_pylist()
        }
        assert rows == {("A", "primary"): 100, ("B", "primary"): 80, ("A", "junior"): 50}
        assert (reading.rows_read, reading.rows_accepted) == (2, 2)
        assert any("where" in note and "第 4 行" in note for note in reading.notes)

    def test_a_row_with_a_fault_gives_nothing_to_any_table(self, tmp_path: Path) -> None:
        mapping = (
            SCHOOLS
            + """\
  - table: school_stages
    columns: {school_code: 代码, stage: {constant: 小学}, pupils: 人数}
"""
        )
        reading = read(tmp_path, mapping, "校名,代码,人数\n一小,A,5\n二小,B,五\n")
        assert column(reading, "schools", "school_code") == ["A"]
        assert column(reading, "school_stages", "school_code") == ["A"]


class TestFiles:
    def test_rows_that_a_condition_skips_are_named(self, tmp_path: Path) -> None:
        mapping = SCHOOLS.replace("tables:", "file: {text: [校名], skip: [\"校名 = '合计'\"]}\ntables:")
        reading = read(tmp_path, mapping, "校名,代码\n一小,A\n合计,\n")
        assert (reading.rows_read, reading.rows_accepted) == (1, 1)
        assert any("skip" in note and "第 3 行" in note for note in reading.notes)

    def test_a_head_that_is_repeated_is_passed_over_and_named(self, tmp_path: Path) -> None:
        reading = read(tmp_path, SCHOOLS, "校名,代码\n一小,A\n校名,代码\n二小,B\n")
        assert (reading.rows_read, reading.rows_accepted) == (2, 2)
        assert any("重复的表头（第 3 行）" in note for note in reading.notes)

    def test_a_row_of_which_no_column_is_read_is_refused_and_not_lost(self, tmp_path: Path) -> None:
        reading = read(tmp_path, SCHOOLS, "校名,代码,备注\n一小,A,\n,,孤零零\n")
        assert (reading.rows_read, reading.rows_accepted, reading.rows_rejected) == (2, 1, 1)
        assert reading.rejections[0].row == 3

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "big5"])
    def test_an_encoding_and_a_delimiter_can_be_named(self, tmp_path: Path, encoding: str) -> None:
        mapping = SCHOOLS.replace("tables:", f"file: {{encoding: {encoding}, delimiter: ;}}\ntables:")
        mapping = mapping.replace("代码", "代號")
        reading = read(tmp_path, mapping, "校名;代號\n一小;A\n", encoding=encoding)
        assert column(reading, "schools", "name") == ["一小"]

    def test_a_wrong_encoding_points_at_the_mapping(self, tmp_path: Path) -> None:
        mapping = SCHOOLS.replace("tables:", "file:\n  encoding: utf-8\ntables:")
        with pytest.raises(PackError, match=r"mapping\.yaml:3: .*不是 utf-8 编码"):
            read(tmp_path, mapping, "校名,代码\n一小,A\n", encoding="gb18030")

    def test_several_heading_rows_are_joined(self, tmp_path: Path) -> None:
        book = xlsxwriter.Workbook(str(tmp_path / "data.xlsx"))
        page = book.add_worksheet("甲")
        page.write_row(0, 0, ["某县学校"])
        page.merge_range(1, 0, 2, 0, "代码")
        page.merge_range(1, 1, 1, 2, "学生")
        page.write_row(2, 1, ["男", "女"])
        page.write_row(3, 0, ["A", 3, 4])
        book.add_worksheet("说明").write_row(0, 0, ["没有数据"])
        book.close()
        mapping = """\
name: 学生
file: {heading_row: 3, heading_rows: 2}
tables:
  - table: school_stages
    columns: {school_code: 代码, stage: {constant: 小学}, pupils: [学生›男, 学生›女]}
"""
        reading = read_mapped(tmp_path / "data.xlsx", load_mapping(mapping_file(tmp_path, mapping)))
        assert column(reading, "school_stages", "pupils") == [7]
        assert reading.sources[0].columns["school_stages"]["pupils"] == "B"

    def test_a_sheet_that_is_not_there_is_an_error_with_the_nearest(self, tmp_path: Path) -> None:
        book = xlsxwriter.Workbook(str(tmp_path / "data.xlsx"))
        book.add_worksheet("学校名单").write_row(0, 0, ["校名", "代码"])
        book.close()
        mapping = SCHOOLS.replace("tables:", "file:\n  sheets:\n    - 学校名册\ntables:")
        with pytest.raises(PackError, match=r":4: .*没有工作表「学校名册」.*是不是「学校名单」"):
            read_mapped(tmp_path / "data.xlsx", load_mapping(mapping_file(tmp_path, mapping)))


class TestFaults:
    @pytest.mark.parametrize(
        ("old", "new", "line", "words"),
        [
            ("name: 学校", "name: 学校\nscirpt: simplified", 2, "不认识的键「scirpt」。是不是「script」"),
            ("table: schools", "table: school", 3, "没有表「school」。是不是「schools」"),
            ("      name: 校名", "      nmae: 校名", 6, "没有列「nmae」。是不是「name」"),
            ("      school_code: 代码\n", "", 4, "缺少主键「school_code」"),
            ("      name: 校名", "      ownership: {constant: 国办}", 6, "不是“办学性质”的选项"),
            (
                "name: 校名",
                "name: {from: 校名, sum: [校名]}",
                6,
                "只能写 from、sum、join、expr、constant 中的一个",
            ),
            ("name: 校名", "name: {expr: 校名 +}", 6, "表达式"),
            ("name: 校名", "name: {from: 校名, rules: [{match: '(', value: 1}]}", 6, "不是正则表达式"),
            (
                "name: 校名",
                "name: {from: 校名, lookup: {a: 1}, rules: [{match: a, value: 1}]}",
                6,
                "只写其一",
            ),
            ("      name: 校名", "      name: 校名\n      name: 校名", 7, "键「name」重复"),
            ("tables:", "file: {heading_rows: 3}\ntables:", 2, "不能多于"),
        ],
    )
    def test_are_told_with_file_and_line(
        self, tmp_path: Path, old: str, new: str, line: int, words: str
    ) -> None:
        assert old in SCHOOLS
        path = mapping_file(tmp_path, SCHOOLS.replace(old, new, 1))
        with pytest.raises(PackError) as caught:
            load_mapping(path)
        assert f"mapping.yaml:{line}: " in str(caught.value)
        assert words in str(caught.value)

    def test_a_heading_that_the_file_lacks_is_told_with_the_nearest(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match=r"mapping\.yaml:6: \S+ 里没有表头「校名」。是不是「学校名」"):
            read(tmp_path, SCHOOLS, "学校名,代码\n一小,A\n")

    def test_a_heading_that_stands_twice_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match=r"mapping\.yaml:6: 表头「校名」在 \S+ 里出现 2 次"):
            read(tmp_path, SCHOOLS, "校名,代码,校 名\n一小,A,二小\n")

    @pytest.mark.parametrize(
        ("condition", "words"),
        [
            ("人数 = '五'", "表达式"),
            ("人数 + 1", "要一个条件"),
            ("sum(人数) > 1", "汇总"),
            ("人书 > 1", "是不是「人数」"),
        ],
    )
    def test_a_condition_that_does_not_fit_the_file_is_told(
        self, tmp_path: Path, condition: str, words: str
    ) -> None:
        mapping = SCHOOLS.replace("table: schools", f"table: schools\n    where: {condition}")
        with pytest.raises(PackError) as caught:
            read(tmp_path, mapping, "校名,代码,人数\n一小,A,5\n")
        assert "mapping.yaml:4: " in str(caught.value)
        assert words in str(caught.value)

    def test_an_operand_that_is_no_number_refuses_its_row(self, tmp_path: Path) -> None:
        mapping = SCHOOLS.replace("table: schools", "table: schools\n    where: 人数 >= 0 or 人数 < 0")
        reading = read(tmp_path, mapping, "校名,代码,人数\n一小,A,5\n二小,B,五\n")
        assert reading.rows_accepted == 1
        assert [rejection.cell for rejection in reading.rejections] == ["C3"]
        assert reading.rows_read == 2

    def test_persons_are_not_read_without_a_key_and_never_shown(self, tmp_path: Path) -> None:
        mapping = """\
name: 学生
tables:
  - table: pupils
    columns: {pupil_id: 学籍号, school_code: 代码, stage: {constant: 小学}, grade: 年级, birth_date: 生日}
"""
        table = "学籍号,代码,年级,生日\nG441284201501010011,A,一年级,某月某日\n"
        with pytest.raises(JiaohengError, match="密钥"):
            read(tmp_path, mapping, table)
        reading = read_mapped(
            tmp_path / "data.csv", load_mapping(tmp_path / "mapping.yaml"), key=b"0123456789abcdef" * 2
        )
        (rejection,) = reading.rejections
        assert "某月" not in rejection.message()

    def test_an_operand_and_a_wrong_heading_row_show_no_person(self, tmp_path: Path) -> None:
        mapping = """\
name: 教师
file: {heading_row: 1}
tables:
  - table: teachers
    where: 学时 > 0
    columns: {teacher_id: 证号, school_code: 代码, stage: {constant: 小学}, kind: {constant: 专任教师}}
"""
        table = "证号,代码,学时\n张三丰,A,44128419990101123X\n"
        (tmp_path / "data.csv").write_text(table, "utf-8")
        rules = load_mapping(mapping_file(tmp_path, mapping))
        (rejection,) = read_mapped(tmp_path / "data.csv", rules, key=b"0123456789abcdef" * 2).rejections
        assert rejection.cell == "C2"
        assert "4128419" not in rejection.message()
        rules = load_mapping(mapping_file(tmp_path, mapping.replace("heading_row: 1", "heading_row: 2")))
        with pytest.raises(PackError, match="heading_row") as caught:
            read_mapped(tmp_path / "data.csv", rules, key=b"0123456789abcdef" * 2)
        assert "张三丰" not in str(caught.value)
        assert "4128419" not in str(caught.value)


def test_provenance_leads_to_the_column_that_a_value_came_from(tmp_path: Path) -> None:
    reading = read(tmp_path, SCHOOLS, "校名,代码\n一小,A\n")
    (source,) = reading.sources
    assert source.columns["schools"] == {"school_code": "B", "name": "A"}
    assert reading.rows.to_pylist() == [{"table": "schools", "key": "A", "source": 0, "row": 2}]
