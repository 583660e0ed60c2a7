"""Runs queries: opens DuckDB, Polars or Spark, and compiles expressions to Narwhals so that all three agree.

``open`` gives an `Engine`, whose ``scan`` reads Parquet files into a Narwhals lazy frame; that is all that
the other rooms see. ``derive`` and ``aggregate`` work out many expressions at once, row by row or over
groups; ``compile`` gives a single one as a Narwhals expression, for filters and the like.
"""

from jiaoheng.engine.compiler import compile
from jiaoheng.engine.engines import ENGINES, Engine, open
from jiaoheng.engine.errors import EngineError
from jiaoheng.engine.evaluate import aggregate, derive
from jiaoheng.engine.spark import spark_available

__all__ = [
    "ENGINES",
    "Engine",
    "EngineError",
    "aggregate",
    "compile",
    "derive",
    "open",
    "spark_available",
]
