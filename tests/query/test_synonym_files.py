"""The user's file of synonyms."""

import os

import pytest

from search.errors import SettingError
from search.query.synonyms import SynonymFile, read_synonyms

TEXT = """\
# 注释
軟件，程序、APP   # 三个
电脑 计算机
k8s => kubernetes
多模態 模型, 大模型

酒店 => 宾馆, 饭店
"""


def test_groups_stand_for_one_another_and_arrows_go_one_way():
    assert read_synonyms(TEXT, "s.txt") == {
        "软件": ("程序", "app"),
        "程序": ("软件", "app"),
        "app": ("软件", "程序"),
        "电脑": ("计算机",),
        "计算机": ("电脑",),
        "k8s": ("kubernetes",),
        "多模态 模型": ("大模型",),
        "大模型": ("多模态 模型",),
        "酒店": ("宾馆", "饭店"),
    }


def test_a_word_in_two_groups_has_the_synonyms_of_both():
    assert read_synonyms("a b\na c", "s.txt")["a"] == ("b", "c")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("软件", "'软件' is one word alone"),
        ("a =>", "'=>' does not stand once, between words"),
        ("a => b => c", "'=>' does not stand once, between words"),
    ],
)
def test_a_line_that_says_nothing_is_named(line, fault):
    with pytest.raises(SettingError) as caught:
        read_synonyms(f"# one\na b\n{line}\n", "s.txt")
    assert str(caught.value) == f"cannot use synonyms 's.txt': line 3: {fault}"
    assert caught.value.hint == (
        "mend line 3: 'a, b' for words that stand for one another, 'a => b' for one way"
    )


def test_a_changed_file_is_read_again_and_a_lost_one_holds_none(tmp_path):
    path = tmp_path / "synonyms.txt"
    file = SynonymFile(path)
    assert file.synonyms() == {}
    path.write_text("a b", "utf-8")
    first = file.synonyms()
    assert first == {"a": ("b",), "b": ("a",)}
    assert file.synonyms() is first
    path.write_text("c d", "utf-8")
    os.utime(path, ns=(1, 1))
    assert set(file.synonyms()) == {"c", "d"}
    path.unlink()
    assert file.synonyms() == {}


def test_a_file_of_other_bytes_is_an_error(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_bytes("软件 程序".encode("gbk"))
    with pytest.raises(SettingError, match=r"cannot read synonyms '.*': it is not UTF-8"):
        SynonymFile(path).synonyms()
