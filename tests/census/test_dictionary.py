"""The dictionary is valid, and a line that is not is named."""

from __future__ import annotations

import pytest

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.dictionary import DictionaryError, parse
from jiaoheng.census.schema import schema
from jiaoheng.census.values import clean

HEADING = "table,column,zh,group,type,unit,required,key,codes,personal,form,field,meaning"
GOOD = "schools,school_code,学校标识码,基本情况,code,,yes,yes,,,,,"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("schools,land,占地,基本情况,area,,,,,,,,", "类型“area”未知"),
        ("schools,kind,类别,基本情况,term,,,,no_such_list,,,,", "代码表“no_such_list”未知"),
        ("schools,kind,类别,基本情况,text,,,,stage,,,,", "不能有代码表"),
        ("schools,other,学校标识码,基本情况,text,,,,,,,,", "中文名“学校标识码”重复"),
        ("schools,school_code,别名,基本情况,code,,,,,,,,", "列名 school_code 重复"),
        ("schools,land,,基本情况,text,,,,,,,,", "zh 为空"),
        ("schools,land,占地,基本情况,text,,maybe,,,,,,", "required 只能为空或 yes"),
        ("schools,land,占地,基本情况,text,,,,,secret,,,", "个人信息类别“secret”未知"),
        ("schools,land,占地,基本情况,text,,,,,identifier,,,", "必须是 code"),
        ("schools,land,占地,基本情况,text", "应有 13 列"),
        ("schools,land,占地,基本情况,text,,,,,,,,,too,many", "应有 13 列"),
    ],
)
def test_a_line_that_is_not_valid_is_named(line: str, says: str) -> None:
    with pytest.raises(DictionaryError, match="第 3 行") as caught:
        parse([HEADING, GOOD, line])
    assert says in str(caught.value)


def test_a_table_without_a_key_is_refused() -> None:
    with pytest.raises(DictionaryError, match="没有主键"):
        parse([HEADING, "areas,name,名称,基本情况,text,,,,,,,,"])


def test_the_same_chinese_name_may_stand_in_two_tables() -> None:
    tables = parse([HEADING, GOOD, GOOD.replace("schools", "classes")])
    assert list(tables) == ["schools", "classes"]


def test_every_table_has_a_chinese_name_that_can_name_a_sheet() -> None:
    names = [table.zh for table in dictionary.tables().values()]
    assert len(set(names)) == len(names)
    for name in names:
        assert name.isascii() is False
        assert len(name) <= 31


def test_headings_within_a_table_differ_even_without_their_units() -> None:
    for table in dictionary.tables().values():
        headings = [clean(column.zh) for column in table.columns]
        assert len(set(headings)) == len(headings), table.name


def test_names_of_persons_are_in_no_schema() -> None:
    assert "name" in dictionary.table("pupils").by_name
    assert "name" not in schema("pupils").names
    assert "name" in schema("schools").names


def test_an_unknown_table_is_an_error_that_lists_the_tables() -> None:
    with pytest.raises(DictionaryError, match="school_stages"):
        dictionary.table("no_such_table")


def test_a_label_always_means_its_own_member() -> None:
    from jiaoheng.census.values import parse as parse_cell

    for table in dictionary.tables().values():
        for column in table.columns:
            for member in terms.CODE_LISTS.get(column.codes, ()):
                assert parse_cell(member.label, column) == member.value
                assert parse_cell(member.value, column) == member.value


def test_a_table_of_persons_without_a_class_for_every_column_is_refused() -> None:
    key = "pupils,pupil_id,学籍号,学生,code,,yes,yes,,identifier,,,"
    with pytest.raises(DictionaryError, match="列 sex 没有个人信息类别"):
        parse([HEADING, key, "pupils,sex,性别,学生,term,,,,sex,,,,"])


@pytest.mark.parametrize("table", ["pupils", "teachers"])
def test_what_a_person_may_suffer_from_is_sensitive_and_so_are_the_counts_of_it(table: str) -> None:
    classes = {column.name: column.personal for column in dictionary.table(table).columns}
    assert classes["minority"] == "sensitive"
    assert classes["name"] == "name"
    counts = dictionary.table("school_stages")
    for name in ("pupils_minority", "left_behind", "disabled", "disabled_inclusive", "disabled_home"):
        assert counts[name].rule.published == "protected"
    assert counts["pupils"].rule.published == "free"
