"""`search QUERY`: what is printed, byte for byte, and how it ends."""

import io
import json
import sys
from pathlib import Path

import pytest
from archive_writing import write
from cli_cases import CHAIN, STATION, run, shell

from search import Archive
from search.cli import main

CHAIN_TITLE = "近期長三角生態(tài)綠色一體化示范區(qū)建設(shè)有哪些新進(jìn)展?"
STATION_TITLE = "招商不“内卷” 携手共“引凤”"


@pytest.mark.usefixtures("here")
class TestAnswers:
    def test_a_hit_is_a_line_of_score_id_source_and_title(self, command):
        ran = command("长三角")
        rows = [line.split("\t") for line in ran.out.splitlines()]
        scores = [f"{hit.score:.4f}" for hit in Archive.open("index").search("长三角").hits]
        assert rows == [
            [scores[0], f"seeds/{CHAIN}", f"seeds/{CHAIN}", CHAIN_TITLE],
            [scores[1], f"seeds/{STATION}", f"seeds/{STATION}", STATION_TITLE],
        ]
        assert ran.out.endswith("\n")
        assert (ran.code, ran.err) == (0, "")

    def test_the_source_is_shown_as_a_path_from_the_current_folder(
        self, command, here, monkeypatch
    ):
        monkeypatch.chdir(here / "seeds")
        assert command("-l", "GIS", "--index", "../index").out == f"{STATION}\n"
        monkeypatch.chdir("/")
        assert command("-l", "GIS", "--index", str(here / "index")).out == (
            f"{str(here)[1:]}/seeds/{STATION}\n"
        )

    def test_nothing_found_prints_nothing_and_ends_with_one(self, command):
        assert command("没有这回事") == (1, "", "")

    def test_where_no_article_has_all_the_words_those_with_most_are_printed_and_a_note(
        self, command
    ):
        ran = command("GIS", "154亿元")
        assert ran.code == 0
        assert {line.split("\t")[1] for line in ran.out.splitlines()} == {
            f"seeds/{STATION}",
            f"seeds/{CHAIN}",
        }
        assert ran.err == (
            "search: note: no article has all the words, but these have most; 'gis' is in the way, "
            "without it 1 article\n"
        )
        assert command("GIS", "154亿元", "--no-relax") == (1, "", "")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            (["产业"], [CHAIN, STATION]),
            (["產業"], [CHAIN, STATION]),
            (['"产业"'], [CHAIN, STATION]),
            (["“产业链”"], [CHAIN, STATION]),
            (["「产业链」"], [CHAIN, STATION]),
            (["示范區"], [CHAIN, STATION]),
            (["港"], [CHAIN, STATION]),
            (["业链"], [CHAIN, STATION]),
            (["GIS"], [STATION]),
            (["bim+gis"], [STATION]),
            (["５Ｇ"], [STATION]),
            (["154亿元"], [CHAIN]),
            (["chǎn"], []),
            (["ch"], []),
            (['"联合招商活动"'], [STATION]),
            (['"延伸带动"'], [STATION]),
            (['"未来绿色交通"'], [STATION]),
            (['"毛丽君各美"'], []),
            (['"合力发展如何"'], []),
            (["长三角", "-上海"], []),
            (["长三角", '-"联合招商活动"'], [CHAIN]),
            (["长三角", "－GIS"], [CHAIN]),
            (["--", "长三角", "-GIS"], [CHAIN]),
            (["--", "-GIS"], [CHAIN]),
            (["-产业"], []),
            (["GIS", "OR", "154亿元"], [CHAIN, STATION]),
            (["GIS", "154亿元", "--any"], [CHAIN, STATION]),
            (["招商", "--field", "title"], [STATION]),
            (["长三角", "--field", "title", "--field", "body"], [CHAIN, STATION]),
            (["长三角", "--since", "2024"], []),
            (["长三角", "--until", "2024-06-28"], []),
            (["长三角", "--limit", "0"], []),
            (["长三角", "--limit=1"], [CHAIN]),
            (["长三角", "--limit", "10000", "--offset", "1"], [STATION]),
            (["长三角", "--sort", "newest"], [CHAIN, STATION]),
            (["长三角", "--sort", "oldest", "--limit", "1"], [CHAIN]),
        ],
    )
    def test_a_query_finds(self, command, query, found):
        ran = command("query", "-l", *query)
        assert set(ran.out.splitlines()) == {f"seeds/{name}" for name in found}
        assert ran.err == ""
        if "--limit" not in " ".join(query):
            assert ran.code == (0 if found else 1)

    def test_either_script_finds_the_same_in_the_same_order(self, command):
        assert command("示范区").out == command("示範區").out != ""

    def test_a_page_beyond_the_last_is_empty_but_found(self, command):
        assert command("长三角", "--offset", "2") == (0, "", "")

    @pytest.mark.parametrize("flags", [["-c"], ["--count"]])
    def test_count_prints_how_many_match_in_all(self, command, flags):
        assert command("长三角", "--limit", "1", *flags) == (0, "2\n", "")
        assert command("没有这回事", *flags) == (1, "0\n", "")

    def test_count_as_json_is_the_summary_alone(self, command):
        for query, code, total in (("长三角", 0, 2), ("没有这回事", 1, 0)):
            ran = command("--json", "-c", query)
            assert (ran.code, ran.err, ran.out.count("\n")) == (code, "", 1)
            summary = json.loads(ran.out)
            assert (summary["type"], summary["total"]) == ("summary", total)

    def test_lines_can_end_with_nul(self, command):
        paths = f"seeds/{CHAIN}\0seeds/{STATION}\0"
        assert command("-l", "-0", "长三角").out == paths
        assert command("-l0", "长三角").out == paths
        assert command("-c", "-0", "长三角").out == "2\0"
        assert command("-0", "长三角").out.count("\0") == 2
        assert "\n" not in command("-0", "--explain", "长三角").out

    def test_quiet_prints_nothing_and_answers_by_its_code(self, command):
        assert command("-q", "长三角") == (0, "", "")
        assert command("-q", "没有这回事") == (1, "", "")
        assert command("--quiet", "--json", '"长三角') == (0, "", "")

    def test_explain_says_what_scored(self, command):
        hit, *parts = command("--explain", "GIS").out.splitlines()
        assert [part.split("\t")[2:] for part in parts] == [
            ["word gis", "title 0 body 1"],
        ]
        assert sum(float(part.split("\t")[1]) for part in parts) == pytest.approx(
            float(hit.split("\t")[0]), abs=2e-4
        )


@pytest.mark.usefixtures("here")
class TestFirstWords:
    @pytest.mark.parametrize("word", ["index", "serve", "status", "show", "analyze", "query"])
    def test_a_word_that_is_a_command_can_be_searched(self, command, word):
        assert command("--", word) == (1, "", "")
        assert command("query", word) == (1, "", "")

    def test_options_may_come_before_the_query(self, command):
        assert command("--limit", "1", "-c", "长三角").out == "2\n"

    def test_a_query_begins_with_a_minus(self, command):
        assert command("-l", "-GIS OR 长三角").code == 2
        assert command("--", "-上海").out == ""
        assert command("-上海").code == 1

    def test_without_anything_help_is_shown(self, command):
        ran = command()
        assert ran.code == 0
        assert ran.out.startswith("Usage: search [OPTIONS] [COMMAND] [ARGS]...\n")

    def test_the_version_is_told(self, command):
        assert command("--version").out.startswith("search, version ")


class TestJson:
    @pytest.mark.parametrize(
        "query", ["长三角", "产业链", '"延伸带动"', "５Ｇ", "的", "示范区 算力", "招商", "-没有"]
    )
    def test_every_span_is_a_slice_of_the_file(self, command, here, query):
        summary, *hits = objects(command("--json", query).out)
        assert summary["total"] == len(hits) > 0
        marked = []
        for hit in hits:
            raw = (here / hit["source"]).read_bytes().decode("utf-8-sig")
            assert Path(hit["path"]).read_bytes().decode("utf-8-sig") == raw
            for snippet in hit["snippets"]:
                start, text = snippet["start"], snippet["text"]
                assert raw[start : start + len(text)] == text
                assert all(0 <= s < e <= len(text) for s, e in snippet["spans"])
                marked += [text[s:e] for s, e in snippet["spans"]]
            marked += [hit["title"][s:e] for s, e in hit["title_spans"]]
        assert set(marked) <= MARKED[query]
        assert bool(marked) == bool(MARKED[query])

    def test_a_summary_and_a_hit_have_the_agreed_form(self, command, here):
        summary, hit = objects(command("--json", "GIS").out)
        assert summary.pop("took_ms") > 0
        assert summary == {
            "type": "summary",
            "version": 1,
            "query": "GIS",
            "total": 1,
            "total_exact": True,
            "relaxed": False,
            "words": [{"text": "gis", "required": True}],
            "expansions": [],
            "notes": [],
        }
        assert hit.pop("score") > 0
        assert hit.pop("reading") == "literal"
        snippets = hit.pop("snippets")
        assert hit == {
            "type": "hit",
            "version": 1,
            "rank": 1,
            "id": f"seeds/{STATION}",
            "title": STATION_TITLE,
            "title_spans": [],
            "author": "毛丽君",
            "date": "",
            "source": f"seeds/{STATION}",
            "path": str(here / "seeds" / STATION),
            "metadata": {"inferred": "author"},
            "copies": [],
        }
        assert all(snippet.keys() == {"text", "start", "spans"} for snippet in snippets)

    @pytest.mark.usefixtures("here")
    def test_the_summary_comes_even_when_nothing_is_found(self, command):
        ran = command("--json", "没有这回事")
        (summary,) = objects(ran.out)
        assert (ran.code, summary["type"], summary["total"]) == (1, "summary", 0)

    @pytest.mark.usefixtures("here")
    def test_required_words_are_told_from_optional_ones(self, command):
        (summary, *_) = objects(command("--json", "产业", "GIS OR 算力").out)
        assert summary["words"] == [
            {"text": "产业", "required": False},
            {"text": "gis", "required": False},
            {"text": "算力", "required": False},
        ]

    @pytest.mark.usefixtures("here")
    def test_ranks_go_on_over_pages(self, command):
        hits = objects(command("--json", "长三角", "--offset", "1").out)[1:]
        assert [hit["rank"] for hit in hits] == [2]

    @pytest.mark.usefixtures("here")
    def test_an_explanation_is_added_when_asked_for(self, command):
        hit = objects(command("--json", "--explain", "GIS").out)[1]
        assert [part["term"] for part in hit["explanation"]] == ["gis"]
        assert sum(part["score"] for part in hit["explanation"]) == pytest.approx(
            hit["score"], abs=1e-5
        )

    def test_what_a_record_carries_is_told(self, command, empty):
        record = {"id": "7", "body": "甲的产业", "date": "2024-06", "author": "毛", "版": "3"}
        write(empty / "all.jsonl", json.dumps(record))
        Archive.build(["all.jsonl"], "index")
        hit = objects(command("--json", "产业").out)[1]
        assert (hit["id"], hit["date"], hit["author"]) == ("7", "2024-06", "毛")
        assert hit["source"] == f"{empty.name}/all.jsonl"
        assert hit["metadata"] == {"版": "3"}
        (snippet,) = hit["snippets"]
        assert [snippet["text"][s:e] for s, e in snippet["spans"]] == ["产业"]


MARKED = {
    "长三角": {"长三角", "長三角"},
    "产业链": {"产业链", "產(chǎn)業(yè)鏈", "产业", "產(chǎn)業(yè)"},
    '"延伸带动"': {"延\n\n伸带动"},
    "５Ｇ": {"5G"},
    "的": {"的"},
    "示范区 算力": {"示范区", "示范區(qū)", "算力", "示範區"},
    "招商": {"招商"},
    "-没有": set(),
}


def objects(out):
    return [json.loads(line) for line in out.splitlines()]


def refused(message, hint):
    return (2, "", f"search: {message}\nhint: {hint}\n")


@pytest.mark.usefixtures("here")
class TestBadInput:
    @pytest.mark.parametrize("query", ["。", "", " ", "“”", "- -", "()", "…… ！？", "OR", "AND"])
    def test_punctuation_alone_is_refused(self, command, query):
        assert command(query) == refused(
            f"nothing to search for in '{query.strip()}'",
            'type at least one character, letter or digit; quotation marks find signs: "★"',
        )

    def test_ten_thousand_characters_are_refused(self, command):
        assert command("长" * 10_000) == refused(
            "cannot search for 10,000 characters: at most 1,000 are allowed",
            "search for the words that matter most",
        )

    def test_a_thousand_characters_are_searched(self, command):
        assert command("-q", "长三角" * 333).code == 0

    @pytest.mark.parametrize("mark", ['"', "“", "「"])
    def test_an_open_quotation_mark_is_searched_with_a_note(self, command, mark):
        ran = command("-c", f"{mark}长三角")
        assert ran == (
            0,
            "2\n",
            f"search: note: the quotation mark {mark} is not closed; it was left out\n",
        )

    @pytest.mark.parametrize("bound", ["--since", "--until"])
    @pytest.mark.parametrize("date", ["2024-6", "yesterday", "2024-02-30", "2024/06", "２０２４"])
    def test_a_bad_date_is_refused(self, command, bound, date):
        assert command("长三角", bound, date) == refused(
            f"cannot read the date '{date}'", "write it as 2024, 2024-06 or 2024-06-28"
        )

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--limit", "x"], "invalid value for '--limit': 'x' is not a valid integer range"),
            (
                ["--limit", "-1"],
                "invalid value for '--limit': -1 is not in the range 0<=x<=10000",
            ),
            (
                ["--offset", "10001"],
                "invalid value for '--offset': 10001 is not in the range 0<=x<=10000",
            ),
            (
                ["--sort", "best"],
                "invalid value for '--sort': 'best' is not one of 'relevance', 'newest', 'oldest'",
            ),
            (["--field", "id"], "invalid value for '--field': 'id' is not one of 'title', 'body'"),
            (
                ["--color", "red"],
                "invalid value for '--color': 'red' is not one of 'auto', 'always', 'never'",
            ),
        ],
    )
    def test_a_bad_value_is_refused(self, command, arguments, message):
        assert command("长三角", *arguments) == refused(message, "run 'search query --help'")

    def test_an_unknown_option_is_refused(self, command):
        ran = command("长三角", "--lmit", "3")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("search: no such option '--lmit'")
        assert ran.err.endswith(
            "hint: run 'search query --help'; before text that begins with a minus put '--'\n"
        )

    def test_text_that_is_not_valid_is_refused(self, command):
        message = "cannot read the query: it is not valid text in this terminal's encoding"
        assert command("\udcff\udcfe") == refused(
            message, "set the terminal, or LANG, to UTF-8 and type it again"
        )


class TestStandardInput:
    @pytest.fixture(autouse=True)
    def _here(self, here):
        pass

    def test_a_query_of_a_dash_is_read_from_it(self, command, monkeypatch):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\ufeff长三角\n".encode())))
        assert command("-c", "-").out == "2\n"

    def test_what_is_not_utf8_is_refused(self, command, monkeypatch):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("长三角".encode("gbk"))))
        assert command("-") == refused(
            "cannot read standard input: not UTF-8 at byte 0",
            "convert it first, e.g. with 'iconv -f GB18030 -t UTF-8'",
        )


class TestMissingIndex:
    def test_it_is_told_and_the_hint_can_be_followed(self, command, empty, built):
        assert command("长三角") == refused(
            "cannot open index 'index': no index there",
            "run 'search index --index index FOLDER' to build one",
        )
        assert list(empty.iterdir()) == []
        assert_hint_works(command, built, "index")

    @pytest.mark.usefixtures("empty")
    def test_a_name_with_spaces_is_quoted_in_the_hint(self, command, built):
        assert command("--index", "my index", "长三角").code == 2
        assert_hint_works(command, built, "my index")


def assert_hint_works(command, built, index):
    hint = command("--index", index, "长三角").err.splitlines()[1]
    typed = hint.removeprefix("hint: run '").removesuffix("' to build one")
    ran = shell(typed.replace("FOLDER", str(built / "seeds")))
    assert (ran.returncode, ran.stdout[:7]) == (0, "2 added")
    assert command("--index", index, "-c", "长三角").out == "2\n"


@pytest.mark.usefixtures("here")
class TestProcess:
    """What only a process of its own can show."""

    def test_output_and_codes_are_those_of_the_function(self):
        ran = run("-l", "长三角")
        assert ran.returncode == 0
        assert ran.stdout.decode() == f"seeds/{CHAIN}\nseeds/{STATION}\n"
        assert ran.stderr == b""
        assert run("没有这回事").returncode == 1
        assert run("--sort", "x").returncode == 2

    @pytest.mark.parametrize("variable", ["LANG", "LC_ALL"])
    def test_a_query_typed_in_gbk_is_read_by_the_locale(self, variable):
        ran = run("-c", "长三角".encode("gbk"), **{variable: "zh_CN.GBK"})
        assert (ran.returncode, ran.stdout) == (0, b"2\n")

    def test_a_query_in_no_known_encoding_is_refused(self):
        ran = run("-c", b"\xff\xff")
        assert ran.returncode == 2
        assert ran.stderr.startswith(b"search: cannot read the query: ")

    @pytest.mark.parametrize("encoding", ["gbk", "latin-1"])
    def test_a_terminal_of_few_characters_gets_what_it_can_show(self, encoding):
        ran = run("示范区", "--color", "always", PYTHONIOENCODING=encoding)
        assert (ran.returncode, b"Traceback" in ran.stderr) == (0, False)
        shown = ran.stdout.decode(encoding)
        assert ("示范區" in shown) == (encoding == "gbk")
        assert "?" in shown

    @pytest.mark.parametrize("form", ["", "--color=always"])
    def test_a_closed_pipe_ends_quietly(self, form):
        ran = shell(f"(sleep 0; search {form} 长三角; echo $? >&2) | exec 1>&- 0<&-")
        assert ran.stderr == "0\n"

    def test_only_the_first_byte_may_be_read(self):
        ran = shell("set -o pipefail; search --json 产业 | head -c1")
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "{", "")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
    def test_a_full_disk_is_told(self):
        ran = shell("search 长三角 > /dev/full")
        assert (ran.returncode, ran.stderr) == (
            2,
            "search: cannot write the output: no space left on device\n"
            "hint: make room where it goes, or send it elsewhere\n",
        )

    def test_ctrl_c_ends_at_once(self, monkeypatch, capsys):
        def interrupt(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr(Archive, "search", interrupt)
        assert main(["长三角"]) == 130
        assert "Traceback" not in capsys.readouterr().err

    def test_a_query_loads_no_more_than_it_needs(self):
        heavy = [
            "flask",
            "web",
            "jieba",
            "pypinyin",
            "rich",
            "opencc",
            "search.reading",
            "filelock",
        ]
        script = (
            "import sys; from search.cli import main; main(['-q', '長三角 5G']);"
            f"print([name for name in {heavy} if name in sys.modules])"
        )
        ran = shell(f'{sys.executable} -c "{script}"')
        assert (ran.stdout, ran.stderr) == ("[]\n", "")
