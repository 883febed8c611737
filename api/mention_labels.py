"""What the labels of mentions are called in both languages."""

from typing import Final

from api.presentation import plain_label
from api.schemas.common import LabelShape

LABEL_NAMES: Final[dict[str, tuple[str, str]]] = {
    "enterprise": ("企业", "Enterprise"),
    "agency": ("机关", "Agency"),
    "person": ("人员", "Person"),
    "place": ("地点", "Place"),
    "facility": ("场所设施", "Facility"),
    "project": ("项目", "Project"),
    "product": ("产品", "Product"),
    "uscc": ("统一社会信用代码", "Credit code"),
    "permit_number": ("许可证号", "Permit number"),
    "document_number": ("文号", "Document number"),
    "law_article": ("法律条款", "Law article"),
    "amount": ("金额", "Amount"),
    "date": ("日期", "Date"),
    "period": ("期间", "Period"),
    "standard": ("标准", "Standard"),
    "pollutant": ("污染物", "Pollutant"),
    "concentration": ("浓度", "Concentration"),
    "exceedance": ("超标", "Exceedance"),
    "outlet": ("排放口", "Outlet"),
    "coordinate": ("坐标", "Coordinate"),
    "plate": ("车牌", "Number plate"),
    "weather": ("气象", "Weather"),
}
"""Chinese and English, in the order in which legends show them."""


def label_name(label: str) -> LabelShape:
    """Return what a label is called; one without a name keeps its own."""
    names = LABEL_NAMES.get(label)
    return plain_label(label) if names is None else LabelShape(zh=names[0], en=names[1])
