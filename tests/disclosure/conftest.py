"""Fixtures of the tests of disclosure."""

from example_county import sihui  # noqa: F401
