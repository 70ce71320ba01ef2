"""The folder of a task: its documents, an index of each peer, and what peers answered.

Peers do not change, so what they answered is kept, a line a query: a run that is cut off goes on,
and a run after a change of ours asks ours alone.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpora import CORPORA
from bench.peers import OURS, Peer, load, version
from bench.records import write_records
from bench.relevance.engines import ENGINES, is_ours
from bench.relevance.task import PASSAGE_CHARACTERS, SETS, Question, pooled
from search.archive import SearchError
from search.archive.fingerprint import fingerprint

RULES = 1  # to be raised when the same files give other documents

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids of the ten best, and the seconds of the search."""

    ids: Sequence[str]
    seconds: float


class Workspace:
    """Documents, indexes and answers of one pooled task, made when first asked for."""

    def __init__(self, folder: Path, data: Path, corpora: Path, say: Say) -> None:
        self._data, self._corpora, self._say = data, corpora, say
        self.folder = folder / f"pooled-{_digest(data, corpora)}"
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def records(self) -> Path:
        """The raw file that all indexes are built from."""
        path = self.folder / "documents.jsonl"
        if not path.exists():
            self._say("documents are written")
            unfinished = path.with_suffix(".part")
            write_records(pooled(self._data, self._corpora), unfinished)
            unfinished.rename(path)
        return path

    def opened(self, name: str) -> Peer:
        """Return a peer with its index open; built if there is none that this code can read."""
        index = self._index(name)
        peer = load(name, index)
        if index.exists():
            try:
                peer.open()
            except SearchError as error:
                self._say(f"index of {name} is built anew: {error}")
            else:
                return peer
        unfinished = index.with_name(f"{index.name}.part")
        for folder in (index, unfinished):
            shutil.rmtree(folder, ignore_errors=True)
        records = self.records
        began = time.perf_counter()
        load(name, unfinished).build(records)
        unfinished.rename(index)
        self._say(f"index of {name}: built in {time.perf_counter() - began:.0f} s")
        peer = load(name, index)
        peer.open()
        return peer

    def answers(
        self, engine: str, peer: Peer, task: str, asked: Sequence[Question]
    ) -> dict[str, Answer]:
        """Return qid → answer; of a peer from what is kept, as far as it was asked the same."""
        method = getattr(peer, ENGINES[engine].method)
        if is_ours(engine):
            return {question.qid: _timed(method, question.query) for question in asked}
        path = self.folder / "answers" / f"{engine}.{task}.jsonl"
        path.parent.mkdir(exist_ok=True)
        key = version(ENGINES[engine].peer)
        kept = _kept(path, key)
        found = {}
        with path.open("a", encoding="utf-8", buffering=1) as file:  # a run may be cut off
            for question in asked:
                answer = kept.get((question.qid, question.query))
                if answer is None:
                    answer = _timed(method, question.query)
                    row = [key, question.qid, question.query, answer.ids, answer.seconds]
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
                found[question.qid] = answer
        return found

    def _index(self, name: str) -> Path:
        """Return where the index of a peer lies; ours has its fingerprint in the name."""
        if name != OURS:
            return self.folder / name
        parts = json.dumps(fingerprint(), sort_keys=True)
        return self.folder / f"{name}-{hashlib.sha256(parts.encode()).hexdigest()[:12]}"


def _digest(data: Path, corpora: Path) -> str:
    """Return a name for what the documents are made of."""
    found = hashlib.sha256(f"{RULES} {PASSAGE_CHARACTERS}".encode())
    for path in [*(data / f"{name}.docs.jsonl.xz" for name in SETS), corpora / CORPORA["lctt"][0]]:
        if path.is_file():  # one that is missing is told of when it is read
            found.update(path.read_bytes())
    return found.hexdigest()[:12]


def _timed(method: Callable[[str], list[str]], query: str) -> Answer:
    began = time.perf_counter()
    try:
        ids = method(query)
    except SearchError:  # a query that is refused has no result
        ids = []
    return Answer(ids, time.perf_counter() - began)


def _kept(path: Path, key: str) -> dict[tuple[str, str], Answer]:
    """Return what was answered before by the same versions; a line that was cut off is none."""
    found = {}
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            try:
                version_then, qid, query, ids, seconds = json.loads(line)
            except ValueError:
                continue
            if version_then == key:
                found[qid, query] = Answer(ids, seconds)
    return found
