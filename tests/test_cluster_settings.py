"""An archive on a cluster, as search.toml and variables say: what does, what does not, secrets."""

from dataclasses import replace
from pathlib import Path

import pytest

from search import Cluster
from search.cli import main
from search.config import Settings, load_settings
from search.errors import ClusterName, SettingError, index_command

HOST = "https://10.0.0.1:9200"
SECRETS = {"SEARCH_USER": "wer", "SEARCH_PASSWORD": "geheim", "SEARCH_API_KEY": "schluessel"}


def toml(folder: Path, text: str) -> Path:
    (folder / "search.toml").write_text(text, "utf-8")
    return folder


def test_a_folder_is_the_place_unless_the_engine_is_another(tmp_path: Path) -> None:
    assert Settings().place == "index"
    assert load_settings(toml(tmp_path, f"hosts = ['{HOST}']"), {}).place == "index"


def test_two_lines_put_the_archive_on_a_cluster(tmp_path: Path) -> None:
    toml(tmp_path, f"engine = 'opensearch'\nhosts = ['{HOST}/', 'http://node:9200']")
    assert load_settings(tmp_path, {}).place == Cluster((HOST, "http://node:9200"))


def test_a_table_says_what_the_archive_is_like_there(tmp_path: Path) -> None:
    toml(
        tmp_path,
        f"engine = 'opensearch'\nhosts = ['{HOST}']\n"
        "[cluster]\nname = 'news-2'\nshards = 6\nreplicas = 0\ntimeout = 5\n",
    )
    assert load_settings(tmp_path, {}).place == Cluster((HOST,), "news-2", 6, 0, 5)


def test_variables_come_before_the_file_and_alone_tell_who_asks(tmp_path: Path) -> None:
    toml(tmp_path, "engine = 'whoosh'\nhosts = ['http://file:9200']")
    variables = {"SEARCH_ENGINE": "opensearch", "SEARCH_HOSTS": f"{HOST}, http://b:1,", **SECRETS}
    place = load_settings(tmp_path, variables).place
    assert isinstance(place, Cluster)
    assert place.hosts == (HOST, "http://b:1")
    assert (place.user, place.password, place.api_key) == ("wer", "geheim", "schluessel")


def test_an_index_that_is_named_in_a_command_is_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(toml(tmp_path, f"engine = 'opensearch'\nhosts = ['{HOST}']"))
    assert main(["status", "--index", "there"]) == 2
    assert capsys.readouterr().err.startswith(
        "search: cannot open index 'there': no index there\n"
        "hint: run 'search index --index there FOLDER'"
    )


AS_IN = "write it as in 'https://10.0.0.1:9200'"
NAMED = "use at most 128 of a-z, 0-9, '-', '_' and '.', a letter or digit first"
MEND = "mend the value, or leave it out"


@pytest.mark.parametrize(
    ("written", "fault", "hint"),
    [
        (
            "engine = 'lucene'",
            "'engine' of search.toml: 'lucene' is none of whoosh, opensearch",
            MEND,
        ),
        ("hosts = []", "'hosts' of search.toml: [] is empty", MEND),
        ("hosts = 'https://a'", "'hosts' of search.toml: 'https://a' is not a list of texts", MEND),
        (
            "hosts = ['10.0.0.1:9200']",
            "'hosts' of search.toml: ['10.0.0.1:9200'] does not begin with http:// or https://",
            AS_IN,
        ),
        ("hosts = ['http://']", "'hosts' of search.toml: ['http://'] is no address", AS_IN),
        ("hosts = ['http://a:b']", "'hosts' of search.toml: ['http://a:b'] is no address", AS_IN),
        ("hosts = ['http://[a']", "'hosts' of search.toml: ['http://[a'] is no address", AS_IN),
        (
            "[cluster]\nname = 'News'",
            "'cluster.name' of search.toml: 'News' is no name of an index",
            NAMED,
        ),
        (
            "[cluster]\nname = '-a'",
            "'cluster.name' of search.toml: '-a' is no name of an index",
            NAMED,
        ),
        (
            "[cluster]\nname = 'a-gen-1'",
            "'cluster.name' of search.toml: 'a-gen-1' has '-gen' in it, as generations do",
            NAMED,
        ),
        (
            "[cluster]\nshards = 0",
            "'cluster.shards' of search.toml: 0 is not between 1 and 1,024",
            MEND,
        ),
        (
            "[cluster]\nreplicas = 101",
            "'cluster.replicas' of search.toml: 101 is not between 0 and 100",
            MEND,
        ),
        (
            "[cluster]\ntimeout = 0",
            "'cluster.timeout' of search.toml: 0 is not between 1 and 3,600",
            MEND,
        ),
    ],
)
def test_a_value_that_does_not_do_is_told_and_what_would(
    tmp_path: Path, written: str, fault: str, hint: str
) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(toml(tmp_path, written), {})
    assert str(caught.value) == f"cannot use setting {fault}"
    assert caught.value.hint == hint


def test_an_engine_for_clusters_needs_hosts() -> None:
    with pytest.raises(SettingError) as caught:
        _ = replace(Settings(), engine="opensearch").place
    assert str(caught.value) == "cannot use engine 'opensearch': no hosts are named"
    assert caught.value.hint == """add 'hosts = ["https://10.0.0.1:9200"]' to search.toml"""


@pytest.mark.parametrize(
    ("content", "cause"),
    [(None, "no such file or directory"), (b"no certificate", "it holds no certificates")],
)
def test_certificates_that_are_named_have_to_be_there(
    tmp_path: Path, content: bytes | None, cause: str
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    toml(tmp_path, f"engine = 'opensearch'\nhosts = ['{HOST}']\n[cluster]\nca = '{path}'")
    with pytest.raises(SettingError) as caught:
        _ = load_settings(tmp_path, {}).place
    assert str(caught.value) == f"cannot read '{path}', which 'ca' names: {cause}"
    assert caught.value.hint == (
        "name a file of certificates in PEM form under [cluster] in search.toml"
    )


@pytest.mark.parametrize("table", ["", "[cluster]\n"])
@pytest.mark.parametrize("name", ["user", "password", "api_key"])
def test_a_secret_in_the_file_is_refused_and_not_repeated(
    tmp_path: Path, table: str, name: str
) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(toml(tmp_path, f"{table}{name} = 'geheim'"), {})
    assert str(caught.value) == f"cannot use setting '{name}' of search.toml: it is secret"
    assert caught.value.hint == f"take it out, and set SEARCH_{name.upper()} instead"


@pytest.mark.parametrize("hosts", ["['https://wer:geheim@node:9200']", "'https://wer:geheim@node'"])
def test_a_secret_in_an_address_is_refused_and_not_repeated(tmp_path: Path, hosts: str) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(toml(tmp_path, f"hosts = {hosts}"), {})
    assert str(caught.value) == (
        "cannot use setting 'hosts' of search.toml: it says who asks, where others may read it"
    )
    assert caught.value.hint == "leave that out, and set SEARCH_USER and SEARCH_PASSWORD"


def test_a_secret_that_cannot_be_sent_is_not_repeated() -> None:
    for value in ("geheim\n", "密码"):
        with pytest.raises(SettingError) as caught:
            load_settings(Path(), {"SEARCH_PASSWORD": value})
        assert str(caught.value) == (
            "cannot use setting 'password' of SEARCH_PASSWORD: "
            "it has other characters than ASCII has"
        )


def test_nothing_that_is_printed_of_settings_or_a_cluster_tells_who_asks(tmp_path: Path) -> None:
    toml(tmp_path, f"engine = 'opensearch'\nhosts = ['{HOST}']")
    settings = load_settings(tmp_path, SECRETS)
    place = settings.place
    assert isinstance(place, Cluster)
    printed = [f"{one} {one!r}" for one in (settings, place, place.generation("gen-000001-ab"))]
    assert not any(secret in text for secret in SECRETS.values() for text in printed)
    assert str(place) == f"xunwen ({HOST})"


def test_a_command_for_a_cluster_names_no_folder() -> None:
    assert index_command(ClusterName("xunwen (https://a)")) == "search index"
    assert index_command("xunwen (https://a)").startswith("search index --index ")
