"""The connection to a cluster, and the versioned indexes behind their alias.

Readers ask the alias. It points to one index, `ALIAS-000001` and so on; a rebuild fills the next one and moves the
alias in one step, so readers see the old content until the new one is whole. Each index has an alias of its own for
writing (`….write`): a write to an index that has gone is refused instead of making a new one without mappings.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from elasticsearch import AsyncElasticsearch, AuthorizationException, BadRequestError, NotFoundError

from ontology.errors import EngineMisconfigured
from search.elastic.faults import ENGINE, kind_of, translating
from search.elastic.mapping import FORMAT, anchor_source, index_mappings, index_settings, marker_source
from search.fields import ANCHOR, MARKER

MAJOR = 9
READ_SECONDS = 15.0
"""Time a read may take before the server counts as not answering."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The entry that carries the checkpoint: where it stands, and a stamp that changes with each commit."""

    index: str
    checkpoint: int
    stamp: str


class ElasticServer:
    """A client, the alias it reads, and what index and writer of one process tell one another.

    `commits` is raised at each commit of this process, so that its readers look again at once.
    """

    def __init__(self, client: AsyncElasticsearch, *, alias: str, shards: int) -> None:
        self.client = client
        self.alias = alias
        self.shards = shards
        self.commits = 0
        self._ready = False
        self._lock = asyncio.Lock()

    async def close(self) -> None:
        """Close the connections."""
        await self.client.close()

    async def prepare(self) -> None:
        """Check the server's version and make an empty index where the alias points to none; once a process."""
        async with self._lock:
            if self._ready:
                return
            with translating():
                await self._check_version()
                if not await self.client.indices.exists_alias(name=self.alias):
                    await self._first_index()
            self._ready = True

    async def _check_version(self) -> None:
        try:
            found = await self.client.nodes.info(filter_path="nodes.*.version")
        except AuthorizationException:
            return  # a key that may only use its own index; what is wrong will show in use
        versions = sorted({str(node["version"]) for node in found.body.get("nodes", {}).values()})
        if any(int(version.split(".")[0]) != MAJOR for version in versions):
            raise EngineMisconfigured(
                f"the search server is Elasticsearch {', '.join(versions)}",
                engine=ENGINE,
                remedy=f"Use Elasticsearch {MAJOR}.",
            )

    async def _first_index(self) -> None:
        if await self.client.indices.exists(index=self.alias):
            raise EngineMisconfigured(
                f"{self.alias!r} is an index of the search server, not an alias",
                engine=ENGINE,
                remedy="Choose another name with ECOGRAPH_SEARCH_INDEX.",
            )
        await self.create(await self._next_name(), serving=True)

    async def create(self, name: str, *, serving: bool) -> None:
        """Make an empty index, with checkpoint 0; `serving` points the alias to it."""
        aliases: dict[str, dict[str, object]] = {write_alias(name): {}}
        if serving:
            aliases[self.alias] = {}
        try:
            await self.client.indices.create(
                index=name,
                aliases=aliases,
                settings=index_settings(shards=self.shards),
                mappings=index_mappings(),
            )
        except BadRequestError as exc:
            if kind_of(exc.body) != "resource_already_exists_exception":
                raise
            return  # another process was first
        await self.client.index(
            index=write_alias(name), id=ANCHOR, document=anchor_source(), require_alias=True, refresh=True
        )
        await self.mark(name, 0)

    async def mark(self, name: str, checkpoint: int) -> None:
        """Write the checkpoint into an index and make it visible."""
        await self.client.index(
            index=write_alias(name), id=MARKER, document=marker_source(checkpoint), require_alias=True, refresh=True
        )

    async def versions(self) -> Sequence[str]:
        """Return the names of all indexes of this alias's family, serving or not, oldest first."""
        found = await self.client.indices.get(
            index=f"{self.alias}-*", filter_path="*.aliases", allow_no_indices=True, expand_wildcards="all"
        )
        family = re.compile(re.escape(self.alias) + r"-\d{6,}")
        return sorted((name for name in found.body if family.fullmatch(name)), key=lambda name: (len(name), name))

    async def _next_name(self) -> str:
        names = await self.versions()
        last = int(names[-1].rpartition("-")[2]) if names else 0
        return f"{self.alias}-{last + 1:06}"

    async def serving(self) -> str | None:
        """Return the name of the index behind the alias, None if there is none."""
        try:
            found = await self.client.indices.get_alias(name=self.alias)
        except NotFoundError:
            return None
        return str(next(iter(found.body)))

    async def begin_version(self) -> str:
        """Make the next index and return its name; those that an interrupted rebuild left are removed."""
        serving = await self.serving()
        name = await self._next_name()
        await self.create(name, serving=False)
        await self._remove_all_but({serving, name})
        return name

    async def serve_version(self, name: str) -> None:
        """Point the alias to an index in one step, and remove the others."""
        await self.client.indices.update_aliases(
            actions=[
                {"remove": {"index": f"{self.alias}-*", "alias": self.alias, "must_exist": False}},
                {"add": {"index": name, "alias": self.alias}},
            ]
        )
        await self._remove_all_but({name})

    async def _remove_all_but(self, kept: set[str | None]) -> None:
        for name in await self.versions():
            if name not in kept:
                await self.client.indices.delete(index=name, ignore_unavailable=True)

    async def marker(self, *, committed: bool) -> Marker:
        """Return the marker behind the alias; `committed` asks for what readers see.

        Raises `EngineMisconfigured` for an index of another format, or one that somebody emptied.
        """
        try:
            found = (await self.client.get(index=self.alias, id=MARKER, realtime=not committed)).body
        except NotFoundError as exc:
            if kind_of(exc.body):
                raise
            raise EngineMisconfigured(
                f"the search index {self.alias!r} was not made by ecograph, or was emptied by somebody else",
                engine=ENGINE,
                remedy="Run `ecograph rebuild --search`.",
            ) from exc
        stamp = f"{found['_index']}:{found['_primary_term']}:{found['_seq_no']}"
        return Marker(found["_index"], int(orjson.loads(found["_source"]["row"])), stamp)

    async def check_format(self, name: str) -> None:
        """Raise `EngineMisconfigured` for an index of another format."""
        found = await self.client.indices.get_mapping(index=name, filter_path="*.mappings._meta")
        stored = found.body.get(name, {}).get("mappings", {}).get("_meta", {}).get("format")
        if stored != FORMAT:
            raise EngineMisconfigured(
                f"the search index {name} has format {stored}, this version needs {FORMAT}",
                engine=ENGINE,
                remedy="Run `ecograph rebuild --search`.",
            )


def write_alias(name: str) -> str:
    """Return the alias by which an index is written."""
    return f"{name}.write"
