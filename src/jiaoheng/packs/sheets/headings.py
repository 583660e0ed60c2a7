"""The words that people read in place of the keys and codes of a pack."""

from __future__ import annotations

from collections.abc import Mapping

from jiaoheng.packs.models import STAGE_GROUPS

HEADINGS: Mapping[str, str] = {
    "id": "编号",
    "name": "名称",
    "title": "标题",
    "issuer": "发文机关",
    "date": "印发日期",
    "source": "数据来源",
    "superseded_by": "被哪份文件取代",
    "clause": "条款",
    "note": "备注",
    "unverified": "未核对之处",
    "effective_from": "生效日期",
    "effective_to": "失效日期",
    "overrides": "替换同编号",
    "unit": "单位",
    "value": "值",
    "table": "数据表",
    "expr": "算式",
    "records.table": "花名册表",
    "records.expr": "花名册算式",
    "digits": "小数位",
    "factor": "倍数",
    "numerator": "分子",
    "denominator": "分母",
    "plus": "分子另加",
    "where": "范围",
    "stages": "学段",
    "stage": "学段",
    "together": "合计学段",
    "rollup": "汇总方式",
    "whole": "须全部已知",
    "of": "差异系数所据指标",
    "mean_of": "综合差异系数所据",
    "better": "方向",
    "aliases": "别名",
    "level": "层级",
    "measure": "指标",
    "op": "比较",
    "standard": "标准",
    "group": "组",
    "number": "序号",
    "judged": "判定对象",
    "condition": "条件",
    "applies.when": "适用条件",
    "applies.otherwise": "不适用的说明",
    "declared": "由人填报",
    "expects": "应答",
    "within.share": "接近线（几成）",
    "within.value": "接近线（值）",
    "veto": "一票否决",
    "amount_unit": "差额单位",
    "evidence": "佐证材料",
    "like": "沿用标准的项目",
    "words.met": "达到称为",
    "words.within": "接近称为",
    "words.failed": "未达到称为",
    "groups": "组",
    "items": "项目",
    "schools": "学校规则",
    "at_least": "至少达到几项",
    "others": "其余项目",
    "met": "至少达到几项",
    "within": "至多接近几项",
    "when": "条件",
    "needs": "须有的承诺",
    "excuses": "免于要求",
    "total": "总分",
    "comparators": "比较用语",
    "reallocation": "不适用项的分数",
    "card": "评分表",
    "block": "板块",
    "indicator": "上级指标",
    "points": "满分",
    "kind": "定量或定性",
    "scored": "计分方式",
    "years_ago": "几年前",
    "item": "标准的项目",
    "asks": "问什么",
    "key": "填报编号",
    "optional": "可以不填",
    "says": "说明",
    "severity": "程度",
    "must": "必须成立",
    "each": "逐个代入",
    "rule": "校验函数",
    "why": "为什么",
    "mend": "怎么改",
    "passes": "正例",
    "fails": "反例",
}
"""By key; a key inside another is written with a dot."""

OWN_HEADINGS: Mapping[tuple[str, str], str] = {
    ("Document", "number"): "文号",
    ("ScoreItem", "applies"): "适用条件",
    ("ScoreCase", "points"): "得分",
    ("ScoreCard", "groups"): "分组比较的县",
    ("Check", "kind"): "校验类别",
    ("Check", "when"): "只看哪些行",
    ("Check", "says"): "提示",
    ("Item", "value"): "阈值",
    ("Exemption", "value"): "阈值",
}
"""Where a key means something else in one model."""

CHOICES: Mapping[str, Mapping[str, str]] = {
    "judged": {"school": "逐校", "county": "全县"},
    "declared": {"yes_no": "是非", "number": "数"},
    "level": {
        "national": "国家",
        "provincial": "省",
        "prefectural": "市",
        "county": "县",
        "school": "学校",
    },
    "others": {"within": "须接近"},
    "better": {"higher": "越高越好", "lower": "越低越好", "none": "不分高低"},
    "rollup": {"ratio_of_sums": "总和之比", "sum": "合计", "variation": "差异系数"},
    "reallocation": {"pro_rata": "按比例分给其余项目", "none": "不再分配"},
    "kind": {
        "quantitative": "定量",
        "qualitative": "定性",
        "logic": "逻辑校验",
        "experience": "经验校验",
    },
    "scored": {"rule": "按规则", "people": "由人评分"},
    "severity": {"high": "严重", "medium": "一般", "low": "提示"},
    "records.table": {"classes": "班级", "pupils": "学生", "teachers": "教师"},
}
"""What people choose from, for codes that are no words of theirs; a code itself is taken too."""

STAGES: Mapping[str, str] = {
    "preschool": "学前教育",
    "primary": "小学",
    "junior": "初中",
    "senior": "普通高中",
    "vocational": "中等职业教育",
    "special": "特殊教育",
    **STAGE_GROUPS,
}
"""Stages and groups of stages."""


def heading(model: str, way: tuple[str, ...]) -> str:
    """The heading of a field; its key where no word has been found for it yet."""
    key = ".".join(way)
    return OWN_HEADINGS.get((model, key)) or HEADINGS.get(key) or key
