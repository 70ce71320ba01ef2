"""Stored texts, read back from the cluster: those of a page in one request, and kept a while."""

import base64
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from search.deadline import checked
from search.engine.opensearch.client import Client
from search.engine.opensearch.documents import TEXTS
from search.engine.opensearch.mapping import BODY, STORED, TITLE
from search.engine.opensearch.scan import TEXTS_AT_ONCE, number_of, scan
from search.engine.port import DamageError
from search.messages import message
from search.text import unpack

KEPT_CHARACTERS = 1 << 22  # of documents that were read last


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
        found = {n: self._kept[n] for n in numbers if n in self._kept}
        missing = list(dict.fromkeys(n for n in numbers if n not in found))
        for at in range(0, len(missing), TEXTS_AT_ONCE):
            some = missing[at : at + TEXTS_AT_ONCE]
            answers = self._client.get_all(self._index, list(map(str, some)))
            for number, answer in zip(some, answers, strict=True):
                if answer is None:
                    raise DamageError(message("document {number} is missing", number=number))
                found[number] = answer["_source"][STORED]
                self.keep(number, found[number])
        return [found[number] for number in numbers]

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
