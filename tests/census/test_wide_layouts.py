"""Layout packs and the YAML under them: every fault with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiaoheng.census import dictionary
from jiaoheng.census.readers import layouts
from jiaoheng.packs import layouts as packs
from jiaoheng.packs import yaml_lines
from jiaoheng.packs.yaml_lines import PackError

COLUMNS = {name: tuple(table.by_name) for name, table in dictionary.tables().items()}
PLAIN = """\
layout:
  id: my-export
  kind: wide
  name: 本县导出表
  source: 本县
  anchors: [学校名称]
columns:
  - {column: schools.name, paths: [学校名称]}
  - {column: school_stages.pupils, paths: [在校生数]}
"""
COUNTS = (
    "{everybody: school_stages.fitness_tested, results: "
    "[{words: [优], least: 90}, {words: [良], least: 80, column: school_stages.fitness_good}]}"
)


def layout_file(folder: Path, text: str = PLAIN) -> Path:
    path = folder / "export.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_built_in_layouts_load_and_name_each_heading_once_for_a_stage() -> None:
    assert {layout.id for layout in layouts()} == {
        "wide-school-export",
        "fitness-export",
        "roster-kindergartens",
        "roster-pupils",
        "roster-teachers",
        "roster-classes",
    }
    for layout in layouts():
        claimed: dict[tuple[str, str], str] = {}
        for entry in layout.columns:
            for stage in entry.stages or (
                "primary",
                "junior",
                "senior",
                "preschool",
                "vocational",
                "special",
            ):
                for pattern in entry.paths:
                    *above, last = pattern.split("›")
                    for word in last.split("|"):
                        heading = "›".join([*above, word])
                        assert claimed.setdefault((stage, heading), entry.target) == entry.target, heading


def test_a_workspace_adds_layouts_and_replaces_those_of_the_same_name(tmp_path: Path) -> None:
    layout_file(tmp_path)
    (tmp_path / "other.yaml").write_text(PLAIN.replace("my-export", "roster-classes"), encoding="utf-8")
    found = {layout.id: layout for layout in packs.load_all(columns=COLUMNS, extra=tmp_path)}
    assert found["my-export"].layout.name == "本县导出表"
    assert found["roster-classes"].layout.kind == "wide"
    assert "wide-school-export" in found


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("schools.name", "schools.nmae", 8, "没有列「nmae」。是不是「name」"),
        ("schools.name", "school.name", 8, "没有表「school」。是不是「schools」"),
        ("paths: [学校名称]", "paths: [学校 名称]", 8, "不是表头路径"),
        ("paths: [学校名称]", "paths: []", 8, "不能为空"),
        ("column: schools.name", "role: skip, column: schools.name", 8, "只写其一"),
        ("kind: wide", "kind: roster", 1, "须写「table」"),
        ("kind: wide", "kind: wdie", 3, "不在允许的范围"),
        ("id: my-export", "id: my-export\n  neutral: ['(']", 3, "不是正则表达式"),
        ("source: 本县", "sourse: 本县", 5, "不认识的键「sourse」。是不是「source」"),
        ("source: 本县\n", "\n", 1, "缺少「source」"),
        ("source: 本县", "source: 本县\n  constants: {schools.kind: a}", 6, "没有「schools.kind」这一列"),
        ("kind: wide", "kind: counted\n  table: school_stages", 1, "须写「counts」"),
        ("source: 本县", f"source: 本县\n  counts: {COUNTS}", 1, "须写「counts」，其他不写"),
        (
            "kind: wide",
            f"kind: counted\n  table: school_stages\n  counts: {COUNTS.replace('90', '50')}",
            5,
            "从高到低",
        ),
        (
            "kind: wide",
            f"kind: counted\n  table: school_stages\n  counts: {COUNTS.replace('_good', '_god')}",
            5,
            "没有「school_stages.fitness_god」这一列",
        ),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in PLAIN
    with pytest.raises(PackError) as caught:
        packs.load(layout_file(tmp_path, PLAIN.replace(old, new, 1)), columns=COLUMNS)
    assert any(
        f"export.yaml:{line}: " in each and words in each for each in str(caught.value).splitlines()
    ), caught.value


def test_a_layout_has_the_columns_of_the_one_it_extends_but_for_its_own_headings(tmp_path: Path) -> None:
    own = PLAIN.replace("kind: wide", "kind: wide\n  extends: wide-school-export").replace(
        "school_stages.pupils, paths: [在校生数]", "schools.ownership, paths: [举办者]"
    )
    layout_file(tmp_path, own)
    found = {layout.id: layout for layout in packs.load_all(columns=COLUMNS, extra=tmp_path)}
    means = {
        word: entry.target
        for entry in found["my-export"].columns
        for path in entry.paths
        for word in path.split("|")
    }
    assert (means["举办者"], means["举办者类型"], means["经度"]) == (
        "schools.ownership",
        "schools.organiser",
        "schools.longitude",
    )
    layout_file(tmp_path, own.replace("wide-school-export", "wide-school-exprot"))
    with pytest.raises(PackError, match=r"wide-school-exprot.*是不是「wide-school-export」"):
        packs.load_all(columns=COLUMNS, extra=tmp_path)


def test_a_constant_must_be_a_value_of_its_code_list(tmp_path: Path) -> None:
    layout_file(
        tmp_path, PLAIN.replace("kind: wide", "kind: wide\n  constants: {schools.school_type: 幼儿园}")
    )
    with pytest.raises(PackError, match=r"schools\.school_type：不能是“幼儿园”.*kindergarten"):
        layouts(tmp_path)


class TestYaml:
    def read(self, folder: Path, text: str) -> yaml_lines.Located:
        return yaml_lines.read(layout_file(folder, text))

    def test_words_and_codes_stay_as_they_are_written(self, tmp_path: Path) -> None:
        data = self.read(tmp_path, "{a: no, b: 011301, c: 1:30, d: 0.5, e: -3, f: true, g: 1e3, h: }").data
        assert data == {
            "a": "no",
            "b": "011301",
            "c": "1:30",
            "d": 0.5,
            "e": -3,
            "f": True,
            "g": 1000.0,
            "h": None,
        }

    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("a: 1\nb: 2\na: 3\n", 3, "键「a」重复（先见第 1 行）"),
            ("a:\n  - b: 1\n    b: 2\n", 3, "键「b」重复（先见第 2 行）"),
            ("a: [1\nb: 2\n", 2, "不是合法的 YAML"),
            ("a: 1\nb: 2025-13-45\n", 2, "2025-13-45"),
            ("a: 1\n---\nb: 2\n", 2, "不是合法的 YAML"),
            ("? [a]\n: 1\n", 1, "应是一个词或一个整数"),
        ],
    )
    def test_faults_are_told_with_their_line(self, tmp_path: Path, text: str, line: int, words: str) -> None:
        with pytest.raises(PackError) as caught:
            self.read(tmp_path, text)
        assert f"export.yaml:{line}: " in str(caught.value)
        assert words in str(caught.value)

    def test_a_file_that_is_no_utf_8_or_is_not_there_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "export.yaml"
        with pytest.raises(PackError, match="无法读取"):
            yaml_lines.read(path)
        path.write_bytes("名: 一".encode("gb18030"))
        with pytest.raises(PackError, match="不是 UTF-8"):
            yaml_lines.read(path)

    def test_all_faults_of_a_file_are_told_at_once(self, tmp_path: Path) -> None:
        text = PLAIN.replace("source: 本县", "sourse: 本县").replace("kind: wide", "kind: wdie")
        with pytest.raises(PackError) as caught:
            packs.load(layout_file(tmp_path, text), columns=COLUMNS)
        assert len(str(caught.value).splitlines()) == 3
