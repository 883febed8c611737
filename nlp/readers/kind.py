"""Which kind of document a text is: a penalty decision, an approval, an order, a complaint or a news item, or none."""

import re
from dataclasses import dataclass
from typing import Final

from nlp.identifiers.source import read_source

THRESHOLD: Final = 0.5
"""Score from which a text is of a kind; below it a person should say."""
_HEAD: Final = 400
_LONGEST: Final = 20_000
"""Characters looked at: what a text is stands at its beginning and its end."""

_CUES: Final[dict[str, tuple[tuple[str, float, str], ...]]] = {
    "penalty": (
        ("head", 0.6, r"(?:当场)?行政处罚决定书|处罚决定书"),
        ("head", 0.2, r"罚(?:字|决字)?〔|罚决?字?[\[(〔]"),
        ("text", 0.2, r"当事人|被处罚(?:人|单位)|你(?:单位|公司|厂|店|户)"),
        ("text", 0.2, r"(?:决定|作出)[^。\n]{0,60}(?:行政)?处罚"),
        ("text", 0.1, r"违反了?《"),
        ("text", 0.1, r"行政复议"),
        ("head", -0.8, r"(?:事先|听证)告知书|不予行政处罚|撤销[^\n]{0,20}处罚|处罚决定书?送达|催告书"),
        ("head", -0.5, r"记者|来源[:]|讯\("),
    ),
    "eia_approval": (
        ("head", 0.6, r"环境影响(?:报告书|报告表|评价文件|登记表)[^\n]{0,16}(?:批复|审批意见|审查意见|审批决定|复函)"),
        ("text", 0.2, r"(?:原则)?同意|批复如下|不予批准|审批意见如下"),
        ("text", 0.2, r"建设单位|你(?:公司|单位)|项目"),
        ("text", 0.1, r"环境保护措施|污染防治措施|三同时"),
    ),
    "rectification": (
        ("head", 0.7, r"责令(?:限期)?(?:改正|整改)(?:违法行为)?(?:决定书|通知书)|限期整改通知书|责改字"),
        ("text", 0.2, r"责令你|责令(?:当事人)?[^。\n]{0,20}改正|限期"),
        ("text", 0.1, r"违反了?《"),
        ("head", -0.6, r"行政处罚决定书"),
    ),
    "complaint": (
        ("text", 0.3, r"投诉|举报|反映|信访|扰民|尊敬的|领导(?:您|你)?好|书记|市长|局长"),
        (
            "text",
            0.25,
            (
                r"希望|恳请|请求|请[^。\n]{0,12}(?:处理|解决|重视|查处|核实|管|答复)|强烈要求"
                r"|求[^。]{0,6}(?:解决|处理)|怎么(?:没人|无人)?管|有没有人管"
            ),
        ),
        ("text", 0.2, r"我们?(?:是|家|小区|村|这|住|都|多次|在)|本人|业主|居民|村民|楼下|住户"),
        (
            "text",
            0.25,
            (
                r"异味|臭|噪音|噪声|污水|废水|扬尘|粉尘|垃圾|油烟|废气|黑烟|刺鼻|污染|影响[^。]{0,12}"
                r"(?:生活|休息|健康)"
            ),
        ),
        ("text", -0.5, r"决定书|特此批复|本报记者|记者从"),
    ),
    "news": (
        (
            "head",
            0.45,
            (
                r"记者|(?:新华社|中新网|中新社|人民网|央视网|澎湃新闻|本报|本网)[^\n]{0,20}(?:电|讯"
                r"|消息)|(?:来源|稿源|责任编辑|编辑)[:]"
            ),
        ),
        ("text", 0.2, r"近日|日前|据悉|据了解|据介绍|获悉|通报(?:称|显示)?"),
        ("text", 0.2, r"表示|介绍|指出|回应|称,|告诉记者|发布"),
        ("text", 0.15, r"生态环境(?:局|厅|部)|环保|督察|污染|执法"),
        ("head", -0.6, r"决定书|批复|尊敬的"),
    ),
}
_PATTERNS: Final = {
    kind: tuple((where, weight, re.compile(pattern)) for where, weight, pattern in cues) for kind, cues in _CUES.items()
}


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a text and how sure that is, 0 to 1."""

    name: str
    score: float


def kind_of(text: str) -> Kind | None:
    """Return the kind of a text: `penalty`, `eia_approval`, `rectification`, `complaint`, `news`; None where none is
    sure.

    Cues of head and text are weighed; the best kind counts where it has `THRESHOLD`. Notices that announce a penalty
    (事先告知书, 听证告知书) are none of these.
    """
    best = max(scores(text).items(), key=lambda each: each[1])
    return Kind(best[0], best[1]) if best[1] >= THRESHOLD else None


def scores(text: str) -> dict[str, float]:
    """Return the score of each kind, 0 to 1."""
    sample = text if len(text) <= _LONGEST else text[: _LONGEST // 2] + "\n" + text[-_LONGEST // 2 :]
    plain = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", read_source(sample).text)
    head = plain[:_HEAD]
    return {
        kind: round(
            min(
                1.0,
                max(
                    0.0,
                    sum(
                        weight for where, weight, pattern in cues if pattern.search(head if where == "head" else plain)
                    ),
                ),
            ),
            3,
        )
        for kind, cues in _PATTERNS.items()
    }
