"""The example county for the tests of forecasts."""

from __future__ import annotations

from example_county import sihui  # noqa: F401  a fixture of the tests here
