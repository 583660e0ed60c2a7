"""The county's map: thirteen towns as patches of a lattice with jittered corners, and points inside them.

The outlines are invented. Neighbours share their corners exactly: the towns neither overlap nor leave gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import shapely

from jiaoheng.census.example.chance import between, pick, stream
from jiaoheng.census.example.published import REGION

Row = dict[str, object]
Cell = tuple[int, int]

_WEST, _SOUTH = 112.42, 23.20
_STEP = 0.0125
_COLUMNS, _ROWS = 42, 37


@dataclass(frozen=True)
class Town:
    """A town or street: where its centre is, and how far it reaches (1 is usual)."""

    code: str
    name: str
    kind: str
    longitude: float
    latitude: float
    reach: float = 1.0


TOWNS = (
    Town("441284001", "东城街道", "street", 112.735, 23.345, 0.80),
    Town("441284002", "城中街道", "street", 112.690, 23.325, 0.62),
    Town("441284003", "贞山街道", "street", 112.640, 23.350, 0.85),
    Town("441284101", "龙甫镇", "town", 112.775, 23.420),
    Town("441284102", "地豆镇", "town", 112.625, 23.600),
    Town("441284103", "威整镇", "town", 112.735, 23.590),
    Town("441284104", "罗源镇", "town", 112.525, 23.545),
    Town("441284105", "迳口镇", "town", 112.845, 23.500),
    Town("441284106", "大沙镇", "town", 112.795, 23.275),
    Town("441284107", "石狗镇", "town", 112.555, 23.420),
    Town("441284108", "黄田镇", "town", 112.600, 23.490),
    Town("441284109", "江谷镇", "town", 112.695, 23.515),
    Town("441284110", "下茆镇", "town", 112.680, 23.430),
)


@cache
def areas(seed: int) -> Sequence[Row]:
    """The rows of the table ``areas``: one for every town, with its outline as WKT."""
    corners = _corners(seed)
    return [
        {
            "area_code": town.code,
            "name": town.name,
            "parent": REGION,
            "kind": town.kind,
            "longitude": town.longitude,
            "latitude": town.latitude,
            "boundary": _outline(corners, cells).wkt,
        }
        for town, cells in zip(TOWNS, _cells().values(), strict=True)
    ]


def place(seed: int, area: str, topic: str) -> tuple[float, float]:
    """A point of the town, likelier near its centre: longitude and latitude, inside the outline."""
    rng = stream(seed, "place", topic)
    near = _by_distance()[area]
    column, row = near[pick(rng, max(1, int(len(near) * between(rng, 0.2, 1.0))))]
    # The middle of a cell is inside however the corners are jittered.
    longitude = _WEST + (column + between(rng, 0.4, 0.6)) * _STEP
    latitude = _SOUTH + (row + between(rng, 0.4, 0.6)) * _STEP
    return round(longitude, 5), round(latitude, 5)


def _outline(corners: Mapping[Cell, tuple[float, float]], cells: Iterable[Cell]) -> shapely.Geometry:
    squares = [
        shapely.Polygon(
            [
                corners[at]
                for at in ((column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1))
            ]
        )
        for column, row in cells
    ]
    return shapely.normalize(shapely.union_all(squares))


@cache
def _corners(seed: int) -> Mapping[Cell, tuple[float, float]]:
    rng = stream(seed, "corners")
    return {
        (column, row): (
            round(_WEST + (column + between(rng, -0.3, 0.3)) * _STEP, 5),
            round(_SOUTH + (row + between(rng, -0.3, 0.3)) * _STEP, 5),
        )
        for column in range(_COLUMNS + 1)
        for row in range(_ROWS + 1)
    }


@cache
def _cells() -> Mapping[str, tuple[Cell, ...]]:
    """The cells of each town: those of the county that are nearer to its centre than to any other."""
    found: dict[str, list[Cell]] = {town.code: [] for town in TOWNS}
    for column in range(_COLUMNS):
        for row in range(_ROWS):
            longitude, latitude = _WEST + (column + 0.5) * _STEP, _SOUTH + (row + 0.5) * _STEP
            if _inside(longitude, latitude):
                found[min(TOWNS, key=lambda town: _distance(town, longitude, latitude)).code].append(
                    (column, row)
                )
    return {code: tuple(_connected(cells)) for code, cells in found.items()}


@cache
def _by_distance() -> Mapping[str, tuple[Cell, ...]]:
    towns = {town.code: town for town in TOWNS}
    return {
        code: tuple(
            sorted(
                cells,
                key=lambda cell: _distance(
                    towns[code], _WEST + (cell[0] + 0.5) * _STEP, _SOUTH + (cell[1] + 0.5) * _STEP
                ),
            )
        )
        for code, cells in _cells().items()
    }


def _inside(longitude: float, latitude: float) -> bool:
    """Whether a point is in the county: an egg, wide in the south, that leans to the west in the north."""
    north = (latitude - 23.43) / 0.225
    east = (longitude - (112.70 - 0.03 * north)) / (0.215 - 0.035 * north)
    return north * north + east * east < 1.0


def _distance(town: Town, longitude: float, latitude: float) -> float:
    # A degree of longitude is 0.917 of a degree of latitude here.
    east, north = (longitude - town.longitude) * 0.917, latitude - town.latitude
    return (east * east + north * north) / (town.reach * town.reach)


def _connected(cells: Iterable[Cell]) -> list[Cell]:
    """The largest piece that hangs together by sides; odd cells cut off from it are left out."""
    left = set(cells)
    pieces: list[set[Cell]] = []
    while left:
        piece: set[Cell] = set()
        edge = [min(left)]
        while edge:
            cell = edge.pop()
            if cell in left:
                left.remove(cell)
                piece.add(cell)
                column, row = cell
                edge += [(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)]
        pieces.append(piece)
    largest = max(pieces, key=len)
    return sorted(largest)
