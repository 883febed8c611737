"""The page of the ontology is current and names every term."""

from pathlib import Path

from ontology.reference import ontology_page
from ontology.schema import load_schema

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == ontology_page(load_schema()), (
        "run: python -m ontology.reference docs/ontology.md"
    )


def test_the_page_names_every_term() -> None:
    schema, page = load_schema(), ontology_page(load_schema())
    for name in (*schema.classes, *schema.properties, *schema.relations):
        assert f"`{name}`" in page or f"*{name}*" in page
