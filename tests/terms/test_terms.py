"""Code lists name one thing by one word, and are found by whatever a form writes."""

from __future__ import annotations

import pytest

from jiaoheng import terms


@pytest.mark.parametrize("name", terms.CODE_LISTS)
def test_no_spelling_names_two_members(name: str) -> None:
    owner: dict[str, str] = {}
    for member in terms.CODE_LISTS[name]:
        for spelling in set(member.spellings):
            assert owner.setdefault(spelling, member.value) == member.value, spelling


@pytest.mark.parametrize("name", terms.CODE_LISTS)
def test_every_spelling_finds_its_member(name: str) -> None:
    for member in terms.CODE_LISTS[name]:
        assert {terms.lookup(name, f" {spelling} ") for spelling in member.spellings} == {member.value}


def test_a_word_that_the_list_does_not_have_is_none() -> None:
    assert terms.lookup("stage", "大学") is None


def test_urban_rural_codes_fall_into_the_three_classes_of_the_statistics() -> None:
    classes = {"urban": ("111", "112"), "town": ("121", "122", "123"), "rural": ("210", "220")}
    for name, codes in classes.items():
        assert {terms.lookup("urban_rural", code) for code in codes} == {name}


def test_label_of_nothing_is_empty_and_of_an_unknown_value_is_itself() -> None:
    assert terms.label("stage", None) == ""
    assert terms.label("stage", "university") == "university"
    assert terms.label("stage", "primary") == "小学"
