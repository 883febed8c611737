"""What a name of an organisation is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """The parts of one name, all folded (`characters.fold`); a part that is not there is empty.

    `text` is the whole folded name, `core` what is left of it without legal form, brackets, branch and site.
    `regions` are names of places in the order they stand, largest first as a rule (上海, 嘉定), `codes` the codes of
    GB/T 2260 that they may have, in digits that all regions inside begin with. `brand` (字号) may be empty: 上海电机厂.
    `trades` are words of the trade (表面, 处理). `legal` is the legal form as written, `form` its kind (`company`,
    `works` …). `branch` is the part of the organisation named behind the legal form (乘用车分公司), `site` a place of
    it (曹路厂区). `former` and `others` are whole folded names in brackets. `numbers` are the numbers of the core,
    `site_numbers` those of branch and site, in digits. `latin` tells that the name was written in Latin letters.
    """

    text: str
    core: str
    regions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    brand: str = ""
    trades: tuple[str, ...] = ()
    legal: str = ""
    form: str = ""
    group: bool = False
    branch: str = ""
    site: str = ""
    remark: str = ""
    former: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    site_numbers: tuple[str, ...] = ()
    latin: bool = False

    @property
    def trade(self) -> str:
        """Return the words of the trade run together."""
        return "".join(self.trades)

    @property
    def place(self) -> str:
        """Return branch and site run together: which part of the organisation is meant."""
        return self.branch + self.site
