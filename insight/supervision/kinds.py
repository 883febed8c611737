"""The kinds of contradiction that are looked for, each with the rule it comes from."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of contradiction: `rule` names the statute article or standard that is touched."""

    id: str
    zh: str
    en: str
    rule: str


_KINDS: Final = (
    Kind(
        "permit-missing", "应持证而未见排污许可证", "No discharge permit found", "排污许可管理条例 第二条、第三十三条"
    ),
    Kind("permit-expired", "排污许可证已过期", "Discharge permit expired", "排污许可管理条例 第十四条、第三十三条"),
    Kind(
        "permit-expiring",
        "排污许可证九十日内到期",
        "Discharge permit expires within 90 days",
        "排污许可管理条例 第十四条",
    ),
    Kind("limit-laxer", "许可限值宽于标准", "Limit laxer than its standard", "排污许可管理条例 第十三条"),
    Kind("outlet-unpermitted", "排放口未纳入排污许可证", "Outlets outside the permit", "排污许可管理条例 第十五条"),
    Kind("eia-without-permit", "有环评批复而无排污许可证", "EIA approval without permit", "排污许可管理条例 第二条"),
    Kind(
        "permit-without-eia",
        "有排污许可证而未见环评批复",
        "Permit without EIA approval",
        "排污许可管理条例 第十一条；环境影响评价法 第二十五条",
    ),
    Kind(
        "waste-unlicensed",
        "危险废物接收单位未见经营许可证",
        "Waste sent to a receiver without licence",
        "固体废物污染环境防治法 第八十条",
    ),
    Kind(
        "waste-licence-expired",
        "危险废物接收单位许可证已过期",
        "Waste receiver's licence expired",
        "固体废物污染环境防治法 第八十条",
    ),
    Kind(
        "waste-category",
        "危险废物类别不在接收单位许可范围",
        "Waste category outside the receiver's licence",
        "固体废物污染环境防治法 第八十条",
    ),
)
KINDS: Final = {kind.id: kind for kind in _KINDS}
SEVERITIES: Final = ("high", "medium", "low")
"""`low` asks to look at it: the registers alone cannot decide."""
