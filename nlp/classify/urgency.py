"""How soon a complaint must be dealt with: by danger, by who suffers, by whether it goes on, and for how long."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from nlp.classify.script import in_place
from nlp.classify.sentences import sentences_of
from nlp.classify.topic_rules import Evidence

Urgency = Literal["high", "raised", "ordinary"]

_DENIED: Final = re.compile(r"(?:没有?|未|无|并非|不会|避免|防止|预防|以免|如果|万一|一旦|若|假如|可能)[^，。；]{0,6}$")

_DANGER: Final = re.compile(
    r"爆炸|起火|着火|火灾|泄[漏露]|中毒|昏迷|晕倒|窒息|呼吸困难|呕吐|流鼻血|死亡|致癌|癌症|送医|住院|抢救|倒塌|坍塌|塌方"
    r"|有毒|剧毒|毒气|危险化学品|生命(?:安全|危险)|鱼.{0,4}死|死鱼|饮用水.{0,8}(?:污染|异味|发[黑黄臭])|血铅|放射源"
)
_HEALTH: Final = re.compile(
    r"(?:头[痛晕疼]|恶心|咳嗽|过敏|咽喉|喉咙|呼吸道|哮喘|失眠|睡不[着好了]|无法(?:入睡|休息|呼吸)|不敢开窗|不能开窗|健康)"
)
_WEAK: Final = re.compile(r"老人|小孩|孩子|婴儿|宝宝|孕妇|学生|幼儿园|病人|患者|高考|中考")
_NOW: Final = re.compile(
    r"正在|现在(?:还|仍|依然|正)|此刻|刚才|刚刚|今[天晚早]|昨[天晚]|立即|紧急|急[！!需]|火速|十万火急"
)
_OFTEN: Final = re.compile(
    r"每[天晚日夜]|天天|日夜|昼夜|24小时|通宵|整[天晚夜日]|凌晨|半夜|深夜|夜间|长期|常年|一直|多年|[一两二三四五六七八九十\d]+年(?:多|来|了)|持续"
)
_TRIED: Final = re.compile(
    r"多次(?:投诉|反映|举报|拨打|找|向)|再次|又一?次|第[二三四五六七八九十]次|无果|没(?:有|人)(?:解决|处理|管)|未(?:解决|处理|果)|屡次|反复投诉"
)
_MANY: Final = re.compile(
    r"[几数上百千万\d]+[户人名个]{1,2}(?:业主|居民|村民|学生|家庭)?|全体(?:业主|居民|村民)|整个小区|大批"
)

_WEIGHTS: Final = (
    (_DANGER, 3.6, True), (_HEALTH, 1.0, False), (_WEAK, 0.7, False), (_NOW, 0.8, False), (_OFTEN, 0.8, False),
    (_TRIED, 1.0, False), (_MANY, 0.5, False),
)  # fmt: skip
HIGH: Final = 3.6
RAISED: Final = 1.8


@dataclass(frozen=True, slots=True)
class UrgencyFound:
    """How urgent a text is, the sum of what speaks for it, and the words that do, most weighty first."""

    urgency: Urgency
    score: float
    evidence: tuple[Evidence, ...]


def urgency_of(text: str) -> UrgencyFound:
    """Return how soon a text asks to be dealt with.

    `high`: danger to life or health is said to be there (not feared, denied or conditional), or all else at once;
    `raised`: it goes on, was complained of before, or hits those who bear it worst; `ordinary` otherwise.
    """
    plain, total = in_place(text), 0.0
    evidence = []
    for pattern, weight, must_be_real in _WEIGHTS:
        found = _first(pattern, plain, must_be_real=must_be_real)
        if found is not None:
            total += weight
            evidence.append((weight, found))
    urgency: Urgency = "high" if total >= HIGH else "raised" if total >= RAISED else "ordinary"
    ordered = sorted(evidence, key=lambda pair: (-pair[0], pair[1].start))
    return UrgencyFound(urgency, round(total, 2), tuple(found for _, found in ordered))


def _first(pattern: re.Pattern[str], text: str, *, must_be_real: bool) -> Evidence | None:
    for sentence in sentences_of(text):
        for found in pattern.finditer(sentence.text):
            if must_be_real and _DENIED.search(sentence.text[: found.start()]):
                continue
            start = sentence.start + found.start()
            return Evidence(start, start + len(found.group()), found.group())
    return None
