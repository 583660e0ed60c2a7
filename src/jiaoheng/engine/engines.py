"""The three engines behind one face: DuckDB, Polars and Spark."""

from __future__ import annotations

import re
import shutil
import tempfile
import warnings
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import narwhals as nw
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from jiaoheng.engine.errors import EngineError
from jiaoheng.engine.spark import spark_session

Paths = str | Path | Sequence[str | Path]


def open(name: str = "duckdb") -> Engine:
    """Open an engine.

    Parameters
    ----------
    name : str
        ``duckdb``, ``polars`` or ``spark``.

    Returns
    -------
    Engine
        To be closed, best by ``with``. Collect what comes of its frames before.

    Raises
    ------
    EngineError
        When there is no such engine, or Spark lacks PySpark or Java 17.
    """
    if name not in _CLASSES:
        raise EngineError(f"没有名为“{name}”的计算引擎。请改用：{'、'.join(_CLASSES)}。")
    return _CLASSES[name]()


class Engine(ABC):
    """Something that runs queries on lazy frames.

    Attributes
    ----------
    name : str
        ``duckdb``, ``polars`` or ``spark``.
    """

    name: str

    @abstractmethod
    def from_arrow(self, table: pa.Table) -> nw.LazyFrame[Any]:
        """Give a small table in memory as a lazy frame."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what the engine holds; its frames can no longer be collected."""

    def scan(self, paths: Paths) -> nw.LazyFrame[Any]:
        """Read Parquet files as one lazy frame.

        Parameters
        ----------
        paths : path or sequence of paths
            Files, taken literally: ``*`` is no wildcard. Columns are matched by name; a column that a file
            lacks is null in its rows.

        Raises
        ------
        EngineError
            When there is no path, or no file at one.
        """
        found = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
        if not found:
            raise EngineError("没有要读取的 Parquet 文件。请至少给出一个路径。")
        for path in found:
            if not path.is_file():
                raise EngineError(f"{path}：找不到这个 Parquet 文件。请检查路径。")
        return self._scan([path.resolve() for path in found])

    @abstractmethod
    def _scan(self, paths: list[Path]) -> nw.LazyFrame[Any]: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _DuckDB(Engine):
    name = "duckdb"

    def __init__(self) -> None:
        self._connection = duckdb.connect()
        # In an expression a text is a text, even when a column has the same name.
        warnings.filterwarnings(
            "ignore", message=".* is used as a string value, and it is also a column name"
        )

    def from_arrow(self, table: pa.Table) -> nw.LazyFrame[Any]:
        return nw.from_native(self._connection.from_arrow(table))

    def close(self) -> None:
        self._connection.close()

    def _scan(self, paths: list[Path]) -> nw.LazyFrame[Any]:
        literal = [re.sub(r"([*?\[])", r"[\1]", str(path)) for path in paths]
        return nw.from_native(self._connection.read_parquet(literal, union_by_name=True))


class _Polars(Engine):
    name = "polars"

    def from_arrow(self, table: pa.Table) -> nw.LazyFrame[Any]:
        frame = pl.from_arrow(table)
        assert isinstance(frame, pl.DataFrame)
        return nw.from_native(frame.lazy())

    def close(self) -> None:
        """Do nothing: Polars holds nothing."""

    def _scan(self, paths: list[Path]) -> nw.LazyFrame[Any]:
        frames = [pl.scan_parquet(path, glob=False) for path in paths]
        return nw.from_native(pl.concat(frames, how="diagonal_relaxed") if len(frames) > 1 else frames[0])


class _Spark(Engine):
    name = "spark"

    def __init__(self) -> None:
        self._session = spark_session()
        self._folder = Path(tempfile.mkdtemp(prefix="jiaoheng-spark-"))
        self._written = 0

    def from_arrow(self, table: pa.Table) -> nw.LazyFrame[Any]:
        # Feeding Spark from memory goes through Python workers, row by row; a file is faster and needs none.
        path = self._folder / f"{self._written}.parquet"
        self._written += 1
        pq.write_table(table, path)
        return self._scan([path])

    def close(self) -> None:
        """Delete the working files. The session goes on: it is shared, and starting another takes seconds."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _scan(self, paths: list[Path]) -> nw.LazyFrame[Any]:
        literal = [re.sub(r"([*?\[\]{}\\])", r"\\\1", str(path)) for path in paths]
        native = self._session.read.option("mergeSchema", "true").parquet(*literal)
        for column in native.columns:
            if "." in column or "`" in column:
                raise EngineError(
                    f"{paths[0]}：Spark 不能使用列名“{column}”，因为其中有点号或反引号。"
                    "请改列名，或改用 duckdb 引擎。"
                )
        frame: nw.LazyFrame[Any] = nw.from_native(native)
        return frame


_CLASSES: dict[str, type[Engine]] = {"duckdb": _DuckDB, "polars": _Polars, "spark": _Spark}

ENGINES = tuple(_CLASSES)
"""The names of the engines, the default first."""
