"""What a person is told when an expression is wrong: where, what, and how to mend it."""

from __future__ import annotations

import pytest

from jiaoheng.packs.expression import ExpressionError, Schema, check, parse
from jiaoheng.packs.expression.nodes import Binary, Column, Number

SCHEMA: Schema = {"在校生数": "number", "教师数": "number", "名称": "text", "寄宿": "boolean"}


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        ("", 1, "表达式是空的。请写上表达式。"),
        ("a b", 3, "这里多出了“b”。请在它前面补上运算符，或删去它。"),
        ("a + ", 5, "这里应是列名、数、文字或函数，却是表达式的末尾。请补上缺少的部分。"),
        ("a + * b", 5, "这里应是列名、数、文字或函数，却是“*”。"),
        ("(a + b", 7, "第 1 列的“(”没有配对，这里却是表达式的末尾。请补上“)”"),
        ("min(a b)", 7, "第 4 列的“(”没有配对，这里却是“b”。请补上“)”，或在参数之间补上逗号。"),
        ("'小学", 1, "引号 ' 没有配对。请在末尾补上 '。"),
        ("``", 1, "反引号里没有列名。"),
        ("a # b", 3, "不认识的字符“#”。请删去；若它是列名的一部分，请给列名加反引号"),
        ("3岁人数", 2, "数字后面紧跟着别的字符。"),
        ("1.2.3", 4, "数字后面紧跟着别的字符。"),
        ("1e999", 1, "数“1e999”太大，超出 64 位浮点数的范围。请改小。"),
        ("1 < a < 3", 7, "比较不能连写。请用 and 连接，如 a < b and b < c。"),
        ("a = not b", 5, "not 不能直接放在这个运算符后面。请给它加上括号，如 (not a)。"),
        ("a in 1", 6, "in 后面应是方括号，却是“1”。"),
        ("a in []", 7, "方括号里只能写数、文字、true 或 false，却是“]”。"),
        ("a in [null]", 7, "要找缺失值，请用 known(…)。"),
        ("a in [b]", 7, "方括号里只能写数、文字、true 或 false，却是“b”。"),
        ("1 + cell(a)", 5, "没有名为“cell”的函数。是不是“ceil”？可用的函数：if、ceil、floor、known"),
        ("IF(a, 1, 2)", 1, "没有名为“IF”的函数。是不是“if”？"),
        ("if(a, 1)", 1, "函数 if 要 3 个参数，这里有 2 个。请增减参数。"),
        ("1 + min()", 5, "函数 min 要至少 1 个参数，这里有 0 个。"),
        ("sum(a, b)", 1, "函数 sum 要 1 个参数，这里有 2 个。"),
        ("sum(1 + count(a))", 9, "汇总函数不能套在汇总函数 sum 里面。请去掉一层。"),
        ("sum(a) / b", 10, "逐行的列“b”与汇总函数混在同一层。请把它放进 sum、count 等汇总函数里。"),
        ("max(sum(a), min(b, c))", 17, "逐行的列“b”与汇总函数混在同一层。"),
    ],
)
def test_reading_tells_what_is_wrong_and_where(text: str, column: int, problem: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert problem in caught.value.problem
    assert caught.value.position == column - 1
    assert str(caught.value).startswith(f"表达式第 {column} 列：{caught.value.problem}\n")


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        ("在校生 / 教师数", 1, "没有名为“在校生”的列。是不是“在校生数”？"),
        ("在校生数 / xyz", 8, "没有名为“xyz”的列。可用的列：名称、在校生数、寄宿、教师数。"),
        ("教师数 + 名称", 7, "“+”的两边应是数，却是文字。请改用数的列；文字只能用 =、!= 和 in 比较。"),
        ("寄宿 * 2", 1, "“*”的两边应是数，却是是非。请改成数，如用 if(条件, 1, 0)。"),
        ("名称 < '乙'", 1, "“<”的两边应是数，却是文字。"),
        ("-名称", 2, "“-”后面应是数，却是文字。"),
        ("not 教师数", 5, "“not”后面应是是非，却是数。请改成条件，如 a > 0 或 a = '甲'。"),
        ("寄宿 and 教师数 + 1", 8, "“and”的两边应是是非，却是数。"),
        ("教师数 = '甲'", 7, "“=”的两边类型不同：一边是数，一边是文字。请改成同一类型。"),
        ("教师数 in [1, '甲']", 12, "in 的两边类型不同：一边是数，一边是文字。"),
        ("if(教师数, 1, 2)", 4, "if 的条件应是是非，却是数。"),
        ("if(寄宿, 1, '甲')", 11, "if 的两个结果类型不同：一边是数，一边是文字。"),
        ("ceil(寄宿)", 6, "函数 ceil 的参数应是数，却是是非。"),
        ("max(教师数, 名称)", 10, "函数 max 的参数应是数，却是文字。"),
        ("sum(寄宿)", 5, "函数 sum 的参数应是数，却是是非。"),
        ("count(教师数)", 7, "函数 count 的参数应是是非，却是数。"),
        ("share(名称)", 7, "函数 share 的参数应是是非，却是文字。"),
        ("1 + (教师数 > 1)", 6, "“+”的两边应是数，却是是非。"),
    ],
)
def test_checking_tells_what_does_not_fit_and_where(text: str, column: int, problem: str) -> None:
    node = parse(text)
    with pytest.raises(ExpressionError) as caught:
        check(node, SCHEMA)
    assert problem in caught.value.problem
    assert caught.value.position == column - 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("在校生数 / 教师数", "number"),
        ("名称", "text"),
        ("寄宿 = true", "boolean"),
        ("名称 in ['甲']", "boolean"),
        ("null", "null"),
        ("null + null", "number"),
        ("null = null", "boolean"),
        ("not null", "boolean"),
        ("null in [1]", "boolean"),
        ("if(null, null, null)", "null"),
        ("if(寄宿, null, '甲')", "text"),
        ("if(寄宿, 1, null)", "number"),
        ("known(名称)", "boolean"),
        ("count(寄宿)", "number"),
        ("min(sum(教师数), null)", "number"),
    ],
)
def test_types(text: str, kind: str) -> None:
    assert check(parse(text), SCHEMA) == kind


def test_the_caret_stands_under_its_character_though_chinese_is_wide() -> None:
    with pytest.raises(ExpressionError) as caught:
        check(parse("在校生数 / 老师"), SCHEMA)
    # Four wide characters, then a space, a slash and a space.
    assert str(caught.value).splitlines()[1:] == ["  在校生数 / 老师", "  　　　　   ^"]


def test_an_expression_of_several_lines_shows_the_line() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("在校生数\n  / # 教师数\n+ 1")
    assert str(caught.value).splitlines()[0].startswith("表达式第 2 行第 5 列：不认识的字符“#”")
    assert str(caught.value).splitlines()[1:] == ["    / # 教师数", "      ^"]


def test_a_long_expression_is_quoted_around_the_fault() -> None:
    text = " + ".join(["a"] * 80) + " # " + " + ".join(["b"] * 80)
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    _, quoted, caret = str(caught.value).splitlines()
    assert len(quoted) < 100
    assert quoted[caret.index("^")] == "#"


def test_a_tree_without_text_is_quoted_as_it_would_be_written() -> None:
    with pytest.raises(ExpressionError, match="没有名为“x”的列"):
        check(Binary("+", Column("x"), Number(1.0)), SCHEMA)


def test_a_table_without_columns_says_so() -> None:
    with pytest.raises(ExpressionError, match="没有名为“a”的列。这里没有列可用。"):
        check(parse("a"), {})
