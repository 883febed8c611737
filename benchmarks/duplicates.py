"""Near duplicates: recall under random edits, precision among unrelated texts, speed. Needs the shared real texts.

Passages of complaints and statutes are edited at random: each character is, with the given probability, replaced,
removed or doubled by another drawn from all texts. A copy is found when both land in one cluster. `others` counts pairs
of texts that were not made from one another and are found all the same; the most similar are printed as row numbers to
be judged by eye: in real complaints they are true reprints.
"""

import argparse
import csv
import random
import time
from pathlib import Path

from nlp.duplicates.index import BANDS, ROWS, DuplicateIndex
from nlp.duplicates.shingles import jaccard, pieces_of

DATA = Path(__file__).parents[2] / "shared" / "data"
SEED = 6


def texts() -> dict[str, str]:
    """Return complaints and articles of statutes of 80 characters and more, by a name."""
    found: dict[str, str] = {}
    with (DATA / "complaints" / "hot_issues_full_4326.csv").open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            found[f"complaint {row['留言编号']}"] = row["留言主题"] + "。" + row["留言详情"].strip()
    for path in sorted((DATA / "laws" / "national").glob("*.md")):
        for number, paragraph in enumerate(path.read_text(encoding="utf-8").split("\n\n")):
            found[f"{path.stem} {number}"] = paragraph
    return {name: text for name, text in found.items() if len(text) >= 80}


def edited(text: str, share: float, signs: str, chance: random.Random) -> str:
    """Return the text with `share` of its characters replaced, removed or followed by another."""
    pieces = []
    for sign in text:
        kind = chance.randrange(3) if chance.random() < share else 3
        pieces.append(("", chance.choice(signs), sign + chance.choice(signs), sign)[kind])
    return "".join(pieces)


def recall(originals: dict[str, str], share: float, threshold: float, index: DuplicateIndex) -> tuple[float, float]:
    """Return how many edited copies are found, and how many would be if every pair were compared."""
    chance = random.Random(SEED)
    signs = "".join(originals.values())
    found = exact = 0
    for name, text in originals.items():
        copy = edited(text, share, signs, chance)
        found += any(other == name for other, _ in index.similar(copy))
        exact += jaccard(pieces_of(copy), pieces_of(text)) >= threshold
    return found / len(originals), exact / len(originals)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=4_000, help="passages that are edited")
    parser.add_argument("--thresholds", type=float, nargs="+", default=[0.4, 0.45, 0.5, 0.55])
    arguments = parser.parse_args()
    if not DATA.is_dir():
        print(f"The texts are not here: {DATA.name}/ beside the repository's folder is needed.")
        return
    everything = texts()
    names = sorted(everything)
    random.Random(SEED).shuffle(names)
    sample = {name: everything[name] for name in names[: arguments.sample]}
    print(f"{len(everything):,} texts, {sum(map(len, everything.values())):,} characters; {ROWS} rows x {BANDS} bands")
    print("threshold  edits  recall  by all pairs   clusters of several  pairs  texts/s  chars/s")
    for threshold in arguments.thresholds:
        index = DuplicateIndex(threshold=threshold)
        started = time.perf_counter()
        for name, text in everything.items():
            index.add(name, text)
        seconds = time.perf_counter() - started
        several = [cluster for cluster in index.clusters() if len(cluster.copies) > 1]
        pairs = sum(len(cluster.copies) - 1 for cluster in several)
        speed = f"{len(everything) / seconds:8,.0f} {sum(map(len, everything.values())) / seconds:9,.0f}"
        for share in (0.05, 0.10, 0.15):
            found, exact = recall(sample, share, threshold, index)
            print(f"{threshold:9.2f} {share:6.0%} {found:7.4f} {exact:13.4f} {len(several):15,} {pairs:14,} {speed}")
    print("least similar pairs found (to be judged by eye):")
    least = sorted(
        ((min(copy.similarity for copy in cluster.copies), cluster) for cluster in several), key=lambda pair: pair[0]
    )
    for similarity, cluster in least[:12]:
        print(f"  {similarity:.3f} {', '.join(copy.id for copy in cluster.copies[:4])}")


if __name__ == "__main__":
    main()
