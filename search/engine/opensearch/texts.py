"""Stored texts, read back from the cluster: those of a page in one request, and kept a while."""

import base64
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from search.deadline import checked
from search.engine.opensearch.client import Client
from search.engine.opensearch.documents import HEADINGS, TEXTS
from search.engine.opensearch.mapping import BODY, STORED, TITLE
from search.engine.opensearch.scan import TEXTS_AT_ONCE, number_of, scan
from search.engine.port import DamageError
from search.messages import message
from search.text import unpack

KEPT_CHARACTERS = 1 << 22  # of documents that were read last
FEW_TEXTS = 20  # documents whose texts are read with their headings: they are asked for next
HEADINGS_AT_ONCE = 2_000


class Text:
    """One field of a document, folded when that is asked for."""

    def __init__(self, stored: Mapping[str, Any], name: str) -> None:
        self.raw: str = stored[name]
        self.folding = base64.b64decode(stored["foldings"][0 if name == TITLE else 1])

    @cached_property
    def folded(self) -> str:
        """The folded form."""
        return unpack(self.raw, self.folding).text


class StoredDocuments:
    """The documents of an index as they were written, by their numbers."""

    def __init__(self, client: Client, index: str) -> None:
        self._client = client
        self._index = index
        self._kept: OrderedDict[int, Mapping[str, Any]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def of(self, numbers: Sequence[int]) -> list[Mapping[str, Any]]:
        """Return what is stored of each document; a DamageError where one is gone."""
        found = self._known(numbers)
        for number, stored in self._read([n for n in numbers if n not in found], TEXTS):
            found[number] = stored
            self.keep(number, stored)
        return [found[number] for number in numbers]

    def headings_of(self, numbers: Sequence[int]) -> list[Mapping[str, Any]]:
        """Return the same, of which no text is needed but the title: of many it is not read."""
        if len(numbers) <= FEW_TEXTS:
            return self.of(numbers)
        found = self._known(numbers)
        found.update(self._read([n for n in numbers if n not in found], HEADINGS))
        return [found[number] for number in numbers]

    def _known(self, numbers: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        known = ((number, self._kept.get(number)) for number in numbers)
        return {number: stored for number, stored in known if stored is not None}

    def _read(
        self, numbers: Sequence[int], source: Sequence[str]
    ) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Yield what `source` names of the documents, each once."""
        missing = list(dict.fromkeys(numbers))
        at_once = TEXTS_AT_ONCE if source is TEXTS else HEADINGS_AT_ONCE
        for at in range(0, len(missing), at_once):
            some = missing[at : at + at_once]
            answers = self._client.get_all(self._index, list(map(str, some)), source)
            for number, answer in zip(some, answers, strict=True):
                if answer is None:
                    raise DamageError(message("document {number} is missing", number=number))
                yield number, answer["_source"][STORED]

    def keep(self, number: int, stored: Mapping[str, Any]) -> None:
        """Keep a document in mind that was read."""
        size = len(stored["body"]) + 500
        if size > KEPT_CHARACTERS:
            return
        with self._lock:
            if number in self._kept:
                return
            self._kept[number] = stored
            self._size += size
            while self._size > KEPT_CHARACTERS:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone["body"]) + 500

    def answering(
        self, query: dict[str, Any], fields: Sequence[str], rule: Callable[[Text], bool]
    ) -> list[int]:
        """Return the numbers of the documents that answer a query and pass a rule in any field."""
        order = [name for name in (BODY, TITLE) if name in fields]
        hits = scan(self._client, self._index, query, TEXTS, at_once=TEXTS_AT_ONCE)
        return [
            number_of(hit)
            for hit in checked(hits)
            if any(rule(Text(hit["_source"][STORED], name)) for name in order)
        ]
