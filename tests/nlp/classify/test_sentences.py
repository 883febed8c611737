"""Sentences: stance, polarity, emotion and target, each with the words that carry it."""

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from nlp.classify.classifier import Classified, load_classifier
from nlp.classify.sentences import sentences_of
from nlp.components import classifier as component
from nlp.components.tokenizer import CharacterTokenizer
from nlp.mention import Mention

CLASSIFIER = load_classifier()


@pytest.mark.parametrize(
    ("text", "stance", "polarity"),
    [
        ("物业公司不作为，对我们的投诉置之不理。", "blames", "negative"),
        ("难道物业的领导就是这等素质？", "blames", "negative"),
        ("感谢区政府及时解决了我们的用水问题，为你们点赞！", "praises", "positive"),
        ("恳请环保局尽快查处该厂的违规排放。", "asks", "neutral"),
        ("请问什么时候能通车？", "asks", "neutral"),
        ("我家住在三号楼二单元。", "reports", "neutral"),
        ("《水污染防治法》第十条规定，排放水污染物不得超过国家标准。", "reports", "neutral"),
        ("感谢您百忙之中阅读我的来信。", "reports", "neutral"),
        ("希望能给老百姓一个满意的答复。", "asks", "neutral"),
    ],
)
def test_stance_and_polarity(text: str, stance: str, polarity: str) -> None:
    found = CLASSIFIER.classify(text).sentences[0]
    assert (found.stance, found.polarity_label) == (stance, polarity)


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("这种行为实在令人发指，我们忍无可忍！", "anger"),
        ("我们整天提心吊胆，担心孩子的安全。", "fear"),
        ("求助无门，我们感到无助和绝望。", "sadness"),
        ("听到整改的消息，居民们非常高兴。", "joy"),
        ("我们并不担心。", "none"),
        ("会议定于三月五日召开。", "none"),
    ],
)
def test_emotion(text: str, emotion: str) -> None:
    found = CLASSIFIER.classify(text).sentences[0]
    assert found.emotion == emotion
    assert (found.emotion_evidence is None) == (emotion == "none")


def test_target_is_the_name_before_the_words_else_the_role() -> None:
    text = "我家住三楼。晨星公司偷排废水，城管不管不问。"
    named = Mention(start=6, end=10, label="enterprise", text="晨星公司", method="test", score=1.0)
    with_name, without = (CLASSIFIER.classify(text, mentions=mentions).sentences[1] for mentions in ([named], []))
    assert with_name.target is not None
    assert (with_name.target.text, with_name.target.start) == ("晨星公司", 6)
    assert without.target is not None
    assert without.target.text == "城管"


@pytest.mark.parametrize(
    ("text", "positive"),
    [
        ("酒店很干净，服务热情，下次还会来。", True),
        ("房间又脏又吵，服务态度很差，再也不会住了。", False),
        ("房間又髒又吵，服務態度很差，再也不會住了。", False),
        ("这本书内容很好，印刷精美，值得买。", True),
    ],
)
def test_polarity_of_reviews(text: str, positive: bool) -> None:
    assert (CLASSIFIER.polarity_of(text) > 0) == positive


@given(st.text(max_size=400))
def test_any_text_is_classified_and_evidence_lies_within_its_sentence(text: str) -> None:
    found = CLASSIFIER.classify(text)
    assert -1 <= found.polarity <= 1
    last = 0
    for sentence in found.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        last = sentence.end
        for evidence in (sentence.stance_evidence, sentence.emotion_evidence, sentence.target):
            if evidence is not None:
                assert sentence.start <= evidence.start < evidence.end <= sentence.end
                assert text[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。。。",
        "😀😀",
        "a" * 100_000,
        "施工噪音" * 20_000,
        "请" * 50_000,
        "没有" * 30_000,
        "噪音。" * 3_000,
        "\n" * 200_000,
    ],
    ids=["empty", "stops", "emoji", "letters", "cue", "request", "denial", "sentences", "lines"],
)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    started = time.process_time()
    assert isinstance(CLASSIFIER.classify(text), Classified)
    assert time.process_time() - started < 30


def test_sentences_keep_their_places_and_leave_out_what_says_nothing() -> None:
    text = "　第一句。！！\n\n第二句？”他问。 \n……"
    found = list(sentences_of(text))
    assert [sentence.text for sentence in found] == ["第一句。！！", "第二句？”", "他问。"]
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in found)


def test_component_sets_extensions_and_sentence_spans() -> None:
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    nlp.add_pipe(component.NAME)
    doc = nlp("小区旁的化工厂夜里偷排废气，刺鼻难闻。恳请环保局尽快查处！")
    assert doc._.environmental > 0.5
    assert set(doc._.topic_kinds) == {"air/exhaust", "air/odour"}
    assert doc._.urgency in ("high", "raised", "ordinary")
    blaming, asking = doc.spans[component.SENTENCES]
    assert (blaming.label_, asking.label_) == ("blames", "asks")
    assert asking._.stance_evidence.text in doc.text
    assert blaming._.target is not None
    assert blaming._.target.text == "化工厂"
