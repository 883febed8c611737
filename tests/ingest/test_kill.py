"""kill -9 at any moment, then the same command again: the same ledger, graph and search as undisturbed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ingest.home import FLOWS, OUTLETS, SITE_HEADER, SITES, write_csv

SEED = 20_241_124
SMALL_STEPS = """
import ingest.projector, ingest.runner
ingest.runner.BATCH_ROWS, ingest.projector.CHUNK = 60, 90
from api.cli import main
main()
"""
"""The command itself, with transactions so small that a kill falls between many of them."""
ROUNDS = 20


def registers(folder: Path, rows: int) -> Path:
    """Write a folder of registers in which everything hangs together, with some rows that cannot be used."""
    folder.mkdir()
    shuffler = random.Random(SEED)
    sites, outlets, flows = [], [], []
    for number in range(rows):
        code = f"{310_101_200_000 + number}"
        sites.append((f"上海第{number}化工有限公司", "-", code, f"D{number}", "闵行区", "121.4", "31.1"))
        for outlet in range(3):
            known_as = code if number % 2 else f"D{number}"
            outlets.append((known_as if shuffler.random() > 0.02 else "-", f"FQ{outlet:03}", f"排气口{outlet}"))
        flows.append(("91310000607431616R", f"废物{number % 7}", f"上海第{shuffler.randrange(rows)}化工有限公司"))
    write_csv(folder / "sites.csv", SITE_HEADER, sites)
    write_csv(folder / "outlets.csv", ("站点", "排放口编号", "排放口名称"), outlets, encoding="gb18030")
    write_csv(folder / "flows.csv", ("产生单位", "废物", "接收单位"), flows)
    return folder


def command(home: Path, *arguments: str) -> list[str]:
    """Return an `ecograph` command line in a home."""
    return [sys.executable, "-c", SMALL_STEPS, "--home", str(home), *arguments]


def status(home: Path) -> object:
    """Return what `ecograph status --json` prints, and that the chain is whole."""
    subprocess.run(command(home, "ledger", "verify"), check=True, capture_output=True, timeout=120)
    done = subprocess.run(command(home, "status", "--json"), check=True, capture_output=True, timeout=120)
    return json.loads(done.stdout)


@pytest.mark.timeout(1_200)
def test_killed_twenty_times_is_undisturbed(tmp_path: Path) -> None:
    folder = registers(tmp_path / "registers", 250)
    mapping = tmp_path / "mapping.yml"
    mapping.write_text("---\n".join((SITES, OUTLETS, FLOWS)), encoding="utf-8")
    ingest = ("ingest", str(folder), "--mapping", str(mapping))
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    begun = time.perf_counter()
    subprocess.run(
        command(tmp_path / "undisturbed", *ingest), check=True, capture_output=True, env=environment, timeout=300
    )
    whole = time.perf_counter() - begun
    expected = status(tmp_path / "undisturbed")
    moments = random.Random(SEED)
    disturbed = tmp_path / "disturbed"
    killed = 0
    for number in range(ROUNDS):
        # A home that is done would hide later kills, so every fourth round begins anew.
        if number % 4 == 0:
            disturbed = tmp_path / f"disturbed{number}"
        process = subprocess.Popen(
            command(disturbed, *ingest), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=moments.uniform(0.15, 1.0) * whole)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait(timeout=60)
        if number % 4 == 3:
            subprocess.run(command(disturbed, *ingest), check=True, capture_output=True, env=environment, timeout=300)
            assert status(disturbed) == expected, f"after round {number}"
    assert killed >= ROUNDS // 2
