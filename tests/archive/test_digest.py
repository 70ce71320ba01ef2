"""Two documents that differ anywhere have different digests."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from search.archive.digest import DIGEST_BYTES, digest_of
from search.document import Document

TEXTS = st.text(st.sampled_from("a1,:[] \ud800"), max_size=3)
DOCUMENTS = st.builds(
    Document, *[TEXTS] * 7, metadata=st.dictionaries(TEXTS, TEXTS, max_size=2)
)  # of few characters, so that their fields put together are often equal


@given(DOCUMENTS, DOCUMENTS)
def test_digests_are_equal_when_documents_are(one, other):
    assert (digest_of(one) == digest_of(other)) == (one == other)
    assert len(digest_of(one)) == DIGEST_BYTES


@given(DOCUMENTS)
def test_a_character_moved_to_the_next_field_is_a_change(document):
    moved = replace(document, title=document.title + "x", body="y" + document.body)
    back = replace(document, title=document.title, body="xy" + document.body)
    assert digest_of(moved) != digest_of(back)


@given(DOCUMENTS)
def test_the_order_of_the_metadata_is_no_change(document):
    turned = dict(reversed(document.metadata.items()))
    assert digest_of(replace(document, metadata=turned)) == digest_of(document)
