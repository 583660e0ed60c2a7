"""A nation to measure by: a snapshot of any size whose pupils are written record by record to Parquet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.province import schools_of
from jiaoheng.census import dictionary
from jiaoheng.census.manifest import FILE, FileEntry, content_hash
from jiaoheng.census.schema import schema
from jiaoheng.census.snapshot import load

CHUNK = 1_000_000
"""Pupils made and written at a time; each chunk is a row group."""

GRADES = {
    "preschool": ("k1", "k2", "k3"),
    "primary": ("g1", "g2", "g3", "g4", "g5", "g6"),
    "junior": ("g7", "g8", "g9"),
    "senior": ("g10", "g11", "g12"),
    "vocational": ("g10", "g11", "g12"),
    "special": ("g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9"),
}
_SHARES = {
    "minority": 0.09,
    "boarder": 0.15,
    "migrant": 0.14,
    "worker_migrant": 0.08,
    "left_behind": 0.06,
    "disabled": 0.004,
    "new_entrant": 0.2,
}
_HEX = np.array([f"{byte:02x}".encode() for byte in range(256)])


@dataclass(frozen=True)
class Made:
    """What was written: rows and bytes of the pupils' table."""

    pupils: int
    bytes: int


def nation(folder: Path, *, schools: int, pupils: int, seed: int = 20261124) -> Made:
    """Store a snapshot of that many schools, then add the records of about that many pupils to it.

    Everything that can be counted from pupils is left empty in the tables of schools, so that every measure
    of pupils comes from the records. Provenance of single records is not written: no measure asks for it.
    """
    census = schools_of(folder, schools=schools, areas=max(10, schools // 12), without=_counted())
    random = np.random.default_rng(seed)
    rows = pl.DataFrame(census.table("school_stages").select(["school_code", "stage"]))
    weights = random.lognormal(0.0, 0.8, rows.height)
    sizes = np.maximum(1, np.round(weights / weights.sum() * pupils)).astype(np.int64)
    path = census.folder / "pupils.parquet"
    written = _write(path, rows, sizes, random)
    with path.open("rb") as file:
        entry = FileEntry(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size, written)
    files = {**census.manifest.files, "pupils": entry}
    tables = {name: each for name, each in files.items() if name in dictionary.tables()}
    manifest = replace(census.manifest, files=files, content=content_hash(tables))
    (census.folder / FILE).write_bytes(manifest.to_json())
    load(census.folder)
    return Made(written, entry.bytes)


def _counted() -> frozenset[str]:
    """The columns of school_stages that are left to the records."""
    names = {"pupils", "entrants", "boarders", "migrants", "worker_migrants", "left_behind", "disabled"}
    return frozenset(names | {"pupils_female", "pupils_minority"})


def _write(path: Path, rows: pl.DataFrame, sizes: np.ndarray, random: np.random.Generator) -> int:
    """Write the records, ordered by school as a register is."""
    codes = pa.array(rows["school_code"].to_list(), pa.string())
    stages = rows["stage"].to_list()
    wanted = schema("pupils")
    ends = np.cumsum(sizes)
    # Identifiers are random: nothing would be gained by a dictionary, and a writer would first build one.
    plain = ["pupil_id"]
    dictionaries = [
        field.name for field in wanted if field.name not in plain and pa.types.is_string(field.type)
    ]
    with pq.ParquetWriter(path, wanted, compression="zstd", use_dictionary=dictionaries) as writer:
        for first in range(0, int(ends[-1]), CHUNK):
            count = min(CHUNK, int(ends[-1]) - first)
            owner = np.searchsorted(ends, np.arange(first, first + count), side="right")
            writer.write_table(_records(owner, codes, stages, wanted, random), row_group_size=CHUNK)
    return int(ends[-1])


def _records(
    owner: np.ndarray, codes: pa.Array, stages: list[str], wanted: pa.Schema, random: np.random.Generator
) -> pa.Table:
    count = len(owner)
    names = list(GRADES)
    stage_of = np.array([names.index(stage) for stage in stages])[owner]
    grades = [grade for own in GRADES.values() for grade in own]
    starts = np.cumsum([0, *(len(own) for own in GRADES.values())])[:-1]
    lengths = np.array([len(own) for own in GRADES.values()])
    grade = starts[stage_of] + (random.random(count) * lengths[stage_of]).astype(np.int64)
    given: dict[str, pa.Array] = {
        "pupil_id": _identifiers(count, random),
        "school_code": codes.take(pa.array(owner)),
        "stage": _coded(stage_of, names),
        "grade": _coded(grade, grades),
        "sex": _coded((random.random(count) < 0.47).astype(np.int64), ["male", "female"]),
    }
    for name, share in _SHARES.items():
        given[name] = pa.array(random.random(count) < share)
    arrays = [given[field.name] if field.name in given else pa.nulls(count, field.type) for field in wanted]
    return pa.Table.from_arrays(arrays, schema=wanted)


def _coded(places: np.ndarray, words: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(words)).cast(pa.string())


def _identifiers(count: int, random: np.random.Generator) -> pa.Array:
    """Random hashes of the form that a snapshot has: h1: and 32 hex digits."""
    text = np.empty((count, 35), dtype=np.uint8)
    text[:, :3] = np.frombuffer(b"h1:", np.uint8)
    digits = _HEX[random.integers(0, 256, (count, 16), dtype=np.uint8)]
    text[:, 3:] = digits.view(np.uint8).reshape(count, 32)
    offsets = np.arange(count + 1, dtype=np.int32) * 35
    return pa.Array.from_buffers(pa.string(), count, [None, pa.py_buffer(offsets), pa.py_buffer(text)])
