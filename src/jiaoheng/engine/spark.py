"""Starts Spark, once, and tells why it cannot be started."""

from __future__ import annotations

import atexit
import importlib.util
import logging
import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from jiaoheng.engine.errors import EngineError

OLDEST_JAVA = 17
"""The oldest Java that Spark 4 runs on."""

# Spark takes a configuration without an appender for none at all, and brings its own.
_QUIET = """\
rootLogger.level = off
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
"""


@cache
def spark_available() -> str | None:
    """Tell why Spark cannot be used here, in Chinese; None when it can."""
    if importlib.util.find_spec("pyspark") is None:
        return "没有安装 PySpark。请运行 pip install 'jiaoheng[spark]'，或改用 duckdb 引擎。"
    mend = f"请安装 Java {OLDEST_JAVA} 或更新的版本，并设置 JAVA_HOME，或改用 duckdb 引擎。"
    java = _java()
    if java is None:
        return f"没有找到 Java。{mend}"
    version = _version(java)
    if version is None:
        return f"{java}：读不出 Java 的版本。{mend}"
    if version < OLDEST_JAVA:
        return f"{java} 是 Java {version}，太旧。{mend}"
    return None


def spark_session() -> Any:
    """Give the session that is running, or start a local one that lasts until it is stopped.

    Raises
    ------
    EngineError
        When PySpark or Java is missing, or Spark does not start.
    """
    if reason := spark_available():
        raise EngineError(f"Spark 引擎不能使用：{reason}")
    from pyspark.sql import SparkSession

    if running := SparkSession.getActiveSession():
        return running
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    folder = Path(tempfile.mkdtemp(prefix="jiaoheng-spark-"))
    # PySpark stops the session in a handler that is registered later, and so runs earlier.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    builder = SparkSession.builder.master("local[*]").appName("jiaoheng")
    for key, value in _settings(folder).items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        cause = str(error).partition("\n")[0]
        raise EngineError(f"Spark 没能启动：{cause}。请检查 Java 和内存，或改用 duckdb 引擎。") from error
    logging.getLogger("DataFrameQueryContextLogger").disabled = True
    return session


def _settings(folder: Path) -> dict[str, str]:
    # Spark speaks before its own settings of the log hold, so they are given to Java.
    quiet = folder / "log4j2.properties"
    quiet.write_text(_QUIET, encoding="utf-8")
    return {
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={quiet.as_uri()}",
        # Spark's own 1 GB is too little for the nation's records; all work is in this one Java process.
        "spark.driver.memory": os.environ.get("SPARK_DRIVER_MEMORY") or f"{_memory_gigabytes()}g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # The call site of every operation is otherwise looked up, which doubles the time of planning.
        "spark.python.sql.dataFrameDebugging.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder),
    }


def _memory_gigabytes() -> int:
    """A quarter of the machine's memory, of 1 to 8 GB."""
    try:
        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    except (AttributeError, ValueError, OSError):
        return 1  # Windows does not tell
    return max(1, min(8, int(whole / 4)))


def _java() -> str | None:
    """Find the Java that PySpark would start."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which(str(Path(home) / "bin" / "java")) if home else shutil.which("java")


def _version(java: str) -> int | None:
    """Ask Java for its major version; 8 and older say 1.8."""
    try:
        answer = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    return int(found.group(1)) if found else None
