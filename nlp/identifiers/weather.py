"""Weather that matters to pollution: 暴雨, 静稳天气, 东北风3级, 气温35℃, 橙色预警."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from nlp.identifiers.numerals import number_of
from nlp.identifiers.source import Source
from nlp.mention import Mention

if TYPE_CHECKING:
    from ontology.model import Value

_RAIN: Final = (
    r"(?:特?大?暴雨|雷阵雨|雷暴雨?|阵雨|[小中大](?:到[中大暴])?雨(?!花)|毛毛雨|强降雨|降雨|雨夹雪"
    r"|[小中大暴]雪(?!山|龙)|冰雹|下雨(?:天)?|雨天|雷雨)"
)
_AIR: Final = (
    r"(?:雾霾|霾天|大雾|浓雾|轻雾|沙尘暴?|扬沙|浮尘|静稳天气|逆温|重污染天气|梅雨(?:季节)?|台风(?!口)"
    r"|寒潮|高温天气|晴天|阴天|多云|晴转多云|大风(?!车))"
)
_WIND: Final = (
    r"(?P<wind>(?:偏?[东南西北]{1,2}(?:偏[东南西北])?风|静风|微风)(?:\(?风?力?)?(?P<force>\d{1,2}"
    r"(?:[-~至]\d{1,2})?级)?)"
)
_TEMPERATURE: Final = (
    r"(?:气温|环境温度|温度)(?:为|约|达)?(?P<temperature>-?\d{1,2}(?:\.\d)?)"
    r"(?:[-~至到]-?\d{1,2}(?:\.\d)?)?(?:°c|摄氏度|度)"
)
_WARNING: Final = r"(?:(?:重污染天气|暴雨|台风|高温|大雾|霾|寒潮)?[红橙黄蓝]色(?:天气)?预警)"
_SKY: Final = r"天气[:]?(?:为|情况:?)?(?P<sky>晴|阴|多云|雨|雪)"
_FIRST: Final = "特大暴雷阵小中毛强降雨冰下雾霾浓轻沙扬浮静逆重梅台寒高晴阴多偏东南西北微气环温红橙黄蓝天"
_FOUND: Final = re.compile(rf"(?=[{_FIRST}])(?:{_WARNING}|{_SKY}|{_RAIN}|{_AIR}|{_WIND}|{_TEMPERATURE})")
_NOT_WIND: Final = re.compile(r"[\u4e00-\u9fff]{0,3}(?:区|路|镇|村|汽车|公司)")


def find_weather(source: Source) -> Iterator[Mention]:
    """Yield words of weather: `weather` as written, `force` of the wind, `temperature` in °C."""
    for found in _FOUND.finditer(source.text):
        if found["wind"] and not found["force"] and _NOT_WIND.match(source.text, found.end()):
            continue
        values: dict[str, Value] = {"weather": found["sky"] or source.written(*found.span())}
        if found["force"] and (force := number_of(re.split(r"[-~至级]", found["force"])[0])) is not None:
            values["force"] = float(force)
        if found["temperature"]:
            values["temperature"] = float(found["temperature"])
        yield source.mention(*found.span(), "weather", values, score=0.9)
