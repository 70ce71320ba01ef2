from hypothesis import given
from hypothesis import strategies as st
from reading_cases import read_all, write

from search.document import Document
from search.reading.front_matter import front_matter

COMMENTS = """\
[#]: subject: "Monica: An Open-Source App"
[#]: via: "https://example.com/2022/11/monica/"
[#]: author: "Ankush Das https://example.com/author/ankush/"
[#]: translator: "geekpi"
[#]: url: "https://example.cn/article-15346-1.html"

Monica：人际关系管理的开源应用
======

正文。
"""


def read(tmp_path, text: str, name: str = "a.md") -> Document:
    (document,) = read_all(write(tmp_path / "notes" / name, text))
    assert isinstance(document, Document)
    assert document.body == text
    return document


def test_yaml_gives_title_author_and_date(tmp_path):
    document = read(
        tmp_path,
        "---\ntitle: '招商：引凤'\nauthor: 毛丽君\ndate: 2024-06-28 10:20:30 +0800\n"
        "tags: [青浦, 吴江]\ndraft: false\n---\n\n# 别的\n",
    )
    assert (document.title, document.author, document.date) == (
        "招商：引凤",
        "毛丽君",
        "2024-06-28",
    )
    assert document.metadata == {"tags": "青浦、吴江", "draft": "false"}


def test_authors_may_be_many_or_described(tmp_path):
    text = "---\nauthors:\n  - name: 毛丽君\n    email: m@example.com\n  - 徐程\n---\n正文"
    assert read(tmp_path, text).author == "毛丽君、徐程"


def test_a_title_with_a_colon_is_no_yaml_and_still_read(tmp_path):
    document = read(tmp_path, "---\ntitle: Vue: 入门\ndate: 2024/6/28\n---\n正文")
    assert (document.title, document.date) == ("Vue: 入门", "2024-06-28")


def test_toml_is_read(tmp_path):
    document = read(
        tmp_path, '+++\ntitle = "招商"\ndate = 2024-06-28T10:20:30+08:00\nweight = 3\n+++\n正文'
    )
    assert (document.title, document.date) == ("招商", "2024-06-28")
    assert document.metadata == {"weight": "3"}


def test_comments_at_the_head_name_all_but_the_title(tmp_path):
    document = read(tmp_path, COMMENTS)
    assert document.title == "Monica：人际关系管理的开源应用"
    assert (document.author, document.date) == ("Ankush Das", "2022-11")
    assert document.metadata == {
        "subject": "Monica: An Open-Source App",
        "via": "https://example.com/2022/11/monica/",
        "author_url": "https://example.com/author/ankush/",
        "translator": "geekpi",
        "url": "https://example.cn/article-15346-1.html",
        "inferred": "date",
    }


def test_a_files_name_that_says_more_than_the_address_is_trusted(tmp_path):
    assert read(tmp_path, COMMENTS, "06942-20221108.3_Monica.md").date == "2022-11-08"
    assert read(tmp_path, COMMENTS, "06942-20231108.3_Monica.md").date == "2022-11"


def test_what_translators_sign_at_the_end_is_read(tmp_path):
    document = read(
        tmp_path,
        "如何添加用户\n======\n\n正文。\n\n-----\n\nvia: https://example.com/a\n\n"
        "作者：[Arun Pyasi][a] 译者：[geekpi](https://example.com/geekpi) 校对：[wxy][]\n\n"
        "本文由 LCTT 原创编译\n\n[a]: https://example.com/arun\n",
    )
    assert (document.title, document.author) == ("如何添加用户", "Arun Pyasi")
    assert document.metadata == {
        "author_url": "https://example.com/arun",
        "via": "https://example.com/a",
        "translator": "geekpi",
        "reviewer": "wxy",
    }


def test_a_date_that_is_none_stays_in_the_metadata(tmp_path):
    document = read(tmp_path, "---\ntitle: 招商\ndate: 昨天\n---\n正文")
    assert (document.date, document.metadata) == ("", {"date": "昨天"})


def test_a_rule_across_the_page_is_no_front_matter():
    text = "---\n\n第一段，讲的是招商。\n\n---\n\n第二段"
    assert front_matter(text) == ({}, 0)


def test_values_that_are_no_text_are_left_out():
    assert front_matter("---\ntitle:\nmenu: {main: 1}\nfree: yes\n---\n")[0] == {"free": "yes"}


@given(st.text(), st.sampled_from(["---\n", "+++\n", "[#]: author: "]))
def test_no_head_makes_reading_fail(text, fence):
    whole = f"{fence}{text}\n{fence}正文"
    values, start = front_matter(whole)
    assert 0 <= start <= len(whole)
    assert all(values.values())


def test_what_would_grow_without_end_does_not():
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{name}: &{name} [{', '.join(['*' + before] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    values, _ = front_matter("---\n" + "\n".join(lines) + "\n---\n")
    assert values == {"a": "、".join("x" * 9)}
    assert front_matter("---\na: " + "[" * 20_000 + "\n---\n")[0] == {"a": "[" * 20_000}
