"""Versions, overrides, parameters and the order of facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jiaoheng import packs
from jiaoheng.packs.grains import Columns

HEAD = """\
document:
  id: {id}
  title: 办法
  issuer: 教育局
  date: {start}
  effective_from: {start}
  source: 全文
"""


def write(folder: Path, name: str, start: str, rest: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.format(id=name, start=start) + rest, encoding="utf-8")
    return path


def norm(value: int, extra: str = "") -> str:
    return f"parameters:\n  - {{id: norm, name: 班额, unit: 人, clause: 第一条, value: {value}{extra}}}\n"


def full(extra: str = "") -> str:
    return f"""\
measures:
  - id: full_classes
    name: 满额班级人数
    unit: 人
    numerator: min(pupils, norm * classes)
    stages: [primary]
    clause: 第二条
{extra}"""


def test_each_day_has_the_version_in_force(tmp_path: Path, columns: Columns) -> None:
    old = write(tmp_path, "old", "2010-09-01", norm(55, ", effective_to: 2019-12-31"))
    new = write(tmp_path, "new", "2020-01-01", norm(45) + full())
    catalogue = packs.load([new, old], columns=columns)

    def limit(day: date) -> object:
        return catalogue.on(day).parameters["norm"].value

    assert limit(date(2019, 12, 31)) == 55
    assert limit(date(2020, 1, 1)) == 45
    assert catalogue.parameters["norm"].value == 45
    # Before all versions the first stands in, and says that it is not in force.
    early = catalogue.on(date(2001, 9, 1))
    assert early.parameters["norm"].value == 55
    assert not early.in_force(early.parameters["norm"], date(2001, 9, 1))


def test_a_parameter_changes_the_formulas_that_name_it(tmp_path: Path, columns: Columns) -> None:
    old = write(tmp_path, "old", "2010-09-01", norm(55, ", effective_to: 2019-12-31"))
    new = write(tmp_path, "new", "2020-01-01", norm(45) + full())
    catalogue = packs.load([old, new], columns=columns)
    text = catalogue.measures["full_classes"].numerator or ""
    assert catalogue.on(date(2015, 9, 1)).node(text).unparse() == "min(pupils, 55 * classes)"
    assert catalogue.node(text).unparse() == "min(pupils, 45 * classes)"


def test_a_parameter_by_stage_is_chosen_by_the_row(tmp_path: Path, columns: Columns) -> None:
    pack = write(
        tmp_path,
        "own",
        "2020-01-01",
        norm(0).replace("value: 0", "value: {primary: 45, junior: 50}") + full(),
    )
    catalogue = packs.load([pack], columns=columns)
    assert catalogue.parameters["norm"].at("junior") == 50
    assert catalogue.parameters["norm"].at("senior") is None
    assert "if(stage = 'primary', 45, if(stage = 'junior', 50, null))" in catalogue.node("norm * 1").unparse()


def test_an_id_of_another_pack_is_not_replaced_in_silence(tmp_path: Path, columns: Columns) -> None:
    first = write(tmp_path, "first", "2020-01-01", norm(45))
    second = write(tmp_path, "second", "2021-01-01", norm(40))
    with pytest.raises(packs.PackError, match=rf"{second}:9: .*first.yaml:9 .*overrides: true"):
        packs.load([first, second], columns=columns)


def test_an_override_replaces_whichever_file_comes_first(tmp_path: Path, columns: Columns) -> None:
    first = write(tmp_path, "first", "2020-01-01", norm(45))
    second = write(tmp_path, "second", "2021-01-01", norm(40, ", overrides: true"))
    for order in ([first, second], [second, first]):
        assert packs.load(order, columns=columns).parameters["norm"].value == 40


def test_two_overrides_of_one_id_are_refused(tmp_path: Path, columns: Columns) -> None:
    paths = [write(tmp_path, "first", "2020-01-01", norm(45))]
    paths += [
        write(tmp_path, name, "2021-01-01", norm(40, ", overrides: true")) for name in ("second", "third")
    ]
    with pytest.raises(packs.PackError, match="生效时间重叠"):
        packs.load(paths, columns=columns)


def test_two_documents_with_one_id_are_refused(tmp_path: Path, columns: Columns) -> None:
    first = write(tmp_path, "first", "2020-01-01", norm(45))
    second = tmp_path / "copy.yaml"
    second.write_text(first.read_text(encoding="utf-8").replace("id: norm", "id: other"), encoding="utf-8")
    with pytest.raises(packs.PackError, match="文件编号「first」重复"):
        packs.load([first, second], columns=columns)


def test_an_old_version_that_no_longer_fits_is_found_too(tmp_path: Path, columns: Columns) -> None:
    old = write(tmp_path, "old", "2010-09-01", full("    effective_to: 2019-12-31\n").replace("norm", "gone"))
    new = write(tmp_path, "new", "2020-01-01", norm(45) + full())
    with pytest.raises(packs.PackError, match=rf"{old}:12: .*gone"):
        packs.load([old, new], columns=columns)


def test_entries_know_their_document_and_their_line(catalogue: packs.Catalogue) -> None:
    measure = catalogue.measures["l1_teachers_above_qualification"]
    assert measure.document.number == "教督〔2017〕6号"
    name, line = measure.place.split(":")
    path = next(path for path in packs.builtin_paths() if path.name == name)
    assert "l1_teachers_above_qualification" in path.read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_facts_come_after_the_facts_that_they_need(catalogue: packs.Catalogue) -> None:
    facts = catalogue.facts_of(catalogue.measures["cv_composite"])
    ids = [fact.id for fact in facts]
    assert len(ids) == len(set(ids))
    assert ids.index("teachers_master") < ids.index("teachers_above_qualification")
    for place, fact in enumerate(facts):
        assert catalogue.reads(fact) <= set(ids[:place])


def test_every_part_of_every_measure_has_one_grain(catalogue: packs.Catalogue) -> None:
    for measure in catalogue.measures.values():
        for text in (measure.numerator, measure.denominator, measure.plus, measure.where):
            if text and catalogue.node(text).columns():
                assert catalogue.grain(text) is not None


def test_a_measure_is_frozen(catalogue: packs.Catalogue) -> None:
    with pytest.raises(ValueError, match="frozen"):
        catalogue.measures["pupil_count"].name = "别的"  # type: ignore[misc]
