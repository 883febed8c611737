"""`POST /read`: what a text says, with its names linked to the graph."""

import asyncio
from collections import Counter
from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.dependencies import NO_PARAMETERS, Day, ServicesDep
from api.mention_labels import label_name
from api.presentation import class_label
from api.reading import MAX_TEXT, Kept, Reading, region_code, written_on
from api.schemas.read import LabelCountShape, MentionedEntity, MentionShape, ReadLimits, ReadShape
from nlp.mention import Mention
from ontology.model import Entity, EntityId
from ontology.schema import Schema

router = APIRouter(tags=["read"])

EXAMPLE = "2023年4月19日，执法人员检查上海晨星示例电镀有限公司，发现该公司铬酸雾超标1.6倍，罚款人民币贰拾捌万元。"


def _whole_day(text: str) -> str:
    if len(text) != len("2024-07-01"):
        raise ValueError("write a day as 2024-07-01")
    return text


class TextToRead(BaseModel):
    """A text, and what is known of where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(max_length=MAX_TEXT, examples=[EXAMPLE])
    date: Annotated[Day, AfterValidator(_whole_day)] | None = Field(
        default=None, description="The day it was written: 上月 and 去年3月 count from there.", examples=["2023-06-16"]
    )
    region: str | None = Field(
        default=None,
        max_length=100,
        description="Where it comes from, as code or name; by default where most of its names lie.",
        examples=["上海市"],
    )
    entities: Kept = Field(
        default=Kept.ALL,
        description="`learned`: names a trained recogniser found; `rules`: what rules and the register found.",
    )


@router.post(
    "/read", summary="Read a text: names, identifiers, amounts, linked to the graph", dependencies=[NO_PARAMETERS]
)
async def post_read(services: ServicesDep, asked: TextToRead) -> ReadShape:
    """Return every mention with its place, label, method, score and, where the register has it, its entity.

    Nothing is stored. A name that the register does not have says so: `values.outcome` is `not-in-register`.
    """
    region, written = region_code(asked.region), written_on(asked.date)
    reading = await asyncio.to_thread(
        services.reader.read, asked.text, written=written, region=region, kept=asked.entities
    )
    ids = list(dict.fromkeys(one.entity_id for one in reading.mentions if one.entity_id is not None))
    entities = {entity.id: entity for entity in await services.graph.entities(ids)} if ids else {}
    return _shape(reading, entities, services.schema)


def _shape(reading: Reading, entities: dict[EntityId, Entity], schema: Schema) -> ReadShape:
    counts = Counter(mention.label for mention in reading.mentions)
    return ReadShape(
        text=reading.text,
        entities=tuple(_mention(mention, entities, schema) for mention in reading.mentions),
        labels=tuple(
            LabelCountShape(label=label, label_name=label_name(label), count=count)
            for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
        total=len(reading.mentions),
        linked=sum(mention.entity_id is not None for mention in reading.mentions),
        limits=ReadLimits(characters=MAX_TEXT),
    )


def _mention(mention: Mention, entities: dict[EntityId, Entity], schema: Schema) -> MentionShape:
    entity = entities.get(mention.entity_id) if mention.entity_id is not None else None
    return MentionShape(
        start=mention.start,
        end=mention.end,
        label=mention.label,
        label_name=label_name(mention.label),
        text=mention.text,
        method=mention.method,
        score=mention.score,
        entity_id=mention.entity_id,
        entity=None if entity is None else _entity(entity, schema),
        values=dict(mention.values),
    )


def _entity(entity: Entity, schema: Schema) -> MentionedEntity:
    return MentionedEntity(
        id=entity.id,
        class_name=entity.class_name,
        class_label=class_label(schema, entity.class_name),
        label=entity.label,
        synthetic=entity.synthetic,
    )
