"""Scores a county by an appraisal document's score card: the points of each item, why, and what is missing.

``score`` scores one county, ``score_counties`` all counties of a prefecture in one frame, and ``ranked``
compares them within the groups that the document names. What is not known gives a range of points: unknown
is neither zero nor full.
"""

from jiaoheng.standards.scoring.given import Given
from jiaoheng.standards.scoring.inputs import County
from jiaoheng.standards.scoring.ranking import Rank, ranked
from jiaoheng.standards.scoring.score import ScoreError, Taken, card_named, conclude, score, score_counties
from jiaoheng.standards.scoring.scored import Block, Scored, ScoredItem

__all__ = [
    "Block",
    "County",
    "Given",
    "Rank",
    "ScoreError",
    "Scored",
    "ScoredItem",
    "Taken",
    "card_named",
    "conclude",
    "ranked",
    "score",
    "score_counties",
]
