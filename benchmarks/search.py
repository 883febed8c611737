"""Time the embedded search index: `python -m benchmarks.search --documents 200000`.

Documents are 400 characters of words drawn by Zipf's law from the vocabulary of the statutes in `demo/`
(`--texts FOLDER` takes other Markdown files), with names, codes, dates and facets as registers have them. Queries are
drawn from the same vocabulary, so common words meet long lists. Times are those of one caller through the public
interface, threads and all, in milliseconds.
"""

import argparse
import asyncio
import hashlib
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from nlp.segment import plain_words
from ontology.model import Document, EntityId
from search.embedded.index import open_index
from search.embedded.writer import open_writer
from search.index import SearchBatch, SearchFilter, SearchIndex, SearchRequest, Sort
from search.query import All, Phrase, Words

STATUTES = Path(__file__).parent.parent / "demo" / "statutes"
CLASSES = ("Enterprise", "Complaint", "Penalty", "LawArticle", "Article")
_DISTRICTS = "黄浦 徐汇 长宁 静安 普陀 虹口 杨浦 闵行 宝山 嘉定 浦东 金山 松江 青浦 奉贤 崇明"
DISTRICTS = tuple(f"{name}区" for name in _DISTRICTS.split())
TEXT_LENGTH = 400
SKEW = 1.05
"""Exponent of Zipf's law; that of Chinese words is about 1."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the result; milliseconds, and the median number of documents found.

    `cpu` is the mean time of all threads of this process: what remains of a measurement when others use the machine.
    """

    name: str
    runs: int
    p50: float
    p95: float
    slowest: float
    cpu: float
    found: int


class Vocabulary:
    """Words by falling frequency, drawn by Zipf's law."""

    def __init__(self, words: Sequence[str], seed: int) -> None:
        self.words = np.array(words)
        self.random = np.random.default_rng(seed)
        weights = 1.0 / np.arange(1, len(words) + 1) ** SKEW
        self._cumulated = np.cumsum(weights / weights.sum())

    def draw(self, count: int) -> list[str]:
        """Return words, common ones more often."""
        drawn = np.minimum(np.searchsorted(self._cumulated, self.random.random(count)), len(self.words) - 1)
        found: list[str] = self.words[drawn].tolist()
        return found

    def content_words(self, count: int, *, longest_list: int = 40) -> list[str]:
        """Return words of two or more characters beyond the most common ones: what people type."""
        usable = [word for word in self.words[longest_list:2_000].tolist() if len(word) > 1]
        return [usable[at] for at in self.random.integers(0, len(usable), count).tolist()]


def vocabulary(texts: Path, seed: int) -> Vocabulary:
    """Return the vocabulary of the Markdown files below a folder; exits where there is none."""
    counted: Counter[str] = Counter()
    for path in sorted(texts.rglob("*.md")):
        counted.update(token.text for token in plain_words(path.read_text("utf-8")))
    if not counted:
        raise SystemExit(f"no Markdown file below {texts}")
    return Vocabulary(sorted(counted, key=lambda word: (-counted[word], word)), seed)


def documents(count: int, words: Vocabulary) -> Iterator[Document]:
    """Yield the documents."""
    for number in range(count):
        class_name = CLASSES[number % len(CLASSES)]
        text = "".join(
            word + ("，" if at % 9 == 8 else "。\n" if at % 31 == 30 else "")
            for at, word in enumerate(words.draw(TEXT_LENGTH))
        )[:TEXT_LENGTH]
        drawn = words.random.integers(0, 2**31, 4).tolist()
        year, month, day = 2010 + drawn[0] % 15, 1 + drawn[1] % 12, 1 + drawn[2] % 28
        name = f"上海{''.join(words.content_words(2))}有限公司"
        yield Document(
            id=EntityId(f"{class_name}-{hashlib.sha256(str(number).encode()).hexdigest()[:20]}"),
            class_name=class_name,
            title=name if class_name == "Enterprise" else "".join(words.content_words(4)),
            text=text,
            names=(name,) if class_name == "Enterprise" else (),
            identifiers=(f"9131{number:013}X",) if class_name == "Enterprise" else (),
            date=f"{year}-{month:02}-{day:02}",
            facets={
                "class": (class_name,),
                "region": (DISTRICTS[drawn[3] % len(DISTRICTS)],),
                "year": (str(year),),
                "industry": (str(1 + drawn[0] % 97),),
                "dataset": (f"register-{drawn[1] % 7}",),
            },
        )


async def load(path: Path, count: int, words: Vocabulary, batch: int) -> float:
    """Fill the index, commit every ten batches as a projection does, and return the seconds."""
    start = time.perf_counter()
    async with open_writer(path) as writer:
        pending: list[Document] = []
        for number, document in enumerate(documents(count, words), start=1):
            pending.append(document)
            if len(pending) == batch or number == count:
                await writer.apply(SearchBatch(pending, checkpoint=number))
                pending = []
                if number % (10 * batch) == 0 or number == count:
                    await writer.commit()
    return time.perf_counter() - start


async def timed(name: str, index: SearchIndex, requests: Sequence[SearchRequest]) -> Measure:
    """Search for each request and return the spread of the times."""
    for request in requests[:5]:
        await index.search(request)
    times, totals = [], []
    cpu = time.process_time()
    for request in requests:
        start = time.perf_counter()
        answer = await index.search(request)
        times.append((time.perf_counter() - start) * 1000)
        totals.append(answer.total)
    cpu = (time.process_time() - cpu) / len(requests) * 1000
    p50, p95 = np.percentile(times, (50, 95))
    return Measure(name, len(times), float(p50), float(p95), max(times), cpu, int(np.median(totals)))


async def measures(index: SearchIndex, words: Vocabulary, sample: Sequence[Document], runs: int) -> list[Measure]:
    """Time every kind of request."""
    two = [SearchRequest(Words(" ".join(words.content_words(2)))) for _ in range(runs)]
    places = words.random.integers(0, TEXT_LENGTH - 20, runs).tolist()
    pieces = [document.text[at : at + 5].strip("，。\n") for document, at in zip(sample, places, strict=True)]
    where = SearchFilter({"region": DISTRICTS[:3]}, "2015-03", "2021")
    counted = ("class", "region", "year", "industry")
    filtered = [replace(request, where=where, facets=counted) for request in two]
    names = [document.title for document in sample]
    return [
        await timed("one word", index, [SearchRequest(Words(word)) for word in words.content_words(runs)]),
        await timed("two words", index, two),
        await timed("… with 4 facets", index, [replace(request, facets=counted) for request in two]),
        await timed("… filtered", index, [replace(request, where=where) for request in two]),
        await timed("… filtered, with 4 facets", index, filtered),
        await timed("… newest first", index, [replace(request, sort=Sort.NEWEST) for request in two]),
        await timed("phrase", index, [SearchRequest(Phrase(piece)) for piece in pieces]),
        await timed("name or title in full", index, [SearchRequest(Words(name)) for name in names]),
        await timed("code", index, [SearchRequest(Words(f"9131{5 * at:013}X")) for at in range(runs)]),
        await timed("everything, with 4 facets", index, [SearchRequest(All(), facets=counted)] * max(20, runs // 10)),
        await timed("… filtered", index, [SearchRequest(All(), where, facets=counted)] * max(20, runs // 10)),
        await deep_page(index, words),
    ]


async def deep_page(index: SearchIndex, words: Vocabulary) -> Measure:
    """Walk 500 pages of a common word by cursor and time the last 20."""
    request = SearchRequest(Words(str(words.words[20])))
    last: list[SearchRequest] = []
    for page in range(500):
        answer = await index.search(request)
        if answer.next_cursor is None:
            return Measure(f"page {page + 1} by cursor", 0, 0.0, 0.0, 0.0, 0.0, answer.total)
        request = replace(request, cursor=answer.next_cursor)
        last = [*last[-19:], request]
    return await timed("page 500 by cursor", index, last)


def table(title: str, found: Sequence[Measure]) -> Table:
    """Return the result as a table."""
    made = Table(title=title)
    for column in ("search", "runs", "p50 ms", "p95 ms", "slowest ms", "cpu ms", "found"):
        made.add_column(column, justify="left" if column == "search" else "right")
    for each in found:
        spread = (f"{value:.1f}" for value in (each.p50, each.p95, each.slowest, each.cpu))
        made.add_row(each.name, str(each.runs), *spread, f"{each.found:,}")
    return made


async def run(arguments: argparse.Namespace) -> int:
    """Load, measure, print."""
    words = vocabulary(arguments.texts, arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.folder or Path(folder) / "search"
        fresh = not path.exists()
        seconds = await load(path, arguments.documents, words, arguments.batch) if fresh else 0.0
        size = sum(file.stat().st_size for file in path.iterdir())
        sample = list(documents(arguments.runs, vocabulary(arguments.texts, arguments.seed)))
        index = open_index(path)
        start = time.perf_counter()
        await index.digest()
        digest_seconds = time.perf_counter() - start
        found = await measures(index, words, sample, arguments.runs)
        await index.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if arguments.json:
        print(json.dumps({"load_seconds": seconds, "bytes": size, "measures": [asdict(each) for each in found]}))
        return 0
    Console(width=110).print(table(f"tantivy, {arguments.documents:,} documents of {TEXT_LENGTH} characters", found))
    print(f"loaded in {seconds:.1f} s, {size / 1e6:.0f} MB on disk, digest {digest_seconds:.2f} s, peak {peak:.0f} MiB")
    return 0


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--batch", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--texts", type=Path, default=STATUTES, help="folder of Markdown texts that give the vocabulary"
    )
    parser.add_argument("--folder", type=Path, default=None, help="keep the index here, and use it if it is there")
    parser.add_argument("--json", action="store_true")
    return asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
