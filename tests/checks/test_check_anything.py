"""Whatever a snapshot can hold, the checks come to an end, and tell nothing of a person."""

from __future__ import annotations

import re

import polars as pl
import pyarrow as pa
from census_samples import arrow_tables
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jiaoheng.census import dictionary
from jiaoheng.census.checking.frames import frame
from jiaoheng.census.checking.run import run
from jiaoheng.census.checking.view import View
from jiaoheng.census.schema import empty
from jiaoheng.packs import Catalogue

PLACEHOLDER = re.compile(r"\{[a-z_]+[^{}]*\}")
"""A word that a message was to be filled with and was not."""


@st.composite
def years(draw: st.DrawFn) -> dict[str, pa.Table]:
    """Some tables of a year, of schools that are often the same."""
    names = draw(st.lists(st.sampled_from(list(dictionary.tables())), unique=True, min_size=1, max_size=3))
    return {name: draw(arrow_tables(name, most=2)) for name in names}


def view(tables: dict[str, pa.Table], **more: View | None) -> View:
    return View(2025, "441284", lambda name: pl.DataFrame(tables.get(name, empty(name))), **more)


# Without shrinking: each example is a whole county, and a failure would take minutes to come out.
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(now=years(), last=years(), before=years())
def test_random_tables_are_judged_and_no_identifier_is_told(
    catalogue: Catalogue, now: dict[str, pa.Table], last: dict[str, pa.Table], before: dict[str, pa.Table]
) -> None:
    findings = run(view(now, last=view(last), before=view(before)), catalogue)
    for finding in findings:
        assert finding.message
        assert not PLACEHOLDER.search(finding.message)  # a name may hold a brace
        if dictionary.table(finding.table).of_persons:
            told = f"{finding.message} {finding.unit} {finding.key} {dict(finding.values)}"
            assert "h1:" not in told


def test_a_second_county_s_row_is_held_to_the_same_sums_and_ends_nothing(catalogue: Catalogue) -> None:
    tables = {
        "county": pl.DataFrame({"region_code": ["441284", "441283"], "resident_population": [700, 900]}),
        "population": pl.DataFrame({"resident": [300.0, 400.0]}),
        "schools": pl.DataFrame({"land_area": [5.0, 6.0]}),
        "school_stages": pl.DataFrame({"pupils": [1.0, 2.0]}),
    }
    names = ["population_resident", "schools_pupils", "schools_land_area"]
    found = frame(View(2025, "441284", tables.__getitem__), "county", names, catalogue)
    assert found.select(names).rows() == [(700.0, 3.0, 11.0), (700.0, 3.0, 11.0)]


def test_a_boundary_that_is_none_leaves_the_place_unknown(catalogue: Catalogue) -> None:
    areas = pl.DataFrame(
        {
            "area_code": ["441284001", "441284002"],
            "boundary": ["不是边界", "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))"],
        }
    )
    schools = pl.DataFrame(
        {"school_code": ["2144000001"], "area_code": ["441284001"], "longitude": [112.0], "latitude": [23.0]}
    )
    tables = {"areas": areas, "schools": schools}
    found = frame(View(2025, "441284", tables.__getitem__), "schools", ["in_county", "in_area"], catalogue)
    assert found.row(0) == ("2144000001", None, None)
