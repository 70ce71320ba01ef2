"""How well the committed judged set is answered: no figure falls, and what rises is kept."""

import copy
import json

import pytest
from baseline_cases import BASELINE, COMMAND, JUDGED, TOLERANCE, build, changes, kinds, measured

from search.evaluation import read_judged
from search.text import fold


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return build(tmp_path_factory.mktemp("relevance"))


@pytest.fixture(scope="module")
def baseline():
    return json.loads(BASELINE.read_text("utf-8"))


def test_no_figure_drops_and_a_rise_is_kept(archive, baseline):
    dropped, risen = changes(baseline, measured(archive))
    assert not dropped, f"answers got worse by more than {TOLERANCE}:\n" + "\n".join(dropped)
    assert not risen, (
        f"answers got better: run '{COMMAND}' and commit baseline.json with the change\n"
        + "\n".join(risen)
    )


@pytest.mark.parametrize(("by", "lists"), [(-0.006, (1, 0)), (0.006, (0, 1)), (-0.004, (0, 0))])
def test_one_figure_moved_past_the_tolerance_is_told_apart(baseline, by, lists):
    moved = copy.deepcopy(baseline)
    moved["any word"]["questions"]["mrr_10"] += by
    dropped, risen = changes(baseline, moved)
    assert (len(dropped), len(risen)) == lists
    for line in dropped + risen:
        assert line.startswith("any word, questions, mrr_10: ")


def test_a_figure_that_is_not_measured_any_more_fails(baseline):
    less = copy.deepcopy(baseline)
    del less["any word"]["phrases"]["ndcg_10"]
    assert changes(baseline, less) == (
        ["any word, phrases, ndcg_10: only in baseline.json"],
        [],
    )
    assert changes(less, baseline) == (["any word, phrases, ndcg_10: only in this run"], [])


def test_answers_in_the_wrong_order_drop_below_the_baseline(archive, baseline, monkeypatch):
    search = archive.search

    def worst_first(query, **options):
        results = search(query, **options)
        results.hits = results.hits[::-1]
        return results

    monkeypatch.setattr(archive, "search", worst_first)
    dropped, risen = changes(baseline, measured(archive))
    assert "any word, all, mrr_10" in {line.partition(":")[0] for line in dropped}
    assert risen == []


def test_every_judged_article_is_in_the_archive(archive):
    judged = read_judged([JUDGED])
    assert list(judged.left_out) == []
    assert archive.missing(judged.articles) == []


def test_there_are_enough_queries_of_each_kind():
    sizes = {kind: len(qids) for kind, qids in kinds().items()}
    assert sizes.pop("all") == sum(sizes.values()) >= 60
    assert min(sizes.values()) >= 14
    assert set(sizes) == {"keywords", "questions", "phrases"}


def test_queries_of_either_script_are_among_them():
    texts = [judged.query for judged in read_judged([JUDGED]).queries]
    traditional = [text for text in texts if fold(text).text != text.lower()]
    assert 15 <= len(traditional) <= len(texts) - 15
