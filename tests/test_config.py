"""Where settings come from, which comes first, and every value that cannot be used."""

import os

import pytest

from search.cli import main
from search.config import Settings, load_settings
from search.errors import SettingError


def toml(folder, text):
    (folder / "search.toml").write_text(text, "utf-8")
    return folder


def test_without_anything_the_defaults_hold(tmp_path):
    assert load_settings(tmp_path, {}) == Settings("index", ("seeds",), "127.0.0.1", 8000, 10)


def test_the_file_comes_before_the_defaults(tmp_path):
    toml(tmp_path, 'index = "报"\nsources = ["a", "b"]\nhost = "0.0.0.0"\nport = 0\nlimit = 3\n')
    assert load_settings(tmp_path, {}) == Settings("报", ("a", "b"), "0.0.0.0", 0, 3)


def test_variables_come_before_the_file(tmp_path):
    toml(tmp_path, 'index = "file"\nlimit = 3\nhost = "file"\n')
    variables = {
        "SEARCH_INDEX": "variable",
        "SEARCH_SOURCES": os.pathsep.join(["a", "", "b c"]),
        "SEARCH_PORT": "9000",
        "SEARCH_LIMIT": "10000",
    }
    assert load_settings(tmp_path, variables) == Settings(
        "variable", ("a", "b c"), "file", 9000, 10_000
    )


def test_an_empty_variable_is_none_at_all(tmp_path):
    toml(tmp_path, "limit = 3\n")
    empty = {f"SEARCH_{name}": "" for name in ("INDEX", "SOURCES", "HOST", "PORT", "LIMIT")}
    assert load_settings(tmp_path, empty) == Settings(limit=3)


def test_other_variables_are_none_of_ours(tmp_path):
    assert load_settings(tmp_path, {"SEARCH_ENGINES": "x", "SEARCH": "y"}) == Settings()


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path):
    toml(tmp_path, "\ufefflimit = 3\n")
    assert load_settings(tmp_path, {}).limit == 3


def test_flags_come_before_variables_and_the_file(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(toml(tmp_path, 'index = "file"\n'))
    monkeypatch.delenv("SEARCH_INDEX", raising=False)
    places = []
    for variable, flags in [(None, []), ("variable", []), ("variable", ["--index", "flag"])]:
        if variable:
            monkeypatch.setenv("SEARCH_INDEX", variable)
        assert main(["长三角", *flags]) == 2
        places.append(capsys.readouterr().err.splitlines()[0])
    assert places == [
        f"search: cannot open index '{place}': no index there"
        for place in ("file", "variable", "flag")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("index = 1", "'index' of search.toml: 1 is not a text"),
        ('index = ""', "'index' of search.toml: '' is empty"),
        ('sources = "seeds"', "'sources' of search.toml: 'seeds' is not a list of texts"),
        ("sources = [1]", "'sources' of search.toml: [1] is not a list of texts"),
        ('sources = [""]', "'sources' of search.toml: [''] is not a list of texts"),
        ("sources = []", "'sources' of search.toml: [] is empty"),
        ("host = true", "'host' of search.toml: true is not a text"),
        ('port = "80"', "'port' of search.toml: '80' is not a whole number"),
        ("port = true", "'port' of search.toml: true is not a whole number"),
        ("port = 65536", "'port' of search.toml: 65536 is not between 0 and 65,535"),
        ("limit = -1", "'limit' of search.toml: -1 is not between 0 and 10,000"),
        ("limit = 10.0", "'limit' of search.toml: 10.0 is not a whole number"),
        ("limit = 10001", "'limit' of search.toml: 10001 is not between 0 and 10,000"),
    ],
)
def test_a_value_of_the_file_that_cannot_be_used_is_named(tmp_path, text, told):
    with pytest.raises(SettingError) as caught:
        load_settings(toml(tmp_path, text), {})
    assert str(caught.value) == f"cannot use setting {told}"
    assert caught.value.hint == "mend the value, or leave it out"


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("SEARCH_PORT", "http", "'port' of SEARCH_PORT: 'http' is not a whole number"),
        ("SEARCH_PORT", "-1", "'port' of SEARCH_PORT: '-1' is not a whole number"),
        ("SEARCH_PORT", "８０", "'port' of SEARCH_PORT: '８０' is not a whole number"),
        ("SEARCH_PORT", "70000", "'port' of SEARCH_PORT: 70000 is not between 0 and 65,535"),
        ("SEARCH_LIMIT", "1e3", "'limit' of SEARCH_LIMIT: '1e3' is not a whole number"),
        ("SEARCH_SOURCES", os.pathsep, "'sources' of SEARCH_SOURCES: [] is empty"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(tmp_path, variable, value, told):
    with pytest.raises(SettingError) as caught:
        load_settings(tmp_path, {variable: value})
    assert str(caught.value) == f"cannot use setting {told}"


def test_a_setting_that_does_not_exist_is_told_which_do(tmp_path):
    with pytest.raises(SettingError) as caught:
        load_settings(toml(tmp_path, "indx = 'a'"), {})
    assert str(caught.value) == (
        "cannot use setting 'indx' of search.toml: there is no such setting"
    )
    names = "index, sources, host, port, limit, engine, hosts"
    tables = "reading, writing, analysis, query, site, cluster"
    assert caught.value.hint == f"use one of: {names}, {tables}"


@pytest.mark.parametrize("content", [b"index = ", b"index = '\xb2\xfa'", b"[index", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "search.toml"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(SettingError) as caught:
        load_settings(tmp_path, {})
    assert str(caught.value).startswith(f"cannot read '{path}': ")
    assert caught.value.hint == "mend the file, or remove it"


def test_a_bad_setting_ends_any_command_with_two(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(toml(tmp_path, "port = 'x'"))
    for command in (["长三角"], ["index"], ["status"], ["serve"], ["show", "a"]):
        assert main(command) == 2
        assert capsys.readouterr() == (
            "",
            "search: cannot use setting 'port' of search.toml: 'x' is not a whole number\n"
            "hint: mend the value, or leave it out\n",
        )


def test_a_table_says_how_files_are_read(tmp_path) -> None:
    (tmp_path / "search.toml").write_text(
        """
        [reading]
        exclude = ["drafts/*"]
        [reading.encodings]
        "old/*.txt" = "big5hkscs"
        [reading.columns]
        body = "content"
        [reading.limits]
        file_mb = 5
        """,
        "utf-8",
    )
    reading = load_settings(tmp_path, {}).reading
    assert not reading.reads("news/drafts/a.txt")
    assert reading.encoding_of("news/old/a.txt") == "big5hkscs"
    assert reading.encoding_of("news/a.txt") == ""
    assert reading.columns == {"body": "content"}
    assert (reading.limits.file_mb, reading.limits.pdf_pages) == (5, 5_000)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("reading = 3", "cannot use setting 'reading' of search.toml: 3 is not a table"),
        (
            "[reading]\nencoding = 'gbk'",
            "cannot use setting 'reading.encoding' of search.toml: there is no such setting",
        ),
        (
            "[reading.encodings]\n'*.txt' = 'gbq'",
            "cannot use setting 'reading.encodings.*.txt' of search.toml: 'gbq' is no encoding of"
            " texts",
        ),
        (
            "[reading.limits]\ndepth = -1",
            "cannot use setting 'reading.limits.depth' of search.toml: -1 is not between 0 and"
            " 1,000,000,000",
        ),
        (
            "[reading]\nrecord_ids = 'line'",
            "cannot use setting 'reading.record_ids' of search.toml: 'line' is none of own, file",
        ),
        (
            "[reading.columns]\nbody = 3",
            "cannot use setting 'reading.columns.body' of search.toml: 3 is not a text",
        ),
        (
            "[reading.columns]\ntitel = 'T'",
            "cannot use setting 'reading.columns.titel' of search.toml: there is no such setting",
        ),
        (
            "[reading.columns]\nbody = ' '",
            "cannot use setting 'reading.columns.body' of search.toml: ' ' is empty",
        ),
        (
            "[reading.limits]\nfile_mb = 0",
            "cannot use setting 'reading.limits.file_mb' of search.toml: 0 is not between 1 and"
            " 1,000,000,000",
        ),
        (
            "[reading.limits]\nfile_mb = 2024-06-28",
            "cannot use setting 'reading.limits.file_mb' of search.toml: 2024-06-28 is not a whole"
            " number",
        ),
        (
            "reading = [{ a = true }]",
            "cannot use setting 'reading' of search.toml: [{ a = true }] is not a table",
        ),
    ],
)
def test_a_table_that_cannot_be_used_is_named(tmp_path, written, fault) -> None:
    (tmp_path / "search.toml").write_text(written, "utf-8")
    with pytest.raises(SettingError) as caught:
        load_settings(tmp_path, {})
    assert str(caught.value) == fault


@pytest.mark.parametrize(
    "name", ["hex", "rot13", "base64", "zip", "idna", "punycode", "unicode_escape", "undefined"]
)
def test_what_turns_no_bytes_of_a_file_into_text_is_no_encoding(tmp_path, name) -> None:
    toml(tmp_path, f"[reading.encodings]\n'*.txt' = '{name}'")
    with pytest.raises(SettingError) as caught:
        load_settings(tmp_path, {})
    assert str(caught.value) == (
        f"cannot use setting 'reading.encodings.*.txt' of search.toml: '{name}' is no encoding of"
        " texts"
    )
    assert caught.value.hint == (
        "use one such as gb18030, big5hkscs, utf-8, utf-16, shift_jis or windows-1252"
    )


@pytest.mark.parametrize(
    "name", ["GBK", "utf-16", "UTF-32LE", "big5hkscs", "windows-1252", "shift_jis", "utf_8_sig"]
)
def test_encodings_that_files_are_in_can_be_set(tmp_path, name) -> None:
    toml(tmp_path, f"[reading.encodings]\n'*.txt' = '{name}'")
    assert load_settings(tmp_path, {}).reading.encoding_of("a.txt") == name


def test_a_column_that_does_not_exist_is_told_which_do(tmp_path) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(toml(tmp_path, "[reading.columns]\ntitel = 'T'"), {})
    assert caught.value.hint == (
        "use one of: reading.columns.id, reading.columns.title, reading.columns.body, "
        "reading.columns.author, reading.columns.date, reading.columns.url"
    )
