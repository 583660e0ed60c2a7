"""Colours that a grey copier, and eyes that see colours differently, still tell apart."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from jiaoheng.reports.charts import DASHES, HUES, MARKERS, PAPER, STEPS

# Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", table of severity 1.0; for linear sRGB.
SEEN_BY = {
    "everybody": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# IEC 61966-2-1: linear sRGB to CIE XYZ (D65).
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour: str, eyes: str = "everybody") -> np.ndarray:
    """CIE L*a*b* of a colour as those eyes see it."""
    seen = np.clip(SEEN_BY[eyes] @ linear(colour), 0, 1)
    share = (TO_XYZ @ seen) / (TO_XYZ @ np.ones(3))
    root = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def apart(one: str, other: str, eyes: str) -> float:
    return float(np.linalg.norm(lab(one, eyes) - lab(other, eyes)))


def lighter(one: str, other: str) -> float:
    """How much lighter ``one`` is on a grey copy, in steps of L* (0 to 100)."""
    return float(lab(one)[0] - lab(other)[0])


def test_the_measure_of_colours_is_right() -> None:
    assert lab("#ffffff") == pytest.approx([100, 0, 0], abs=0.02)
    assert lab("#ff0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    # What red-blind eyes are known to confuse, the simulation confuses too.
    assert apart("#d00000", "#5a4d00", "protanopia") < apart("#d00000", "#5a4d00", "everybody") / 3


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_neighbouring_series_are_far_apart_for_everybody(eyes: str) -> None:
    for one, other in pairwise(HUES):
        assert apart(one, other, eyes) >= 25, (one, other)


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_no_two_series_look_the_same_to_anybody(eyes: str) -> None:
    for one, other in combinations(HUES, 2):
        assert apart(one, other, eyes) >= 8, (one, other)


def test_neighbouring_series_differ_on_a_grey_copy() -> None:
    for one, other in pairwise(HUES):
        assert abs(lighter(one, other)) >= 20, (one, other)


def test_every_series_stands_out_from_white_paper() -> None:
    for hue in HUES:
        luminance = float(TO_XYZ[1] @ linear(hue))
        assert 1.05 / (luminance + 0.05) >= 3, hue
        assert lighter(PAPER, hue) >= 35


def test_series_differ_by_dash_and_marker_too() -> None:
    assert len({str(dash) for dash in DASHES}) == len(set(MARKERS)) == len(HUES)


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_classes_of_the_map_keep_their_order_for_everybody(eyes: str) -> None:
    lightness = [float(lab(step, eyes)[0]) for step in STEPS]
    assert all(light - dark >= 9.5 for light, dark in pairwise(lightness)), lightness


def test_classes_of_the_map_keep_their_order_on_a_grey_copy() -> None:
    assert all(lighter(light, dark) >= 10 for light, dark in pairwise(STEPS))
