"""What a report may show: the figures that it draws on, without small counts of what is sensitive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from jiaoheng.census import Census
from jiaoheng.disclosure import publish
from jiaoheng.packs import Catalogue
from jiaoheng.workspace.frames import Frames


def published(frames: Frames, censuses: Iterable[Census], catalogue: Catalogue) -> Frames:
    """The frames with the rows of these censuses' years protected.

    What the plan itself asks for is judged before, and published as it is: see decision 0018.
    """
    found = {one.name: getattr(frames, one.name) for one in fields(frames)}
    for census in censuses:
        found = {name: publish(frame, census, catalogue=catalogue) for name, frame in found.items()}
    return Frames(**found)
