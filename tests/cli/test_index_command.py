"""`search index` and `search status`: reports, notes, failures and settings."""

import json
import re
import sys

import pytest
from archive_writing import write
from cli_cases import shell

from search import Archive


@pytest.fixture
def news(empty):
    write(empty / "news/a.txt", "第一篇\n长三角的产业。")
    return empty / "news"


def first_line(out):
    """Return what `index` says without how long it took."""
    return re.sub(r"\(\d+\.\d s\)", "(… s)", out)


def test_a_build_and_updates_say_what_they_did(command, news):
    assert first_line(command("index", "news").out) == (
        "1 added, 0 changed, 0 unchanged, 0 removed (… s)\n"
    )
    write(news / "b.txt", "第二篇")
    write(news / "a.txt", "第一篇改了")
    assert first_line(command("index").out) == (
        "1 added, 1 changed, 0 unchanged, 0 removed (… s)\n"
    )
    (news / "a.txt").unlink()
    ran = command("index", "news/")
    assert first_line(ran.out) == "0 added, 0 changed, 1 unchanged, 1 removed (… s)\n"
    assert (ran.code, ran.err) == (0, "")


def test_one_article_added_to_the_seeds_leaves_two_unchanged(command, empty, built):
    for path in (built / "seeds").iterdir():
        write(empty / "seeds" / path.name, path.read_bytes())
    assert command("index").out.startswith("2 added, 0 changed, 0 unchanged, 0 removed")
    write(empty / "seeds/new.txt", "新的一篇")
    assert command("index").out.startswith("1 added, 0 changed, 2 unchanged, 0 removed")
    assert command("-l", "新的一篇").out == "seeds/new.txt\n"


def test_the_report_as_json(command, news):
    write(news / "b.txt", b"\0\1\2")
    write(news / "c.xls", "x")
    write(news / "d.txt", "電話?shù)號")
    ran = command("index", "--json", "news")
    report, *items = map(json.loads, ran.out.splitlines())
    assert report == {
        "type": "report",
        "version": 1,
        "added": 2,
        "changed": 0,
        "unchanged": 0,
        "removed": 0,
        "recut": 0,
        "failed": [
            {
                "source": "news/b.txt",
                "code": "unreadable",
                "message": "cannot read 'news/b.txt': binary file",
                "hint": "move it elsewhere or give it the suffix of its kind",
                "count": 1,
            }
        ],
        "failed_articles": 1,
        "skipped": {".xls": 1},
        "notes": [],
        "damage": [
            {
                "id": "news/d.txt",
                "line": 1,
                "text": "?shù)",
                "reason": "a gloss whose opening bracket is lost",
                "place": "news/d.txt:1",
            }
        ],
    }
    version = {"version": 1}
    assert items == [
        {"type": "failure", **version, **report["failed"][0]},
        {"type": "damage", **version, **report["damage"][0]},
    ]
    assert (ran.code, ran.err) == (2, "")


def test_what_cannot_be_read_is_told_and_the_rest_is_indexed(command, news):
    write(news / "b.txt", "")
    write(news / "c.txt", b"\0\1\2")
    write(news / "d.txt", "长三角".encode("gb18030"))
    write(news / "f.txt", "长三角".encode()[:-1])
    write(news / "e.odt", "x")
    ran = command("index", "news")
    assert (
        first_line(ran.out)
        == "2 added, 0 changed, 0 unchanged, 0 removed, 3 articles failed (… s)\n"
    )
    assert ran.err == (
        "search: note: files of kinds that are not read: .odt 1\n"
        "search: cannot read 'news/b.txt': empty file\n"
        "hint: fill it or remove it, and index again\n"
        "search: cannot read 'news/c.txt': binary file\n"
        "hint: move it elsewhere or give it the suffix of its kind\n"
        "search: cannot read 'news/f.txt': not UTF-8, UTF-16, GB18030 or Big5 throughout: most "
        "like UTF-8, but byte 0xe8 at offset 6\n"
        "hint: set its encoding under [reading.encodings] in search.toml if it is another, or drop "
        "what is broken with 'iconv -c -f UTF-8 -t UTF-8 OLD > NEW', and index again\n"
    )
    assert ran.code == 2
    assert command("-c", "长三角").out == "2\n"


def test_damage_of_one_kind_in_an_article_is_one_note(command, news):
    write(news / "b.txt", "电\x08话，\x08产业。\n\x10链\ufffd。")
    ran = command("index", "news")
    assert ran.err == (
        "search: note: news/b.txt:1: '\\x08' is a control character (and in 2 more places)\n"
        "search: note: news/b.txt:2: '\ufffd' is a character that was lost before\n"
    )
    told = command("doctor", "news").out
    assert "damaged: 2\n" in told
    assert "news/b.txt:1: '\\x08' is a control character (and in 2 more places)\n" in told


def test_a_hundred_failures_do_not_flood_the_terminal_but_a_pipe_gets_all(
    command, news, monkeypatch
):
    for n in range(100):
        write(news / f"x{n:03}.txt", "")
    err = command("index", "news").err
    assert err.count("empty file") == 100
    assert "more" not in err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    err = command("index", "news").err
    assert err.count("empty file") == 20
    assert err.endswith("search: and 80 more; '--json' names them all\n")
    ran = command("index", "--json", "news")
    assert (ran.out.count('"type": "failure"'), ran.err) == (100, "")


def test_a_file_that_may_not_be_read_is_told(command, news, monkeypatch):
    write(news / "b.txt", "第二篇")
    read_bytes = type(news).read_bytes

    def refuse(path):
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(type(news), "read_bytes", refuse)
    ran = command("index", "news")
    assert ran.code == 2
    assert ran.err == (
        "search: cannot read 'news/b.txt': permission denied\n"
        "hint: let yourself read it with 'chmod u+rX', and index again\n"
    )


def test_quiet_prints_errors_only(command, news):
    assert command("index", "-q", "news") == (0, "", "")
    write(news / "b.txt", "")
    ran = command("index", "--quiet")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("search: cannot read 'news/b.txt': empty file\n")


def test_a_missing_folder_is_told(command, empty):
    ran = command("index", "nowhere")
    assert ran == (
        2,
        "",
        f"search: cannot read source '{empty}/nowhere': no such file or folder\n"
        "hint: check the path\n",
    )


def test_a_source_that_has_gone_is_told_with_what_forgets_it(command, news):
    command("index", "--index", "my index", "news")
    (news / "a.txt").unlink()
    news.rmdir()
    ran = command("index", "--index", "my index")
    assert (ran.code, ran.out) == (2, "")
    typed = ran.err.splitlines()[1].removeprefix("hint: bring it back, or run '")
    assert shell(typed.partition("' to take")[0]).returncode == 0
    assert command("index", "--index", "my index").code == 0


def test_a_file_of_no_known_kind_is_told_once_and_not_remembered(command, news):
    command("index", "news")
    write(news.parent / "foo.xls", "%PDF")
    assert command("index", "foo.xls").code == 2
    assert command("index").code == 0
    assert json.loads(command("status", "--json").out)["sources"] == [str(news)]


def test_an_empty_folder_is_told(command, empty):
    (empty / "news").mkdir()
    ran = command("index", "news")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(
        f"search: cannot index '{empty}/news': no file of a kind that is read in it\n"
    )


def test_nothing_readable_is_told_file_by_file(command, empty):
    write(empty / "news/a.txt", "")
    ran = command("index", "news")
    assert ran == (
        2,
        "",
        "search: cannot read 'news/a.txt': empty file\n"
        "hint: fill it or remove it, and index again\n"
        "search: cannot build an index: not one article could be read\n"
        "hint: mend the files named above, or name another folder\n",
    )


def test_without_a_path_the_seeds_are_read(command, empty):
    write(empty / "seeds/a.txt", "种子")
    assert command("index").code == 0
    assert command("-l", "种子").out == "seeds/a.txt\n"


def test_sources_of_the_settings_are_read_first(command, news):
    write(news.parent / "search.toml", 'sources = ["news"]\nindex = "里"\n')
    assert command("index").code == 0
    assert command("-c", "长三角").out == "1\n"
    assert (news.parent / "里/CURRENT").exists()


def test_a_source_is_forgotten(command, news):
    command("index", "news")
    assert first_line(command("index", "--forget", "news").out) == (
        "0 added, 0 changed, 0 unchanged, 1 removed (… s)\n"
    )
    assert command("-c", "长三角") == (1, "0\n", "")
    ran = command("index", "--forget", "news")
    assert ran.code == 2
    assert ran.err == (
        f"search: cannot forget '{news}': it is no source of this archive\n"
        "hint: run 'search status' to see the sources\n"
    )


@pytest.mark.parametrize("other", ["news", "--rebuild"])
def test_forgetting_and_something_else_at_once_is_a_usage_error(command, news, other):
    command("index", "news")
    ran = command("index", "--forget", "news", other)
    assert (ran.code, ran.out) == (2, "")
    assert "--forget stands alone" in ran.err
    assert json.loads(command("status", "--json").out)["sources"] == [str(news)]


@pytest.mark.usefixtures("news")
def test_an_index_of_too_long_a_name_is_told_for_what_it_is(command):
    name = "x" * 300
    for asked in (["news"], ["--rebuild", "news"], []):
        ran = command("index", "--index", name, *asked)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"search: cannot write to index '{name}': file name too long\n")


@pytest.mark.parametrize("paths", [["news"], []])
def test_a_rebuild_that_cannot_tell_its_sources_says_what_it_was_built_from(command, news, paths):
    write(news.parent / "seeds/s.txt", "种子")
    command("index", "news")
    (news.parent / "index/CURRENT").unlink()
    note = (
        "the sources cannot be told (cannot open index 'index': CURRENT is missing); "
        f"its meta names '{news}'"
    )
    ran = command("index", "--rebuild", *paths)
    assert (ran.code, ran.err) == (0, f"search: note: {note}\n")
    (news.parent / "index/CURRENT").unlink()
    ran = command("index", "--rebuild", "--json", *paths)
    report, *items = map(json.loads, ran.out.splitlines())
    assert (report["notes"], ran.err) == ([note], "")
    assert items == [{"type": "note", "version": 1, "text": note}]


def test_an_index_that_has_lost_all_but_articles_is_healed_by_the_sources_of_the_settings(
    command, news
):
    write(news.parent / "search.toml", 'sources = ["news"]\n')
    command("index")
    for path in (news.parent / "index").glob("gen-*/*.*"):
        if path.suffix != ".xwp":
            path.unlink()
    ran = command("长三角")
    assert ran.code == 2
    assert "run 'search index --index index --heal' to mend it" in ran.err
    ran = command("index", "--heal")
    assert ran.code == 0
    assert "search.toml names 'news'" in ran.err
    assert "what was damaged lies in 'index/damaged-gen-000001'; remove it at will" in ran.err
    assert command("-c", "长三角").out == "1\n"


def test_current_that_is_lost_is_written_again_without_a_build(command, news):
    command("index", "news")
    (news.parent / "index/CURRENT").unlink()
    assert command("长三角").code == 2
    ran = command("index", "--heal")
    assert ran.code == 0
    assert ran.err == "search: note: CURRENT was damaged: 'gen-000001' answers again\n"
    assert command("-c", "长三角").out == "1\n"
    assert command("index", "--heal").err == "search: note: there is nothing to mend\n"


def test_forgetting_in_no_index_makes_none(command, empty):
    assert command("index", "--forget", "news", "--index", "typo").code == 2
    assert list(empty.iterdir()) == []


@pytest.mark.usefixtures("news")
def test_a_rebuild_makes_another_generation(command):
    command("index", "news")
    before = json.loads(command("status", "--json").out)["generation"]
    assert first_line(command("index", "--rebuild").out) == (
        "1 added, 0 changed, 0 unchanged, 0 removed (… s)\n"
    )
    assert json.loads(command("status", "--json").out)["generation"] > before


@pytest.mark.parametrize("damaged", ["CURRENT", "gen-000001/meta.json"])
def test_a_damaged_index_is_told_and_its_hint_mends_it(command, news, damaged):
    command("index", "news")
    (news.parent / "index" / damaged).write_bytes(b"\xff")
    for asked in (["长三角"], ["index"], ["status"], ["show", "news/a.txt"]):
        ran = command(*asked)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("search: cannot open index 'index': ")
    typed = ran.err.splitlines()[1].removeprefix("hint: run '").partition("' to mend")[0]
    assert shell(typed).returncode == 0
    assert command("-c", "长三角").out == "1\n"


def test_an_index_of_other_rules_is_told_and_its_hint_mends_it(command, news):
    command("index", "news")
    meta = news.parent / "index/gen-000001/meta.json"
    changed = meta.read_text().replace('"jieba": "', '"jieba": "0.')
    meta.write_text(changed.replace('"checksum"', '"changed by hand"'))
    ran = command("长三角")
    assert ran.code == 2
    typed = ran.err.splitlines()[1].removeprefix("hint: run '").partition("' to build")[0]
    assert shell(typed).returncode == 0
    assert command("-c", "长三角").out == "1\n"


def test_ctrl_c_leaves_the_index_as_it_was(command, news, monkeypatch):
    command("index", "news")
    write(news / "b.txt", "第二篇的产业")

    def interrupt(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(type(news), "read_bytes", interrupt)
        assert command("index", "news").code == 130
    assert command("-c", "产业").out == "1\n"
    assert command("index").out.startswith("1 added, 0 changed, 1 unchanged")


@pytest.mark.usefixtures("news")
def test_status_says_what_the_index_holds(command):
    command("index", "news")
    status = Archive.open("index").status()
    parts = ", ".join(f"{name} {value}" for name, value in status.fingerprint.items())
    assert command("status") == (
        0,
        "index       index (gen-000001, whoosh)\n"
        "articles    1, 11 characters\n"
        f"built       {status.built}\n"
        "source      news\n"
        f"built by    {parts}\n",
        "",
    )


def test_status_as_json(command, news):
    command("index", "news")
    status = Archive.open("index").status()
    assert json.loads(command("status", "--json").out) == {
        "type": "status",
        "version": 1,
        "index": "index",
        "generation": "gen-000001",
        "engine": "whoosh",
        "built": status.built,
        "articles": 1,
        "characters": 11,
        "sources": [str(news)],
        "fingerprint": status.fingerprint,
        "dictionary": "",
        "dictionary_words": 0,
        "dictionary_has_changed": False,
        "parts_done": 0,
        "parts": 0,
    }


def test_status_without_an_index_is_told(command, empty):
    assert command("status", "--index", str(empty / "none")).code == 2


@pytest.mark.usefixtures("here")
def test_status_tells_the_digest_of_what_the_index_holds_when_asked(command, built):
    digest = Archive.open(built / "index").digest()
    plain = command("status").out
    assert command("status", "--digest").out == f"{plain}digest      {digest}\n"
    told = json.loads(command("status", "--digest", "--json").out)
    assert told.pop("digest") == digest
    assert told == json.loads(command("status", "--json").out)
