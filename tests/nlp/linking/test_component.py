"""The pipe in a spaCy pipeline."""

import spacy
from spacy.tokens import Doc

import nlp.components.linker as component
from nlp.linking.candidates import Names
from nlp.linking.linker import Linker
from nlp.linking.names import RegisteredName, build_names
from ontology.model import entity_id

FIRM = "上海晨星示例电镀有限公司"
ID = entity_id("Enterprise", "name", FIRM)


def test_the_pipe_links_once_it_has_a_register() -> None:
    pipeline = spacy.blank("zh")
    pipe = pipeline.add_pipe(component.NAME)
    assert isinstance(pipe, component.LinkerPipe)
    text = f"{FIRM}超标，该公司停产"
    assert pipeline(text)._.mentions is None
    pipe.use(Linker(Names.of(build_names([RegisteredName(FIRM, ID, "Enterprise")]))))
    found = pipeline(text)._.mentions
    assert [(one.text, one.entity_id) for one in found] == [(FIRM, ID), ("该公司", ID)]
    assert [len(doc._.mentions) for doc in pipeline.pipe([text, "", text])] == [2, 0, 2]
    assert Doc.has_extension("mentions")
