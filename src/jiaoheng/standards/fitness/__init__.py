"""The fitness standard 国家学生体质健康标准: from measurements to points, totals, grades and rates.

``score_pupil`` scores one pupil and says why there is no total; ``score_frame`` scores millions on any
engine. The rules are data: `jiaoheng.packs.fitness`.
"""

from jiaoheng.standards.fitness.frame import score_frame
from jiaoheng.standards.fitness.pupil import FitnessError, ItemScore, PupilScore, score_pupil
from jiaoheng.standards.fitness.rules import fitness

__all__ = ["FitnessError", "ItemScore", "PupilScore", "fitness", "score_frame", "score_pupil"]
