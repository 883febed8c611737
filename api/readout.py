"""Printing a read text: its mentions in colour, then each with what it means."""

from typing import Final

from rich.table import Table
from rich.text import Text

from api.mention_labels import LABEL_NAMES, label_name
from api.reading import Reading
from api.terminal import out
from nlp.mention import Mention

STYLES: Final[dict[str, str]] = {
    "enterprise": "bold bright_blue",
    "agency": "bold cyan",
    "person": "bold yellow",
    "place": "bold green",
    "facility": "bold bright_green",
    "project": "bold bright_cyan",
    "product": "bold bright_yellow",
    "law_article": "magenta",
    "standard": "magenta",
    "document_number": "magenta",
    "uscc": "bright_magenta",
    "permit_number": "bright_magenta",
    "amount": "red",
    "concentration": "red",
    "exceedance": "bold red",
    "pollutant": "bright_red",
}
OTHER: Final = "underline"
_SHOWN: Final = 100_000
"""Characters of a text that are printed in colour; of a longer one only the table is."""
_OUTCOMES: Final = {"ambiguous": "ambiguous", "not-in-register": "not in the register"}
_INSIDE: Final = frozenset({"linked", "outcome", "link", "link_score", "registered_name", "candidates", "refers_to"})


def show(reading: Reading, *, title: str = "") -> None:
    """Print the text with its mentions in colour, a legend, and a table of what each means."""
    if title:
        out.print(Text(title, style="bold"))
    if len(reading.text) <= _SHOWN:
        out.print(_coloured(reading), soft_wrap=True)
    out.print(_legend(reading), soft_wrap=True)
    if reading.mentions:
        out.print(_table(reading))
    else:
        out.print("nothing found", style="dim")


def _coloured(reading: Reading) -> Text:
    text = Text(reading.text)
    for mention in reading.mentions:
        text.stylize(STYLES.get(mention.label, OTHER), mention.start, mention.end)
    return text


def _legend(reading: Reading) -> Text:
    labels = {mention.label for mention in reading.mentions}
    legend = Text()
    for label in (*(name for name in LABEL_NAMES if name in labels), *sorted(labels - LABEL_NAMES.keys())):
        name = label_name(label)
        legend.append(f"{name.zh} {label}", style=STYLES.get(label, OTHER)).append("  ")
    return legend


def _table(reading: Reading) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("place", "label", "text", "means", "entity", "found by", "score"):
        table.add_column(column, justify="right" if column in ("place", "score") else "left", overflow="fold")
    for mention in reading.mentions:
        table.add_row(
            f"{mention.start}",
            Text(mention.label, style=STYLES.get(mention.label, OTHER)),
            Text(mention.text.replace("\n", " ")),
            Text(_meaning(mention)),
            Text(mention.entity_id or "", style="dim"),
            Text(mention.method, style="dim"),
            f"{mention.score:.2f}",
        )
    return table


def _meaning(mention: Mention) -> str:
    """Return the name of the entity a mention was linked to, or that there is none, and its values in normal form."""
    values = mention.values
    said = [f"{name}={value}" for name, value in values.items() if name not in _INSIDE and value != ""]
    if mention.entity_id is not None:
        return str(values.get("registered_name") or values.get("region_name") or mention.text)
    if "refers_to" in values:
        said.insert(0, f"= {values['refers_to']}")
    outcome = str(values.get("outcome", ""))
    return " · ".join([*said, _OUTCOMES[outcome]] if outcome in _OUTCOMES else said)
