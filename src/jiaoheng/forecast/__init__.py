"""Population and enrolment to come, by area, stage, grade and year, with intervals, scenarios and back-tests.

Seats are not here: what is to come stands against them in `places`.
"""

from __future__ import annotations

from jiaoheng.forecast.enrolment import enrolment
from jiaoheng.forecast.method import Forecaster, Method
from jiaoheng.forecast.outlook import OUTLOOK, Chosen, ForecastError, Outlook
from jiaoheng.forecast.series import BIRTHS, Series, SeriesError
from jiaoheng.forecast.trial import Trial, tried

__all__ = [
    "BIRTHS",
    "OUTLOOK",
    "Chosen",
    "ForecastError",
    "Forecaster",
    "Method",
    "Outlook",
    "Series",
    "SeriesError",
    "Trial",
    "enrolment",
    "tried",
]
