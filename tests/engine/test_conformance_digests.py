"""Every engine: digests of documents tell all that the index has of them, and nothing else."""

import dataclasses
import json
import random

import numpy as np
import pytest
from engine_cases import article
from whoosh_cases import PIECES, sizes

from search.analysis import batching
from search.analysis.batch import analyze_batch


def random_articles(count, seed=0):
    chosen = random.Random(seed)
    return [
        article(
            f"{number:02}",
            "".join(chosen.choices(PIECES, k=chosen.randrange(40))),
            title="".join(chosen.choices(PIECES, k=chosen.randrange(5))),
            author=chosen.choice(["", "毛丽君"]),
            date=chosen.choice(["", "2024", "2024-06-28"]),
            source=f"报/{number}.txt",
            metadata=chosen.choice([{}, {"版": "3", "类": "诗"}]),
        )
        for number in range(count)
    ]


def digests(home):
    found = list(home.engine.reader().digests())
    assert len(dict(found)) == len(found)
    return dict(found)


def test_an_empty_index_has_none(new_home):
    assert digests(new_home()) == {}


@pytest.mark.parametrize("at_once", [1, 3, 7])
def test_neither_order_nor_commits_nor_merges_nor_what_was_there_before_matter(new_home, at_once):
    articles = random_articles(23)
    whole, parts = new_home(), new_home()
    whole.commit(*articles)
    wanted = digests(whole)
    assert wanted.keys() == {one.id for one in articles}
    assert len(set(wanted.values())) == len(articles)
    others = random_articles(23, seed=1)
    shuffled = random.Random(at_once).sample(articles, len(articles))
    with sizes():
        parts.commit(*others)
        for start in range(0, len(shuffled), at_once):
            some = shuffled[start : start + at_once]
            parts.commit(*some, deleted=[one.id for one in some])
            parts.commit(article("通行", "过客"))
            parts.commit(deleted=["通行"])
        assert digests(parts) == wanted
        assert dict(parts.reopened().reader().digests()) == wanted


def test_the_number_of_processes_does_not_matter(new_home, monkeypatch):
    monkeypatch.setattr("search.analysis.batching.BATCH_CHARACTERS", 200)
    articles = random_articles(23)
    found = []
    for jobs in (1, 2):
        home = new_home()
        writer = home.engine.writer(jobs)
        writer.write(articles)
        writer.commit(b"{}")
        found.append(digests(home))
    assert found[0] == found[1]


ONE = article(
    "a",
    "長三角(sān)的产业，产业链。用 C++ 写 5 g 的 GIS\n第二行 bim+gis",
    title="示范区",
    author="毛丽君",
    date="2024-06",
    source="报/一.txt",
    path="/家/报/一.txt",
    metadata={"版": "3"},
)
OTHER = article("b", "别的")
SAME = {"path": "/另/一.txt"}
DIFFERENT = {
    "a character": {"body": ONE.body.replace("产业链", "产业练")},
    "a character of another script": {"body": ONE.body.replace("長", "长")},
    "a blank": {"body": ONE.body + " "},
    "a gloss": {"body": ONE.body.replace("(sān)", "")},
    "the title": {"title": "示範区"},
    "no title": {"title": "", "body": f"示范区{ONE.body}"},
    "the author": {"author": "毛麗君"},
    "the date": {"date": "2024-06-01"},
    "the source": {"source": "报/二.txt"},
    "a value of the metadata": {"metadata": {"版": "4"}},
    "a name in the metadata": {"metadata": {"页": "3"}},
    "no metadata": {"metadata": {}},
}


def digest_of(home, one):
    home.commit(one, OTHER)
    found = digests(home)
    return found["a"], found["b"]


def test_where_the_file_lies_does_not_matter(new_home):
    moved = dataclasses.replace(ONE, **SAME)
    assert digest_of(new_home(), moved) == digest_of(new_home(), ONE)


@pytest.mark.parametrize("change", DIFFERENT.values(), ids=DIFFERENT)
def test_each_change_of_a_document_changes_its_digest_alone(new_home, change):
    before, other = digest_of(new_home(), ONE)
    changed = dataclasses.replace(ONE, **change)
    assert changed != ONE
    after, same = digest_of(new_home(), changed)
    assert after != before
    assert same == other


def flipped(row, at):
    changed = np.array(row)
    changed[at] = ~changed[at] if changed.dtype == bool else changed[at] + 1
    return changed


def first(row):
    return int(np.flatnonzero(row)[0])


ANALYSED = {
    "a pair that is a word": lambda b: {"pair_words": flipped(b.pair_words, first(b.pair_words))},
    "a pair that is none": lambda b: {"pair_words": flipped(b.pair_words, first(~b.pair_words))},
    "a step": lambda b: {"steps": flipped(b.steps, 4)},
    "a unit that is spaced": lambda b: {"spaced": flipped(b.spaced, first(b.spaced))},
    "a character": lambda b: {"characters": flipped(b.characters, first(b.characters))},
    "a pair that is lost": lambda b: {"paired": flipped(b.paired, first(b.paired))},
    "two units": lambda b: {"unit_ids": np.append(b.unit_ids[1::-1], b.unit_ids[2:])},
    "a unit": lambda b: {"units": [unit.replace("gis", "gjs") for unit in b.units]},
    "a word": lambda b: {
        "words": dataclasses.replace(b.words, terms=[f"{t}们" for t in b.words.terms])
    },
    "the text of a word": lambda b: {
        "words": dataclasses.replace(b.words, texts=np.where(b.words.texts == 1, 0, b.words.texts))
    },
    "a word once more": lambda b: {
        "words": dataclasses.replace(
            b.words,
            ids=np.append(b.words.ids, b.words.ids[-1:]),
            texts=np.append(b.words.texts, b.words.texts[-1:]),
        )
    },
    "a length": lambda b: {"word_counts": flipped(b.word_counts, 1)},
    "a map": lambda b: {"foldings": [b.foldings[0], b.foldings[1] + b"x", *b.foldings[2:]]},
}


@pytest.mark.parametrize("change", ANALYSED.values(), ids=ANALYSED)
def test_each_change_of_what_a_document_is_indexed_by_changes_its_digest(
    new_home, monkeypatch, change
):
    home = new_home()
    home.commit(ONE)
    before = digests(home)

    def analyzed(documents, _):
        batch = analyze_batch(documents)
        return dataclasses.replace(batch, **change(batch))

    monkeypatch.setattr(batching, "analyze_batch", analyzed)
    home = new_home()
    home.commit(ONE)
    assert digests(home) != before


def test_the_ids_come_in_the_order_of_the_documents(home):
    home.commit(article("b"), article("a"))
    home.commit(article("ü"), deleted=["b"])
    assert home.engine.reader().ids() == ["a", "ü"]


def test_strings_that_are_parted_otherwise_are_others(new_home):
    found = set()
    for author, date, metadata in (
        *(("a", "b", {}), ("ab", "", {}), ("", "ab", {})),
        ("a", "", {"b": ""}),
    ):
        home = new_home()
        home.commit(article("a", author=author, date=date, metadata=metadata))
        found.add(json.dumps([one.hex() for one in digests(home).values()]))
    assert len(found) == 4
