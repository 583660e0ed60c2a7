"""Three hundred broken standards and score cards: each is refused, with file, line and reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pack_damage import (
    Broken,
    Damage,
    anything,
    both,
    broken_packs,
    by_stage,
    drop,
    has,
    higher,
    inside,
    of_number,
    put,
    rename,
    twice,
)
from shipped_standards import Shipped, shipped, text, write

from jiaoheng import packs
from jiaoheng.measures.columns import all_columns

ITEMS = (
    Damage("without id", "items", anything, drop("id"), None, "缺少「id」"),
    Damage("without name", "items", anything, drop("name"), None, "缺少「name」"),
    Damage("without clause", "items", anything, drop("clause"), None, "缺少「clause」"),
    Damage("without group", "items", anything, drop("group"), None, "缺少「group」"),
    Damage("without standard", "items", anything, drop("standard"), None, "缺少「standard」"),
    Damage("without judged", "items", anything, drop("judged"), None, "缺少「judged」"),
    Damage("without op", "items", has("measure", "op"), drop("op"), None, "缺少「op」"),
    Damage("without threshold", "items", has("measure", "value"), drop("value"), None, "「value」（阈值）"),
    Damage("without source", "items", has("measure"), drop("measure"), None, "之一，且只写其一"),
    Damage("misspelt measure", "items", has("measure"), rename("measure", "mesure"), "mesure", "mesure"),
    Damage("misspelt value", "items", has("value"), rename("value", "vlaue"), "vlaue", "不认识的键"),
    Damage("misspelt clause", "items", anything, rename("clause", "clauses"), "clauses", "不认识的键"),
    Damage("name as number", "items", anything, put("name", 5), "name", "应是文字"),
    Damage("empty name", "items", anything, put("name", "  "), "name", "不能为空"),
    Damage("empty clause", "items", anything, put("clause", ""), "clause", "不能为空"),
    Damage("group as list", "items", anything, put("group", ["资源配置"]), "group", "应是文字"),
    Damage("stages as word", "items", has("condition"), put("stages", "primary"), "stages", "应是列表"),
    Damage("veto as word", "items", anything, put("veto", "maybe"), "veto", "应是 true 或 false"),
    Damage("evidence as word", "items", anything, put("evidence", "材料"), "evidence", "应是列表"),
    Damage("exemptions as map", "items", anything, put("exemptions", {"a": 1}), "exemptions", ""),
    Damage("op of wide signs", "items", has("op"), put("op", "≥"), "op", "不在允许的范围"),
    Damage("op of arrows", "items", has("op"), put("op", "=>"), "op", "不在允许的范围"),
    Damage("op of equality", "items", has("op"), put("op", "="), "op", "不在允许的范围"),
    Damage("op of nothing", "items", has("op"), put("op", None), None, "缺少「op」"),
    Damage("threshold of nothing", "items", has("value"), put("value", None), None, "「value」（阈值）"),
    Damage("threshold yes", "items", has("value"), put("value", True), "value", "「value」应是"),
    Damage("threshold as list", "items", has("value"), put("value", [4.2]), "value", "「value」应是"),
    Damage("threshold blank", "items", has("value"), put("value", " "), "value", "「value」应是"),
    Damage(
        "threshold as text", "items", has("measure", "value"), put("value", "4.2"), "value", "直接写一个数"
    ),
    Damage("threshold in words", "items", has("measure", "value"), put("value", "四点二"), "value", ""),
    Damage("threshold not a number", "items", of_number, put("value", float("nan")), "value", ""),
    Damage("threshold infinite", "items", of_number, put("value", float("inf")), "value", ""),
    Damage("threshold cut short", "items", has("measure", "value"), put("value", "pupils /"), "value", ""),
    Damage("stage missing", "items", by_stage, put("value", {"primary": 4.2}), "value", "学段"),
    Damage("stage unknown", "items", by_stage, put("value", {"middle": 4.2}), "value", "不是学段"),
    Damage(
        "stage too many",
        "items",
        by_stage,
        put("value", {"primary": 1, "junior": 2, "senior": 3}),
        "value",
        "学段应与指标的相同",
    ),
    Damage(
        "stage of text",
        "items",
        by_stage,
        put("value", {"primary": "4.2", "junior": 5}),
        "value",
        "「value」应是",
    ),
    Damage("stages of nothing", "items", by_stage, put("value", {}), "value", "「value」应是"),
    Damage("share of all", "items", higher, put("within", {"share": 1}), "within", "小于 1"),
    Damage("share above all", "items", higher, put("within", {"share": 85}), "within", "小于 1"),
    Damage("share of nothing", "items", higher, put("within", {"share": 0}), "within", "大于 0"),
    Damage("share below nothing", "items", higher, put("within", {"share": -0.85}), "within", "大于 0"),
    Damage("share in words", "items", higher, put("within", {"share": "85%"}), "within", "应是数"),
    Damage("within of nothing", "items", higher, put("within", {}), "within", "「within」应写"),
    Damage("within a number", "items", higher, put("within", 0.85), "within", "应是键值对"),
    Damage("within twice", "items", higher, put("within", {"share": 0.8, "value": 1}), "within", "只写其一"),
    Damage(
        "within harder",
        "items",
        lambda entry: of_number(entry) and higher(entry),
        put("within", {"value": 1_000_000}),
        "within",
        "应比阈值宽松",
    ),
    Damage(
        "share of a cap",
        "items",
        lambda entry: entry.get("op") in ("<=", "<"),
        put("within", {"share": 0.85}),
        None,
        "「share」只用于越高越好",
    ),
    Damage("measure unknown", "items", has("measure"), put("measure", "l9_pianos"), "measure", "没有编号为"),
    Damage(
        "measure and condition", "items", has("measure"), put("condition", "pupils > 0"), None, "只写其一"
    ),
    Damage("measure and answer", "items", has("measure"), put("declared", "yes_no"), None, "只写其一"),
    Damage(
        "a spread in schools",
        "items",
        lambda entry: str(entry.get("measure")).startswith("cv_"),
        put("judged", "school"),
        "measure",
        "没有逐校的值",
    ),
    Damage("condition cut short", "items", has("condition"), put("condition", "pupils >"), "condition", ""),
    Damage(
        "condition of a stranger",
        "items",
        has("condition"),
        put("condition", "pianos > 3"),
        "condition",
        "没有名为",
    ),
    Damage("condition a number", "items", has("condition"), put("condition", "pupils + 1"), "condition", ""),
    Damage(
        "answer unknown", "items", has("declared"), put("declared", "maybe"), "declared", "不在允许的范围"
    ),
    Damage("answer of schools", "items", has("declared"), put("judged", "school"), None, "judged: county"),
    Damage("answer with stages", "items", has("declared"), put("stages", ["primary"]), None, "不分学段"),
    Damage(
        "yes or no with threshold",
        "items",
        lambda e: e.get("declared") == "yes_no",
        put("value", 3),
        None,
        "",
    ),
    Damage("judged in towns", "items", anything, put("judged", "town"), "judged", "不在允许的范围"),
    Damage("standard unknown", "items", anything, put("standard", "nobody_2099"), "standard", "没有标准"),
    Damage("id with capitals", "items", anything, put("id", "QB-L1"), "id", "只能用小写"),
    Damage("id a number", "items", anything, put("id", 12), "id", "应是文字"),
    Damage("written twice", "items", anything, twice("items"), "id", "生效时间重叠"),
    Damage("no such day", "items", anything, put("effective_from", "二月"), "effective_from", "应是日期"),
    Damage(
        "end before beginning",
        "items",
        anything,
        both(put("effective_from", "2025-01-01"), put("effective_to", "2024-01-01")),
        None,
        "早于生效日期",
    ),
    Damage("override of nothing", "items", anything, put("overrides", True), "overrides", "没有可替换的"),
    Damage(
        "applies in one word", "items", has("measure"), put("applies", "pupils > 0"), "applies", "应是键值对"
    ),
    Damage(
        "applies to strangers",
        "items",
        has("measure"),
        put("applies", {"when": "pianos > 0", "otherwise": "没有钢琴"}),
        "applies",
        "没有名为",
    ),
)


def way(**values: object) -> dict[str, object]:
    return {"id": "way", "name": "过渡期", "clause": "申报表", "needs": "承诺", "excuses": True} | values


EXEMPTIONS = (
    *(
        Damage(name, "items", has("measure"), put("exemptions", [way(**values)]), "exemptions", says)
        for name, values, says in (
            ("exemption without way", {"excuses": False}, "不能兼写"),
            ("exemption both ways", {"value": 3}, "不能兼写"),
            ("exemption always", {"needs": None}, "应写明条件"),
            ("exemption of a blank promise", {"needs": ""}, "不能为空"),
            ("exemption to another measure", {"excuses": False, "measure": "pianos"}, "没有编号为"),
            ("exemption when strangers", {"when": "pianos > 1"}, "没有名为"),
            ("exemption cut short", {"when": "pupils >"}, ""),
            ("exemption of text", {"excuses": False, "value": "三"}, ""),
            (
                "exemption ends first",
                {"effective_from": "2025-01-01", "effective_to": "2020-01-01"},
                "早于生效日期",
            ),
            ("exemption of no day", {"effective_to": "2025-02-30x"}, "应是日期"),
            ("exemption unknown key", {"until": "2025-01-01"}, "不认识的键"),
            ("exemption without clause", {"clause": None}, "应是文字"),
        )
    ),
    Damage(
        "exemptions alike", "items", has("measure"), put("exemptions", [way(), way()]), None, "重复的编号"
    ),
    Damage(
        "exemption without threshold",
        "items",
        has("condition"),
        put("exemptions", [way(excuses=False, value=3)]),
        "exemptions",
        "不能换阈值",
    ),
)


def rule(**values: object) -> list[dict[str, object]]:
    plain = {"id": "one", "name": "合成", "clause": "第一条", "level": "county", "groups": ["资源配置"]}
    return [{name: value for name, value in (plain | values).items() if value is not None}]


def first_group(entry: dict[str, object]) -> bool:
    return entry["id"] == "quality_balance_2017"


RULES = (
    *(
        Damage(name, "standards", first_group, put("rules", rule(**values)), "rules", says)
        for name, values, says in (
            ("rule without clause", {"clause": None}, "缺少「clause」"),
            ("rule without level", {"level": None}, "缺少「level」"),
            ("rule of no level", {"level": "town"}, "不在允许的范围"),
            ("rule of nothing", {"groups": None}, "只写其一"),
            ("rule of both", {"items": ["qb_l1"]}, "只写其一"),
            ("rule of an unknown group", {"groups": ["资源配备"]}, "是不是「资源配置」"),
            ("rule of an unknown item", {"groups": None, "items": ["qb_l9"]}, "没有编号为"),
            ("rule of groups as word", {"groups": "资源配置"}, "应是列表"),
            ("rule at least none", {"at_least": 0}, "1 或以上"),
            ("rule at least less than none", {"at_least": -1}, "1 或以上"),
            ("rule at least too many", {"at_least": 8}, "却只有 7 项"),
            ("rule at least in words", {"at_least": "六"}, "应是整数"),
            ("rule at least a half", {"at_least": 6.5}, "应是整数"),
            ("rule others unknown", {"others": "failed"}, "不在允许的范围"),
            ("rule unknown key", {"atleast": 6}, "是不是「at_least」"),
            ("rule in schools of the county", {"level": "school", "groups": ["校际差异系数"]}, "按县判定"),
            (
                "rule of schools in schools",
                {"level": "school", "groups": None, "schools": "one"},
                "只用于县级",
            ),
            ("rule id", {"id": "第一"}, "只能用小写"),
        )
    ),
    Damage("rules alike", "standards", first_group, put("rules", rule() + rule()), None, "重复的编号"),
    Damage(
        "rule of unknown schools",
        "standards",
        first_group,
        put("rules", rule(groups=None, schools="every")),
        None,
        "不是这个标准的学校规则",
    ),
    Damage(
        "rule of schools with a number",
        "standards",
        first_group,
        put("rules", rule(id="s", level="school") + rule(groups=None, schools="s", at_least=3)),
        "rules",
        "请删去「at_least」",
    ),
)


def alone(entry: dict[str, object]) -> bool:
    """A standard that has items of its own only."""
    return "like" not in entry


STANDARDS = (
    Damage("without id", "standards", anything, drop("id"), None, "缺少「id」"),
    Damage("without name", "standards", anything, drop("name"), None, "缺少「name」"),
    Damage("without clause", "standards", anything, drop("clause"), None, "缺少「clause」"),
    Damage("without rules", "standards", has("rules"), drop("rules"), None, "应写「rules」"),
    Damage("misspelt rules", "standards", has("rules"), rename("rules", "rule"), "rule", "不认识的键"),
    Damage("of no level", "standards", anything, put("level", "town"), "level", "不在允许的范围"),
    Damage("like nobody", "standards", anything, put("like", "nobody_2099"), "like", "没有另一个标准"),
    Damage(
        "like itself", "standards", anything, lambda e, d: e.update(like=e["id"]), "like", "没有另一个标准"
    ),
    Damage("words of blanks", "standards", anything, put("words", {"met": " "}), "words", "不能为空"),
    Damage("words unknown", "standards", anything, put("words", {"passed": "达标"}), "words", "不认识的键"),
    Damage("words in one", "standards", anything, put("words", "达标"), "words", "应是键值对"),
    Damage("rules in one word", "standards", has("rules"), put("rules", "all"), "rules", "应是列表"),
    Damage("written twice", "standards", anything, twice("standards"), "id", "生效时间重叠"),
    Damage("renamed", "standards", alone, put("id", "renamed_2099"), "id", "没有任何项目"),
    Damage("no such day", "standards", anything, put("effective_to", "明年"), "effective_to", "应是日期"),
    Damage("tier too many", "standards", has("tiers"), inside("tiers", 2, put("met", 36)), "tiers", "共要"),
    Damage(
        "tier in words", "standards", has("tiers"), inside("tiers", 0, put("met", "多")), "tiers", "应是整数"
    ),
    Damage(
        "tier below none",
        "standards",
        has("tiers"),
        inside("tiers", 1, put("within", -1)),
        "tiers",
        "0 或以上",
    ),
    Damage(
        "tier without met", "standards", has("tiers"), inside("tiers", 2, drop("met")), "tiers", "缺少「met」"
    ),
    Damage(
        "tier of strangers",
        "standards",
        has("tiers"),
        inside("tiers", 0, put("groups", ["无"])),
        "tiers",
        "没有「无」",
    ),
    Damage(
        "tiers alike",
        "standards",
        has("tiers"),
        inside("tiers", 1, put("id", "steady")),
        None,
        "重复的编号",
    ),
    Damage(
        "tiers going down", "standards", has("tiers"), inside("tiers", 1, put("met", 28)), None, "从低到高"
    ),
)


def scored(entry: dict[str, object]) -> bool:
    return "cases" in entry


CARDS = (
    Damage("without total", "score_cards", anything, drop("total"), None, "缺少「total」"),
    Damage(
        "total of another sum", "score_cards", anything, put("total", 99), "total", "各项满分之和是 100 分"
    ),
    Damage("total of nothing", "score_cards", anything, put("total", 0), "total", "大于 0"),
    Damage("total below nothing", "score_cards", anything, put("total", -100), "total", "大于 0"),
    Damage("total in words", "score_cards", anything, put("total", "一百分"), "total", "应是数"),
    Damage("total not a number", "score_cards", anything, put("total", float("nan")), "total", ""),
    Damage("total null", "score_cards", anything, put("total", None), "total", "应是数"),
    Damage(
        "wide comparators", "score_cards", anything, put("comparators", {"以上": "≥"}), "comparators", "允许"
    ),
    Damage(
        "reallocation unknown", "score_cards", anything, put("reallocation", "share"), "reallocation", "允许"
    ),
    Damage(
        "groups of numbers", "score_cards", anything, put("groups", {"东": [440703]}), "groups", "应是文字"
    ),
    Damage(
        "groups overlapping",
        "score_cards",
        anything,
        put("groups", {"东": ["440703"], "西": ["440703"]}),
        "groups",
        "同时在",
    ),
    Damage("without clause", "score_cards", anything, drop("clause"), None, "缺少「clause」"),
    Damage("renamed", "score_cards", anything, put("id", "renamed_2099"), "id", "没有任何项目"),
    Damage("written twice", "score_cards", anything, twice("score_cards"), "id", "生效时间重叠"),
)

SCORED = (
    Damage("without points", "score_items", anything, drop("points"), None, "缺少「points」"),
    Damage("points of nothing", "score_items", anything, put("points", 0), "points", "大于 0"),
    Damage("points below nothing", "score_items", anything, put("points", -4), "points", "大于 0"),
    Damage("points in words", "score_items", anything, put("points", "四分"), "points", "应是数"),
    Damage("points not a number", "score_items", anything, put("points", float("nan")), "points", ""),
    Damage("points null", "score_items", anything, put("points", None), "points", "应是数"),
    Damage("misspelt points", "score_items", anything, rename("points", "point"), "point", "不认识的键"),
    Damage("card unknown", "score_items", anything, put("card", "nobody_2099"), "card", "没有评分表"),
    Damage("kind unknown", "score_items", anything, put("kind", "number"), "kind", "不在允许的范围"),
    Damage("without cases", "score_items", scored, drop("cases"), None, "应写「cases」"),
    Damage("people with cases", "score_items", scored, put("scored", "people"), None, "不写「cases」"),
    Damage(
        "case above the points",
        "score_items",
        scored,
        inside("cases", 0, put("points", 50.0)),
        None,
        "超过本项满分",
    ),
    Damage(
        "case above by a whole",
        "score_items",
        scored,
        inside("cases", 0, put("points", 50)),
        None,
        "超过本项满分",
    ),
    Damage(
        "case below nothing", "score_items", scored, inside("cases", -1, put("points", -1)), None, "是负数"
    ),
    Damage(
        "case without points",
        "score_items",
        scored,
        inside("cases", 0, drop("points")),
        "cases",
        "缺少「points」",
    ),
    Damage(
        "case of null points", "score_items", scored, inside("cases", 0, put("points", None)), "cases", ""
    ),
    Damage(
        "case without words", "score_items", scored, inside("cases", 0, drop("says")), "cases", "缺少「says」"
    ),
    Damage(
        "case of strangers",
        "score_items",
        scored,
        inside("cases", 0, put("when", "pianos > 1")),
        "cases",
        "没有名为",
    ),
    Damage(
        "case cut short", "score_items", scored, inside("cases", 0, put("when", "(share >= 98")), "cases", ""
    ),
    Damage(
        "points of strangers",
        "score_items",
        scored,
        inside("cases", 0, put("points", "pianos * 2")),
        "cases",
        "没有名为",
    ),
    Damage(
        "points in words in a case",
        "score_items",
        scored,
        inside("cases", 0, put("points", "四")),
        "cases",
        "",
    ),
    Damage(
        "always comes first",
        "score_items",
        lambda entry: len(entry.get("cases", [])) > 1 and "when" in entry["cases"][0],
        inside("cases", 0, drop("when")),
        None,
        "应放在最后",
    ),
    Damage(
        "case unknown key",
        "score_items",
        scored,
        inside("cases", 0, put("if", "true")),
        "cases",
        "不认识的键",
    ),
    Damage("cases as map", "score_items", scored, put("cases", {"a": 1}), "cases", ""),
    Damage(
        "applies to strangers", "score_items", anything, put("applies", "pianos > 1"), "applies", "没有名为"
    ),
    Damage("applies a number", "score_items", anything, put("applies", "1 + 1"), "applies", ""),
    Damage("written twice", "score_items", anything, twice("score_items"), "id", "生效时间重叠"),
)

INPUTS = (
    *(
        Damage(name, "score_items", has("inputs"), put("inputs", {"pianos": values}), "inputs", says)
        for name, values, says in (
            ("input of nothing", {}, "只写其一"),
            ("input of both", {"measure": "cv_composite", "declared": "number", "asks": "多少"}, "只写其一"),
            ("input unknown", {"measure": "pianos"}, "没有编号为"),
            ("input without stage", {"measure": "l4_teaching_area"}, "应写明学段"),
            ("input of a wrong stage", {"measure": "l4_teaching_area", "stage": "senior"}, "应写明学段"),
            ("input without question", {"declared": "number"}, "应写「asks」"),
            ("input of yesterday's answer", {"declared": "number", "asks": "多少", "years_ago": 1}, "只用于"),
            ("input of the future", {"measure": "cv_composite", "stage": "primary", "years_ago": -1}, ""),
            ("input of an unknown item", {"item": "qb_l99"}, "没有标准项目"),
            ("input unknown key", {"measures": "cv_composite"}, "不认识的键"),
        )
    ),
    Damage(
        "input named like a parameter",
        "score_items",
        has("inputs"),
        put("inputs", {"school_size_limit": {"declared": "number", "asks": "多少"}}),
        "inputs",
        "与参数同名",
    ),
)

EVERY = list(broken_packs((*ITEMS, *EXEMPTIONS, *RULES, *STANDARDS, *CARDS, *SCORED, *INPUTS), each=2))


def refused(folder: Path, base: str, broken: str) -> str:
    paths = write(folder, base, broken)
    with pytest.raises(packs.PackError) as error:
        packs.load(paths, columns=all_columns())
    return str(error.value).replace(str(paths[1]), "broken.yaml")


def test_there_are_three_hundred_and_the_whole_ones_are_accepted(tmp_path: Path) -> None:
    assert len(EVERY) >= 300
    assert len({one.name for one in EVERY}) == len(EVERY)
    assert len({one.text for one in EVERY}) == len(EVERY)
    for pack in shipped():
        found = packs.load(write(tmp_path, pack.base, text(pack.data)), columns=all_columns())
        assert len(found.items) == len(pack.data["items"])


@pytest.mark.parametrize("broken", EVERY, ids=lambda one: one.name)
def test_a_broken_standard_is_refused_with_file_line_and_reason(broken: Broken, tmp_path: Path) -> None:
    message = refused(tmp_path, broken.base, broken.text)
    said = re.findall(r"^broken\.yaml:(\d+): (.+)$", message, flags=re.M)
    near = [words for line, words in said if int(line) in broken.lines]
    assert near, (broken.lines, message)
    assert any(broken.says in words for words in near), (broken.says, message)


# What is no YAML at all, or says something else than it seems to: (what is replaced, by what, words).
TEXTS = {
    "tab for blanks": ("  name: ", "\tname: ", "不是合法的 YAML"),
    "quote left open": ("  name: ", '  name: "', "不是合法的 YAML"),
    "bracket left open": ("  name: ", "  name: [", "不是合法的 YAML"),
    "wide colon": ("  name: ", "  name：", ""),
    "one blank less": ("  name: ", " name: ", "不是合法的 YAML"),
    "a key twice": ("  name: ", "  name: 又\n  name: ", "重复"),
    "nobody's anchor": ("  name: ", "  name: *nobody ", "不是合法的 YAML"),
    "a day that is none": ("  name: ", "  effective_from: 2025-13-01\n  name: ", "不是日期"),
    "a control character": ("  name: ", "  name: \x07", ""),
    "code of Python": ("  name: ", "  name: !!python/object:os.system ", "不是合法的 YAML"),
}


@pytest.mark.parametrize("pack", shipped(), ids=lambda pack: pack.name)
@pytest.mark.parametrize("fault", TEXTS)
def test_a_broken_text_is_refused_with_file_line_and_reason(
    fault: str, pack: Shipped, tmp_path: Path
) -> None:
    old, new, says = TEXTS[fault]
    whole = text(pack.data)
    head, _, tail = whole.partition("items:\n")
    broken = f"{head}items:\n{tail.replace(old, new, 1)}"
    line = broken[: broken.index(new.splitlines()[0], len(head))].count("\n") + 1
    message = refused(tmp_path, pack.base, broken)
    found = re.search(r"^broken\.yaml:(\d+): (.+)$", message, flags=re.M)
    assert found, message
    assert abs(int(found[1]) - line) <= 2, (line, message)
    assert says in found[2]


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    pack = shipped()[0]
    paths = write(tmp_path, pack.base, text(pack.data))
    paths[1].write_bytes(text(pack.data).encode("gb18030"))
    with pytest.raises(packs.PackError, match="不是 UTF-8"):
        packs.load(paths, columns=all_columns())
