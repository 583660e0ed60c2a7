"""A county's own rules as workbooks: written, filled in by hand, imported whole or not at all."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jiaoheng import packs, workspace
from jiaoheng.census.workbook import open_book
from jiaoheng.packs import PackError
from jiaoheng.packs.pack import Pack
from jiaoheng.packs.sheets import read_sheets
from jiaoheng.packs.yaml_lines import build, load
from jiaoheng.workspace import Workspace, WorkspaceError

WITH_STANDARDS = [
    path
    for path in (*packs.builtin_paths(), *packs.optional_paths())
    if (pack := load(Pack, path)).standards or pack.score_cards
]
SEATS = {
    "文件": {
        "编号": "our-seats",
        "标题": "我县学位标准",
        "发文机关": "县教育局",
        "生效日期": "2024-01-01",
        "数据来源": "我县",
    },
    "参数": {
        "编号": "seats_per_thousand_senior",
        "名称": "普通高中千人学位数",
        "条款": "第三条",
        "替换同编号": "是",
        "单位": "座",
        "值": 25,
    },
}


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace.init(tmp_path / "county", region="441284")


def fill(path: Path, said: dict[str, dict[str, object]]) -> Path:
    """Fill an empty template by hand: the document's values, and one row on each other sheet."""
    book = openpyxl.load_workbook(path)
    for name, values in said.items():
        sheet = book[name]
        if name == "文件":
            for row in range(2, sheet.max_row + 1):
                sheet.cell(row, 2).value = values.get(str(sheet.cell(row, 1).value))
            continue
        headings = {cell.value: cell.column for cell in sheet[1]}
        for heading, value in values.items():
            sheet.cell(2, headings[heading]).value = value
    book.save(path)
    return path


@pytest.fixture
def seats(tmp_path: Path) -> Path:
    return fill(workspace.write_pack_workbook(tmp_path / "学位.xlsx"), SEATS)


@pytest.mark.parametrize("path", WITH_STANDARDS, ids=lambda path: path.stem)
def test_only_one_pack_of_a_document_is_taken(path: Path, ws: Workspace, tmp_path: Path) -> None:
    book = workspace.write_pack_workbook(tmp_path / "规则.xlsx", like=str(path))
    known = load(Pack, path)
    if path in packs.builtin_paths():
        with pytest.raises(PackError, match=f"文件 › 第 2 行.*「{known.document.id}」重复"):
            workspace.import_pack(ws.folder, book)
        return
    taken = workspace.import_pack(ws.folder, book)
    assert load(Pack, taken.path).model_dump() == known.model_dump() == taken.pack.model_dump()


@pytest.mark.parametrize("path", WITH_STANDARDS, ids=lambda path: path.stem)
def test_what_a_workbook_holds_is_what_the_pack_holds(path: Path, tmp_path: Path) -> None:
    book = open_book(workspace.write_pack_workbook(tmp_path / "规则.xlsx", like=str(path)))
    located = read_sheets(book.file, [(sheet.name, sheet.rows) for sheet in book.visible])
    assert build(Pack, located).model_dump() == load(Pack, path).model_dump()


def test_a_parameter_that_a_workbook_replaces_holds_in_the_county(ws: Workspace, seats: Path) -> None:
    assert ws.catalogue.parameters["seats_per_thousand_senior"].value == 20
    taken = workspace.import_pack(ws.folder, seats)
    assert taken.path == ws.folder / "packs" / "our_seats.yaml"
    assert workspace.open(ws.folder).catalogue.parameters["seats_per_thousand_senior"].value == 25
    assert workspace.known_packs(ws.folder)[-1].id == "our-seats"


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "said"),
    [
        ("参数", "值", "二十五", "参数 › 第 2 行「值」：“二十五”不是数"),
        (
            "参数",
            "替换同编号",
            None,
            "参数 › 第 2 行「编号」：编号「seats_per_thousand_senior」与 seat_norms.yaml",
        ),
        ("参数", "编号", "seats_per_thousand_senoir", "参数 › 第 2 行「替换同编号」：没有可替换的"),
        ("参数", "单位", None, "参数 › 第 2 行「单位」：缺少「单位」"),
        ("文件", "编号", "我县", "文件 › 第 2 行：文件编号「我县」只能用"),
    ],
)
def test_a_fault_is_told_at_its_cell_and_nothing_is_written(
    ws: Workspace, seats: Path, sheet: str, heading: str, value: object, said: str
) -> None:
    fill(seats, SEATS | {sheet: SEATS[sheet] | {heading: value}})
    with pytest.raises(PackError) as refused:
        workspace.import_pack(ws.folder, seats)
    assert str(refused.value).startswith(f"学位.xlsx › {said}")
    assert not list((ws.folder / "packs").glob("*.yaml"))


def test_a_pack_that_does_not_fit_the_countys_others_is_refused(
    ws: Workspace, seats: Path, tmp_path: Path
) -> None:
    workspace.import_pack(ws.folder, seats)
    other = fill(
        workspace.write_pack_workbook(tmp_path / "另一份.xlsx"),
        SEATS | {"文件": SEATS["文件"] | {"编号": "other-seats"}},
    )
    before = sorted(path.read_bytes() for path in (ws.folder / "packs").iterdir())
    with pytest.raises(PackError, match=r"另一份\.xlsx › 参数 › 第 2 行"):
        workspace.import_pack(ws.folder, other)
    assert sorted(path.read_bytes() for path in (ws.folder / "packs").iterdir()) == before


def test_what_is_there_is_replaced_only_when_told(ws: Workspace, seats: Path) -> None:
    workspace.import_pack(ws.folder, seats)
    fill(seats, SEATS | {"参数": SEATS["参数"] | {"值": 22}})
    with pytest.raises(WorkspaceError, match="--overwrite"):
        workspace.import_pack(ws.folder, seats)
    assert workspace.open(ws.folder).catalogue.parameters["seats_per_thousand_senior"].value == 25
    workspace.import_pack(ws.folder, seats, overwrite=True)
    assert workspace.open(ws.folder).catalogue.parameters["seats_per_thousand_senior"].value == 22


def test_a_template_that_somebody_filled_in_is_left_alone(seats: Path) -> None:
    before = seats.read_bytes()
    with pytest.raises(WorkspaceError, match="没有改动"):
        workspace.write_pack_workbook(seats)
    assert seats.read_bytes() == before


def test_an_optional_pack_is_the_countys_own_once_it_is_added(ws: Workspace) -> None:
    assert "shenyang_preschool_2021" not in ws.catalogue.standards
    workspace.add_pack(ws.folder, "shenyang-preschool-2021")
    assert "shenyang_preschool_2021" in workspace.open(ws.folder).catalogue.standards
    origins = {one.id: one.origin for one in workspace.known_packs(ws.folder)}
    assert origins["shenyang-preschool-2021"] == "local"
    assert origins["school-quality-example"] == "optional"


@pytest.mark.parametrize("name", ["shenyang", "quality-balance-2017", ""])
def test_what_is_not_optional_cannot_be_added(ws: Workspace, name: str) -> None:
    with pytest.raises(WorkspaceError, match="没有可选的规则包"):
        workspace.add_pack(ws.folder, name)


def test_a_pack_that_nobody_knows_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="是不是「quality-balance-2017」？"):
        workspace.write_pack_workbook(tmp_path / "规则.xlsx", like="quality-balance-2018")


def test_any_other_workbook_is_refused_with_what_to_do(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "小学"
    book.save(path)
    with pytest.raises(PackError, match="不认识的工作表") as refused:
        workspace.import_pack(ws.folder, path)
    assert "没有「文件」表" in str(refused.value)
