"""However an index came to its dictionary, it is the index that a build with it makes."""

import pytest
from archive_cases import write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Archive

PARTS = "产业,容器,编排,平台,长三角,卡拉,ok,5g,+,new,york,。,让·雷诺,江大桥,〇,中国".split(",")  # noqa: SIM905 - on one line
LINES = [
    "容器编排",
    "容器编排 3 n",
    "容器编排 0",
    "产业 0",
    "长三",
    "卡拉OK",
    "5G+new",
    "New York",
    "平台中国",
    "让·雷诺",
    "〇中",
    "5g 0",
    "器编 1000000",
]


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs") / "docs"
    for at in range(40):
        words = [PARTS[(at * 7 + n * (at % 5 + 1)) % len(PARTS)] for n in range(12)]
        write(folder / f"{at}.txt", ("" if at % 2 else " ").join(words) + "\n\n容器编排" * (at % 3))
    return folder


def built(docs, folder, lines):
    path = write(folder / "built.txt", "\n".join(lines))
    return Archive.build([docs], folder / "built", dictionary=path).digest()


@given(st.lists(st.sets(st.sampled_from(LINES), max_size=4), min_size=1, max_size=4))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
def test_after_any_changes_it_is_what_a_build_with_the_last_makes(docs, tmp_path_factory, changes):
    folder = tmp_path_factory.mktemp("changes")
    path = write(folder / "dictionary.txt", "")
    archive = Archive.build([docs], folder / "index", dictionary=path)
    for lines in changes:
        write(path, "\n".join(sorted(lines)))
        archive.update()
    assert archive.digest() == built(docs, folder, sorted(changes[-1]))
    assert archive.verify(30).is_well


def test_taking_a_word_out_restores_the_digest(docs, tmp_path):
    archive = Archive.build([docs], tmp_path / "index")
    before = archive.digest()
    path = write(tmp_path / "dictionary.txt", "容器编排\n")
    archive.update(dictionary=path)
    assert archive.report.recut
    assert archive.digest() != before
    write(path, "")
    archive.update()
    assert archive.digest() == before
