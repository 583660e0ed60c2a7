"""The guide to one's own files does what it says."""

from __future__ import annotations

import re
from pathlib import Path

from jiaoheng.census import dictionary
from jiaoheng.census.readers import load_mapping, read_mapped
from jiaoheng.census.readers.mappings.model import FileFormat, MappingFile, Origin, TableMapping
from jiaoheng.packs import layouts

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "your-own-files.md"
LAYOUT, MAPPING = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), flags=re.S)
(TABLE,) = re.findall(r"```csv\n(.*?)```", GUIDE.read_text("utf-8"), flags=re.S)


def test_the_worked_example_reads_as_the_guide_says(tmp_path: Path) -> None:
    (tmp_path / "taiwan.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "taiwan.csv").write_text(TABLE, encoding="utf-8")
    reading = read_mapped(tmp_path / "taiwan.csv", load_mapping(tmp_path / "taiwan.yaml"))
    assert reading.rejections == ()
    areas = reading.tables["areas"]["area_code"].to_pylist()
    assert areas == ["新北市", "臺東縣", "新北市/淡水區", "臺東縣/關山鎮"]
    assert reading.tables["schools"].num_rows == 3
    assert reading.tables["school_stages"]["pupils"].to_pylist() == [70, 22, None]
    assert reading.tables["school_stages"]["teachers"].to_pylist() == [25, 14, 7]
    assert reading.tables["schools"]["name"].to_pylist()[1] == "县立关山国小"


def test_the_layout_in_the_guide_loads(tmp_path: Path) -> None:
    (tmp_path / "export.yaml").write_text(LAYOUT, encoding="utf-8")
    columns = {name: tuple(table.by_name) for name, table in dictionary.tables().items()}
    assert layouts.load(tmp_path / "export.yaml", columns=columns).id == "our-county-export"


def test_every_key_of_a_mapping_has_its_place_in_the_guide() -> None:
    text = GUIDE.read_text("utf-8")
    for model in (MappingFile, FileFormat, TableMapping, Origin):
        for name, field in model.model_fields.items():
            assert f"`{field.alias or name}`" in text, f"{model.__name__}.{name}"
