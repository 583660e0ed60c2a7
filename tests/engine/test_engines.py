"""Opening engines, and reading Parquet files with them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jiaoheng import engine as engines
from jiaoheng.engine import EngineError, spark


def _written(path: Path, **columns: list[object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


def test_an_engine_knows_its_name(engine: engines.Engine, engine_name: str) -> None:
    assert engine.name == engine_name


def test_duckdb_is_the_default() -> None:
    with engines.open() as engine:
        assert engine.name == "duckdb"
    assert engines.ENGINES == ("duckdb", "polars", "spark")


def test_an_unknown_engine_is_refused_with_the_names_of_all() -> None:
    with pytest.raises(EngineError, match="没有名为“pandas”的计算引擎。请改用：duckdb、polars、spark。"):
        engines.open("pandas")


def test_scan_reads_one_file(engine: engines.Engine, tmp_path: Path) -> None:
    path = _written(tmp_path / "schools.parquet", code=["01", "02"], pupils=[3, None])
    found = engine.scan(path).collect("pyarrow").to_native()
    assert found.sort_by("code").to_pylist() == [{"code": "01", "pupils": 3}, {"code": "02", "pupils": None}]
    assert engine.scan(str(path)).collect_schema().names() == ["code", "pupils"]


def test_scan_matches_columns_of_several_files_by_name(engine: engines.Engine, tmp_path: Path) -> None:
    paths = [
        _written(tmp_path / "2024.parquet", year=[2024], pupils=[5]),
        _written(tmp_path / "2025.parquet", books=[7], year=[2025]),
    ]
    found = engine.scan(paths).collect("pyarrow").to_native().sort_by("year").to_pylist()
    assert [{key: row[key] for key in ("year", "pupils", "books")} for row in found] == [
        {"year": 2024, "pupils": 5, "books": None},
        {"year": 2025, "pupils": None, "books": 7},
    ]


def test_scan_takes_odd_paths_literally(engine: engines.Engine, tmp_path: Path) -> None:
    folder = tmp_path / "四会 [1] {a,b} 100%"
    path = _written(folder / "*.parquet", a=[1])
    _written(folder / "other.parquet", a=[2])
    assert engine.scan(path).collect("pyarrow").to_native()["a"].to_pylist() == [1]


def test_scan_of_a_missing_file_names_it(engine: engines.Engine, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"schools\.parquet：找不到这个 Parquet 文件。请检查路径。"):
        engine.scan(tmp_path / "schools.parquet")


def test_scan_of_nothing_is_refused(engine: engines.Engine) -> None:
    with pytest.raises(EngineError, match="没有要读取的 Parquet 文件"):
        engine.scan([])


def test_an_empty_table_keeps_its_columns(engine: engines.Engine) -> None:
    table = pa.table({"a": pa.array([], pa.int64()), "s": pa.array([], pa.string())})
    assert engine.from_arrow(table).collect("pyarrow").to_native().column_names == ["a", "s"]


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
def test_spark_cannot_use_dots_in_names_of_columns(tmp_path: Path) -> None:
    if reason := engines.spark_available():
        pytest.skip(reason)
    path = _written(tmp_path / "a.parquet", **{"a.b": [1]})
    with engines.open("spark") as engine, pytest.raises(EngineError, match=r"Spark 不能使用列名“a\.b”"):
        engine.scan(path)


@pytest.fixture
def unknown_java(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Forget what was found out about Java, before the test and after."""
    monkeypatch.setattr(spark, "spark_available", spark.spark_available.__wrapped__)
    return monkeypatch


def _java(folder: Path, says: str) -> str:
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\n", encoding="utf-8")
    program.chmod(0o755)
    return str(folder)


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ('openjdk version "17.0.15" 2025-04-15', None),
        ('openjdk version "21" 2023-09-19', None),
        ('openjdk version "11.0.2" 2019-01-15', "是 Java 11，太旧。请安装 Java 17 或更新的版本"),
        ('java version "1.8.0_201"', "是 Java 8，太旧。请安装 Java 17 或更新的版本"),
        ("no version at all", "读不出 Java 的版本"),
    ],
)
def test_spark_needs_java_17(
    says: str, reason: str | None, unknown_java: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unknown_java.setenv("JAVA_HOME", _java(tmp_path, says))
    found = spark.spark_available()
    assert found is None if reason is None else reason in (found or "")


def test_opening_spark_without_java_says_how_to_mend(
    unknown_java: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unknown_java.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineError, match="Spark 引擎不能使用：没有找到 Java。请安装 Java 17"):
        spark.spark_session()


def test_opening_spark_without_pyspark_says_how_to_mend(unknown_java: pytest.MonkeyPatch) -> None:
    unknown_java.setattr(spark.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EngineError, match="没有安装 PySpark。请运行 pip install"):
        spark.spark_session()
