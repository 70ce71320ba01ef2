"""Every error class: it says what failed and what to do, and unlike any other."""

import inspect
import shlex

import pytest

from search import archive, errors
from search.errors import NothingIndexedError, SearchError

# What each class is made with; a class that is missing here fails the walk below.
MADE_WITH = {
    errors.IndexMissingError: ("报纸",),
    errors.IndexDamagedError: ("报纸", "meta.json cannot be read"),
    errors.IndexWrongError: ("报纸", 2),
    errors.IndexMismatchError: ("报纸", "jieba 1, and jieba 2 is running"),
    errors.IndexLockedError: ("报纸", "process 7"),
    errors.IndexTakenError: ("报纸", "2026-01-01T00:00:00+00:00"),
    errors.IndexUnreadableError: ("too many open files",),
    errors.IndexWriteError: ("报纸", "No space left on device"),
    errors.SourceMissingError: ("/报纸",),
    errors.SourceEmptyError: ("/报纸",),
    errors.SourceLeftOutError: ("/报纸", ["*.md"], []),
    errors.NothingIndexedError: ([],),
    errors.UnreadableArticleError: ("a.txt", "empty file"),
    errors.IdTakenError: ("b.jsonl:3", "1", "'a.jsonl:3'", "rename one"),
    errors.FormatError: ("rtf", "xunwen_rtf:RtfFormat", "it has no 'name'"),
    errors.QueryError: ("nothing to search for in '。'", "type a character"),
    errors.QueryTimeoutError: (3, "的*"),
    errors.SettingError: ("cannot use setting 'port'", "mend the value"),
    errors.OriginalMissingError: ("docs/a.txt", "the file is gone"),
    errors.ArticleMissingError: ("a.txt",),
    errors.UnsupportedError: ("cannot do this", "do that"),
    errors.ClusterUnavailableError: ("xunwen (https://10.0.0.1:9200)", "no node answers"),
    errors.ClusterRefusedError: ("xunwen (https://10.0.0.1:9200)", "the key was not accepted"),
    errors.JudgmentError: ("judged.jsonl", "line 3", "it has no 'qid'", "mend it"),
    errors.ExtraMissingError: ("measure a run", "ir-measures", "eval"),
    errors.ServerError: ("cannot listen on port 80", "name another"),
}


def classes():
    return [
        found
        for _, found in inspect.getmembers(errors, inspect.isclass)
        if issubclass(found, SearchError) and found is not SearchError
    ]


def test_every_class_is_walked():
    assert set(classes()) == MADE_WITH.keys()


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_an_error_says_what_failed_and_what_to_do(kind):
    error = kind(*MADE_WITH[kind])
    for line in (str(error), error.hint):
        assert line, "empty"
        assert "\n" not in line
        assert line[0].islower()
        assert not line.endswith(".")
    assert str(error) != error.hint
    assert kind.__doc__


def test_no_two_errors_read_alike():
    made = [kind(*given) for kind, given in MADE_WITH.items()]
    assert len({str(error) for error in made}) == len(made)
    assert len({error.code for error in made} | {SearchError.code}) == len(made) + 1


def test_every_error_can_be_had_from_the_archive():
    for kind in classes():
        assert getattr(archive, kind.__name__) is kind


def test_the_failures_of_single_files_are_kept():
    failed = [errors.UnreadableArticleError("a.txt", "empty file")]
    assert NothingIndexedError(failed).failed == failed
    assert (failed[0].source, failed[0].cause) == ("a.txt", "empty file")


@pytest.mark.parametrize(
    "kind", [errors.IndexMissingError, errors.IndexDamagedError, errors.IndexMismatchError]
)
def test_a_command_in_a_hint_can_be_copied_whatever_the_name_of_the_index(kind):
    name = "my 'old' $index"
    error = kind(name, *MADE_WITH[kind][1:])
    command = error.hint.removeprefix("run '").partition("' to ")[0]
    assert shlex.split(command)[:4] == ["search", "index", "--index", name]


@pytest.mark.parametrize("kind", [errors.SourceMissingError, errors.SourceEmptyError])
def test_a_command_that_forgets_a_source_can_be_copied(kind):
    hint = kind("/my news", known_to="my index").hint
    assert "run 'search index --index 'my index' --forget '/my news''" in hint


@pytest.mark.parametrize("kind", [errors.SourceMissingError, errors.SourceEmptyError])
def test_nobody_is_told_to_forget_what_no_index_knows(kind):
    hint = kind("/nwes").hint
    assert hint.startswith("check the path")
    assert "--forget" not in hint
