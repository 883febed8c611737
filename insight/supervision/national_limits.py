"""Limits of national standards, as far as they are tabled here: the laxest grade, and where written `a/b` the general
branch and the laxest special one (sulphur works, nitric acid works, sugar mills, sources older than 1997 …).

A permit limit above the laxest value contradicts the standard whatever the grade, receiving water or branch;
a limit that is only laxer than the grade that applies is not seen, since registers rarely name the grade.
Water in mg/L, air in mg/m3. Sources: GB 8978-1996 tables 1, 2 and 4 (third grade), GB 18918-2002 tables 1
(third grade) and 2, GB 31962-2015 table 1, GB 16297-1996 tables 2 and 1, GB 21900-2008 table 2 (toxic
metals, which hold for indirect discharge too) and table 5.
"""

import re
from typing import Final

_TABLE: Final = """
GB 8978|mg/L|总汞=0.05 总镉=0.1 总铬=1.5 六价铬=0.5 总砷=0.5 总铅=1 总镍=1 总铍=0.005 总银=0.5
GB 8978|mg/L|悬浮物=400/800 五日生化需氧量=300/600 化学需氧量=500/1000
GB 8978|mg/L|石油类=20/30 动植物油=100 挥发酚=2 总氰化物=1/5 硫化物=1/2 氟化物=20/30
GB 8978|mg/L|阴离子表面活性剂=20 总铜=2 总锌=5 总锰=5 甲醛=5 苯胺类=5 硝基苯类=5 苯=0.5 甲苯=0.5 乙苯=1
GB 18918|mg/L|化学需氧量=120 五日生化需氧量=60 悬浮物=50 动植物油=20 石油类=15 阴离子表面活性剂=5 总磷=5 氨氮=30
GB 18918|mg/L|总汞=0.001 总镉=0.01 总铬=0.1 六价铬=0.05 总砷=0.1 总铅=0.1
GB 31962|mg/L|悬浮物=400 五日生化需氧量=350 化学需氧量=500 氨氮=45 总氮=70 总磷=8
GB 31962|mg/L|石油类=15 动植物油=100 阴离子表面活性剂=20
GB 31962|mg/L|总氰化物=0.5 硫化物=1 氟化物=20 总汞=0.005 总镉=0.05 总铬=1.5 六价铬=0.5 总砷=0.3 总铅=0.5 总镍=1 总银=0.5
GB 31962|mg/L|总铜=2 总锌=5 总铁=10 总锰=5 挥发酚=1
GB 16297|mg/m3|二氧化硫=550/1200 氮氧化物=240/1700 颗粒物=120/150 氯化氢=100/150 铬酸雾=0.07/0.08 硫酸雾=45/1000
GB 16297|mg/m3|氟化物=9/100 氯气=65/85 铅及其化合物=0.7/0.9 苯=12/17 甲苯=40/60 二甲苯=70/90 酚类=100/115 甲醛=25/30
GB 16297|mg/m3|乙醛=125/150 丙烯腈=22/26 甲醇=190/220 苯胺类=20/25 氯苯类=60/85 氯乙烯=36/65 非甲烷总烃=120/150
GB 16297|mg/m3|锡及其化合物=8.5/10 镍及其化合物=4.3/5 氰化氢=1.9/2.3
GB 21900|mg/L|总铬=1 六价铬=0.2 总镍=0.5 总镉=0.05 总银=0.3 总铅=0.2 总汞=0.01
GB 21900|mg/m3|氯化氢=30 铬酸雾=0.05 硫酸雾=30 氮氧化物=200 氰化氢=0.5 氟化物=7
"""
_ALIASES: Final = {
    "COD": "化学需氧量",
    "CODCr": "化学需氧量",
    "SS": "悬浮物",
    "BOD5": "五日生化需氧量",
    "生化需氧量": "五日生化需氧量",
    "NH3-N": "氨氮",
    "氰化物": "总氰化物",
    "总氰化合物": "总氰化物",
    "LAS": "阴离子表面活性剂",
    "碳氢化合物": "非甲烷总烃",
}


def _read() -> dict[tuple[str, str, str], tuple[float, float]]:
    found: dict[tuple[str, str, str], tuple[float, float]] = {}
    for line in _TABLE.strip().splitlines():
        number, unit, entries = line.split("|")
        for entry in entries.split(" "):
            pollutant, _, limits = entry.partition("=")
            general, _, special = limits.partition("/")
            found[number, unit, pollutant] = float(general), float(special or general)
    return found


LIMITS: Final = _read()
COVERED: Final = frozenset(number for number, _, _ in LIMITS)


def national_limit(standard: str, pollutant: str, *, unit: str) -> tuple[float, float] | None:
    """Return the general limit and that of the laxest branch; None where it is not tabled.

    `standard` is a number without year, `unit` a canonical one: `GB 8978`, `mg/L`.
    """
    plain = re.sub(r"[（(].*?[）)]", "", pollutant).strip()
    return LIMITS.get((standard, unit, _ALIASES.get(plain, plain)))
