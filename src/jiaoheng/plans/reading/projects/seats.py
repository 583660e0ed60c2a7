"""Whose the seats are that a sentence promises beside a project: 新建滨江学校（学位1800个）."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from jiaoheng.plans.model import Commitment, Period
from jiaoheng.plans.reading.paragraph import Paragraph
from jiaoheng.plans.reading.projects.text import Mention, mentions

_SEATS_ALONE = re.compile(r"(?:提供|设)?学位(?:数|规模)?")


def named_seats(
    commitments: Sequence[Commitment], paragraphs: Sequence[Paragraph], period: Period
) -> tuple[Commitment, ...]:
    """The commitments; one that says no more than 学位 takes the name of the project whose seats they are."""
    if not any(map(_unnamed, commitments)):
        return tuple(commitments)
    told = sorted(
        (
            (mention.paragraph.flow.offsets[mention.end - 1], mention)
            for mention in mentions(paragraphs, period)
        ),
        key=lambda pair: pair[0],
    )
    ends = [end for end, _ in told]
    named = []
    for each in commitments:
        place = bisect_right(ends, each.passage.start or 0) - 1
        if _unnamed(each) and place >= 0 and _of(each, told[place][1]):
            each = each.model_copy(update={"subject": told[place][1].name + each.subject})
        named.append(each)
    return tuple(named)


def _unnamed(commitment: Commitment) -> bool:
    return bool(_SEATS_ALONE.fullmatch(commitment.subject))


def _of(commitment: Commitment, project: Mention) -> bool:
    """Whether the last project told before the figure has so many seats, in the same paragraph."""
    last, start = project.paragraph.flow.offsets[-1], commitment.passage.start
    return project.seats == commitment.target.value and start is not None and start <= last
