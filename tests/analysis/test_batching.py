"""Documents are analysed by the batch, by one process or several, in their order."""

import numpy as np

from search.analysis.batch import Batch
from search.analysis.batching import Batching
from search.document import Document

DOCUMENTS = [Document(str(n), "题", "示范区的产业，5G。" * 60_000) for n in range(9)]


def batched(batching: Batching) -> list[Batch]:
    found = [batch for document in DOCUMENTS for batch in batching.add([document])]
    return [*found, *batching.rest()]


def test_batches_keep_order_and_lose_nothing() -> None:
    found = batched(Batching())
    assert [d for batch in found for d in batch.documents] == DOCUMENTS
    assert 1 < len(found) < len(DOCUMENTS)


def test_several_processes_give_what_one_does() -> None:
    for one, other in zip(batched(Batching()), batched(Batching(jobs=2)), strict=True):
        assert one.documents == other.documents
        assert one.words.terms == other.words.terms
        assert np.array_equal(one.characters, other.characters)
        assert np.array_equal(one.word_counts, other.word_counts)


def test_few_documents_start_no_process(monkeypatch) -> None:
    monkeypatch.setattr("search.analysis.batching.ProcessPoolExecutor", None)
    batching = Batching(jobs=4)
    assert list(batching.add(DOCUMENTS[:1])) == []
    assert [d.id for batch in batching.rest() for d in batch.documents] == ["0"]
