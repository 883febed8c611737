"""A small register with all that an answer can hold, ingested into a home, and an application really served."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from api.services import Services, open_services
from api.settings import Settings
from ingest.ingestion import choose_mappings, ingest
from ingest.journal.retract import Scope
from ingest.ledger import utc_now
from ingest.projector import Projector
from ontology.model import RecordId, entity_id

HERE = Path(__file__).parent


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application from a thread on a free port of loopback; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, proxy_headers=False, lifespan="on"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        ends = time.monotonic() + 60
        while not server.started and thread.is_alive() and time.monotonic() < ends:
            time.sleep(0.01)
        assert server.started, "the application did not start"
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)


async def fill(settings: Settings) -> dict[str, str]:
    """Ingest the register, then a late file, and take the late file back; return the moments between."""
    async with open_services(settings) as services:
        projector = Projector(services.ledger, services.graph_writer, services.search_writer, services.schema)
        mappings = choose_mappings(services.schema, sorted((HERE / "mappings").glob("*.yml")))

        async def take_in(folder: str) -> None:
            report = await ingest(
                [HERE / "data" / folder], ledger=services.ledger, projector=projector, mappings=mappings
            )
            assert report.unusable == []

        await take_in("register")
        before = utc_now()
        await take_in("late")
        between = utc_now()
        (late,) = (await services.ledger.sightings([await _record_of_the_late_file(services)])).values()
        await services.ledger.retract(Scope.FILE, late[0].file, reason="a test takes it back")
        await projector.catch_up()
        return {"before": before, "between": between, "after": utc_now()}


async def _record_of_the_late_file(services: Services) -> RecordId:
    site = entity_id("Site", "source_code", "131900001001")
    found = await services.ledger.facts(await services.ledger.members(site))
    (remark,) = (fact for fact in found.facts if fact.property == "remark")
    return remark.records[0]
