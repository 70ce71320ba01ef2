"""A document → all that an engine indexes of it."""

from search.analysis import analyze_documents, analyze_text
from search.document import Document
from search.text import fold


def test_a_text_is_folded_then_cut():
    analyzed = analyze_text("產(chǎn)業(yè)ＡＩ")
    assert analyzed.folded == fold("產(chǎn)業(yè)ＡＩ")
    assert analyzed.words == ("产业", "ai")
    assert analyzed.grams == ("产业", "业", "ai")


def test_terms_repeat_as_often_as_they_stand_there():
    assert analyze_text("港，港。").words == ("港", "港")
    assert analyze_text("港，港。").grams == ("港", "港")


def test_an_empty_text_has_no_terms():
    assert analyze_text("") == analyze_text("")
    assert (analyze_text("").words, analyze_text("").grams) == ((), ())


def test_documents_come_in_order_with_title_and_body_apart():
    documents = [Document("a", "标题", "正文"), Document("b", "", "5G")]
    first, second = analyze_documents(documents)
    assert (first.document, second.document) == tuple(documents)
    assert (first.title.words, first.body.words) == (("标题",), ("正文",))
    assert (second.title.words, second.body.words) == ((), ("5g", "5", "g"))
