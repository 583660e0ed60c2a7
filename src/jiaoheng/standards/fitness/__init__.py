"""The fitness standard 国家学生体质健康标准: from measurements to points, totals, grades and rates.

``score_pupil`` scores one pupil and says why there is no total; ``score_frame`` scores millions on any
engine, and ``rates`` counts them by class, school or county. ``score_files`` does all of it for workbooks.
The rules are data: `jiaoheng.packs.fitness`.
"""

from jiaoheng.standards.fitness.frame import score_frame
from jiaoheng.standards.fitness.pupil import FitnessError, ItemScore, PupilScore, score_pupil
from jiaoheng.standards.fitness.rates import rates
from jiaoheng.standards.fitness.reading import Measurements, read_measurements
from jiaoheng.standards.fitness.results import FitnessResults, score_files
from jiaoheng.standards.fitness.rules import fitness

__all__ = [
    "FitnessError",
    "FitnessResults",
    "ItemScore",
    "Measurements",
    "PupilScore",
    "fitness",
    "rates",
    "read_measurements",
    "score_files",
    "score_frame",
    "score_pupil",
]
