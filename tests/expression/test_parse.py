"""From text to tree and back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiaoheng.errors import JiaohengError
from jiaoheng.packs.expression import ExpressionError, is_aggregate, parse
from jiaoheng.packs.expression.nodes import (
    Binary,
    Boolean,
    Call,
    Column,
    Membership,
    Node,
    Null,
    Number,
    Text,
    Unary,
)
from jiaoheng.packs.expression.parser import MAX_DEPTH, MAX_LENGTH

A, B, C = Column("a"), Column("b"), Column("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("1", Number(1.0)),
        ("0.5", Number(0.5)),
        (".5", Number(0.5)),
        ("1e3", Number(1000.0)),
        ("2.5E-2", Number(0.025)),
        ("85%", Number(0.85)),
        ("99.9％", Number(0.999)),
        ("'it''s'", Text("it's")),
        ('"he said ""yes"""', Text('he said "yes"')),
        ("“小学”", Text("小学")),
        ("true", Boolean(True)),
        ("false", Boolean(False)),
        ("null", Null()),
        ("pupils_2025", Column("pupils_2025")),
        ("在校生数", Column("在校生数")),
        ("`3 岁 (人)`", Column("3 岁 (人)")),
        ("`a``b`", Column("a`b")),
        ("`and`", Column("and")),
        ("sum", Column("sum")),
    ],
)
def test_literals_and_names(text: str, node: Node) -> None:
    assert parse(text) == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a + b * c", Binary("+", A, Binary("*", B, C))),
        ("a - b - c", Binary("-", Binary("-", A, B), C)),
        ("a / b * c", Binary("*", Binary("/", A, B), C)),
        ("(a + b) * c", Binary("*", Binary("+", A, B), C)),
        ("-a * b", Binary("*", Unary("-", A), B)),
        ("a - -b", Binary("-", A, Unary("-", B))),
        ("a + b >= c", Binary(">=", Binary("+", A, B), C)),
        ("a or b and c", Binary("or", A, Binary("and", B, C))),
        ("not a and b", Binary("and", Unary("not", A), B)),
        ("not a = b", Unary("not", Binary("=", A, B))),
        ("a and not b", Binary("and", A, Unary("not", B))),
        ("not not a", Unary("not", Unary("not", A))),
        ("a + 1 in [1, -2]", Membership(Binary("+", A, Number(1.0)), (Number(1.0), Number(-2.0)))),
        ("not a in ['x'] or b", Binary("or", Unary("not", Membership(A, (Text("x"),))), B)),
        ("a in [true]", Membership(A, (Boolean(True),))),
        ("if(a, b, c)", Call("if", (A, B, C))),
        ("min(a, b, c)", Call("min", (A, B, C))),
        ("sum(a) / count(known(b))", Binary("/", Call("sum", (A,)), Call("count", (Call("known", (B,)),)))),
    ],
)
def test_operators_bind_as_in_arithmetic(text: str, node: Node) -> None:
    assert parse(text) == node


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a == b", "a = b"),
        ("a ＝ b", "a = b"),
        ("a ≠ b", "a != b"),
        ("a ≤ b", "a <= b"),
        ("a ≥ b", "a >= b"),
        ("a ＜ b", "a < b"),
        ("a ＞ b", "a > b"),
        ("a × b ÷ c", "a * b / c"),
        ("a ＋ b － c", "a + b - c"),
        ("min（a，b）", "min(a, b)"),
        ("a in 【1，2】", "a in [1, 2]"),
        ("a > 1 且 b > 1 或 非 c > 1", "a > 1 and b > 1 or not c > 1"),
        ("a\n  + b", "a + b"),
    ],
)
def test_chinese_signs_and_words_mean_the_same(text: str, plain: str) -> None:
    assert parse(text) == parse(plain)
    assert parse(text).unparse() == plain


def test_a_word_within_a_name_is_part_of_the_name() -> None:
    assert parse("且末县人口").columns() == {"且末县人口"}
    assert parse("order").columns() == {"order"}


def test_columns_are_those_that_are_read() -> None:
    node = parse("if(max(a) in [2], sum(`c d`), count(known(教师数)) + 1)")
    assert node.columns() == {"a", "c d", "教师数"}


@pytest.mark.parametrize(
    ("text", "aggregate"),
    [("a + 1", False), ("min(a, b)", False), ("min(a)", True), ("1 + count(a > 1)", True), ("3", False)],
)
def test_an_expression_is_an_aggregate_if_it_has_one(text: str, aggregate: bool) -> None:
    assert is_aggregate(parse(text)) is aggregate


def test_nodes_of_different_types_differ() -> None:
    assert len({Number(1.0), Boolean(True), Text("1"), parse("1"), parse(" 1 ")}) == 3


_names = st.text(st.sampled_from("ab在校_1 `（'%"), min_size=1, max_size=5)
_numbers = st.floats(min_value=0, allow_nan=False, allow_infinity=False).map(lambda x: Number(x + 0.0))
_options = (
    st.floats(allow_nan=False, allow_infinity=False).map(Number)
    | st.text(max_size=5).map(Text)
    | st.booleans().map(Boolean)
)


def _larger(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    operators = st.sampled_from(["+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "and", "or"])
    return st.one_of(
        st.builds(Unary, st.sampled_from(["-", "not"]), below),
        st.builds(Binary, operators, below, below),
        st.builds(Membership, below, st.lists(_options, min_size=1, max_size=3).map(tuple)),
        st.builds(lambda name, x: Call(name, (x,)), st.sampled_from(["ceil", "floor", "known"]), below),
        st.builds(lambda x, y, z: Call("if", (x, y, z)), below, below, below),
        st.builds(
            lambda name, xs: Call(name, tuple(xs)),
            st.sampled_from(["min", "max"]),
            st.lists(below, min_size=2, max_size=3),
        ),
    )


_leaves = st.one_of(
    _numbers, st.text(max_size=5).map(Text), st.booleans().map(Boolean), st.just(Null()), _names.map(Column)
)
_nodes = st.recursive(_leaves, _larger, max_leaves=20)


@given(_nodes)
@example(Number(1e16))
@example(Number(5e-324))
@example(Binary("=", Unary("not", Column("a")), Binary("=", Column("b"), Column("c"))))
def test_what_is_written_reads_back_equal(node: Node) -> None:
    assert parse(node.unparse()) == node


@given(_nodes.map(lambda node: Call("sum", (node,))))
def test_aggregates_read_back_equal(node: Node) -> None:
    assert parse(node.unparse()) == node


_pieces = st.sampled_from(
    [
        *"+-*/=<>()[],'\"`“”‘’.%（）【】，≥≤≠＝且或非 \n\0#1a在",
        *(
            "and",
            "or",
            "not",
            "in",
            "if(",
            "sum(",
            "min(",
            "known(",
            "true",
            "null",
            "1e9",
            "1e999",
            "ﷺ",
            "²",
        ),
    ]
)


@given(st.text() | st.lists(_pieces, max_size=30).map("".join) | st.lists(_pieces, max_size=12).map(" ".join))
@example("1" * 5000)
@example("1e" + "9" * 5000)
@example("0." + "0" * 9000 + "1%")
@example("-" * 9999)
@example("(" * 9999)
@example("not " * 2499)
@example("a+" * 4999 + "a")
@example("a in [" + "1," * 4000 + "1]")
@example("\x00" * 10_001)
def test_any_text_gives_a_tree_or_an_expression_error(text: str) -> None:
    found = _read(text)
    if isinstance(found, JiaohengError):
        assert 0 <= found.position <= len(text)
    elif len(written := found.unparse()) <= MAX_LENGTH:
        assert parse(written) == found


def _read(text: str) -> Node | ExpressionError:
    try:
        return parse(text)
    except ExpressionError as error:
        return error


def test_the_deepest_and_the_longest_are_read() -> None:
    assert parse("(" * (MAX_DEPTH - 1) + "a" + ")" * (MAX_DEPTH - 1)) == A
    assert parse("+".join(["a"] * MAX_DEPTH)).columns() == {"a"}
    options = "a in [" + ", ".join(["1"] * 3000) + "]"
    assert parse(options.ljust(MAX_LENGTH)) == Membership(A, (Number(1.0),) * 3000)


@pytest.mark.parametrize("text", ["(" * 101 + "a" + ")" * 101, "-" * 101 + "a", "+".join(["a"] * 102)])
def test_deeper_ones_are_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="嵌套超过 100 层。请拆成几个表达式"):
        parse(text)


def test_longer_ones_are_refused() -> None:
    with pytest.raises(ExpressionError, match="表达式有 10001 个字符，超过上限 10000。请拆成几个。"):
        parse("a" * 10_001)
