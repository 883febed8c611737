"""The pair of reader and writer that the contract is tested on, and its sample documents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ontology.model import Document, EntityId
from search.index import Highlight, SearchAnswer, SearchBatch, SearchFilter, SearchIndex, SearchRequest, SearchWriter
from search.query import Query, parse


@dataclass(frozen=True, slots=True)
class SearchPair:
    """A reader and a writer of one index."""

    index: SearchIndex
    writer: SearchWriter

    async def fill(self, *documents: Document, checkpoint: int = 1) -> None:
        """Write the documents and commit."""
        await self.writer.apply(SearchBatch(documents, checkpoint=checkpoint))
        await self.writer.commit()

    async def ask(self, query: Query | str, *, where: SearchFilter | None = None, limit: int = 50) -> SearchAnswer:
        """Return the first page for a query or a typed text."""
        asked = parse(query) if isinstance(query, str) else query
        return await self.index.search(SearchRequest(asked, where or SearchFilter(), limit=limit))

    async def ids(self, query: Query | str, *, where: SearchFilter | None = None) -> list[str]:
        """Return the ids found, in order."""
        return [hit.document.id for hit in (await self.ask(query, where=where)).hits]

    async def pages(self, request: SearchRequest) -> list[list[str]]:
        """Return the ids of all pages."""
        found: list[list[str]] = []
        while True:
            answer = await self.index.search(request)
            found.append([hit.document.id for hit in answer.hits])
            if answer.next_cursor is None:
                return found
            request = replace(request, cursor=answer.next_cursor)


def enterprise(name: str, *, code: str = "", names: Sequence[str] = (), region: str = "闵行区") -> Document:
    """Return a document of an enterprise whose id is its name."""
    return Document(
        id=EntityId(f"Enterprise-{name}"),
        class_name="Enterprise",
        title=name,
        names=(name, *names),
        identifiers=(code,) if code else (),
        facets={"class": ("Enterprise",), "region": (region,), "dataset": ("register",)},
    )


def note(number: str, text: str, *, title: str = "", date: str | None = None, kind: str = "噪声") -> Document:
    """Return a document of running text with id `Complaint-number`."""
    return Document(
        id=EntityId(f"Complaint-{number}"),
        class_name="Complaint",
        title=title,
        text=text,
        date=date,
        facets={"class": ("Complaint",), "kind": (kind,)},
    )


def marked(highlight: Highlight) -> list[str]:
    """Return the pieces of a passage that are marked, after checking that the spans are in order and within it."""
    ends = 0
    for start, end in highlight.spans:
        assert ends <= start < end <= len(highlight.passage)
        ends = end
    return [highlight.passage[start:end] for start, end in highlight.spans]


HOSTILE_TEXTS = (
    "",
    " \t\n",
    "!!! ??? …",
    "\0\x01\x1b[31m",
    "\u200b\ufeff",
    "\ud800",
    "🏭🏭",
    "a" * 1_500,
    "环" * 1_500,
    "(" * 10 + "x",
    ")))((",
    '"',
    "“",
    "- - -",
    "-",
    "NOT",
    "OR OR",
    "AND",
    "*:*",
    "title:x",
    "/.*/",
    "a~2^9",
    "[1 TO 5]",
    "{!raw}",
    "\\",
    "'; DROP TABLE documents; --",
    "<script>alert(1)</script>",
    "%00../../etc/passwd",
    "#checkpoint",
    "∅",
    "¦",
)

ABB = enterprise("ABB高压电机有限公司", code="91310000778929080B")
BASF = enterprise("巴斯夫化工有限公司", code="91310000607200000X", names=("巴斯夫",), region="上海化工区")
BASF_COATINGS = enterprise("巴斯夫上海涂料有限公司", code="913100006072911111", region="浦东新区")
PLATER = enterprise("上海宪阳电镀有限公司", code="9131011463000000XX", region="嘉定区")
NIGHT = note("1", "工地夜间施工，噪音很大，超标排放。", title="夜间施工噪音扰民", date="2019-02-28")
SCATTERED = note("2", "夜间很吵。白天也在施工。邻居说是噪音。", date="2019-07")
BUREAU = note("3", "请生态环境局依照水污染防治法处理。", date="2020-01-01", kind="水")
TRADITIONAL = note("4", "環境影響評估說明書，廢水處理設施。", date="2019", kind="水")
UNDATED = note("5", "PM2.5浓度为0.35毫克/升，执行GB 31570-2015。", kind="大气")
SAMPLE = (ABB, BASF, BASF_COATINGS, PLATER, NIGHT, SCATTERED, BUREAU, TRADITIONAL, UNDATED)
