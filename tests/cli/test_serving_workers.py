"""`search serve` in one process and in several: how it ends, reloads, and mends itself."""

import os
import re
import shutil
import signal
import socket
import sys
import urllib.error
from pathlib import Path

import pytest
from archive_writing import write
from cli_cases import run
from running_site import TEXT, InFlight, build, running

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no workers")

one_process = ()
workers = ("--workers", "1")


@pytest.fixture
def here(empty):
    build(empty)
    return empty


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("options", [one_process, workers], ids=["waitress", "gunicorn"])
def test_what_is_in_flight_is_answered_before_it_ends(here, options, ending):
    with running(*options) as site:
        asked = InFlight(site, here)
        site.process.send_signal(ending)
        if options:
            site.await_line("Handling signal")
        assert asked.finish() == TEXT
        assert site.wait() == 0


@pytest.mark.parametrize("options", [one_process, workers], ids=["waitress", "gunicorn"])
def test_while_all_places_are_taken_what_is_free_is_answered(here, options):
    write(here / "search.toml", "[site]\nat_once = 1\nqueue = 0\n")
    with running(*options) as site:
        asked = InFlight(site, here)
        assert '"status":"ok"' in site.get("healthz")
        assert "xunwen_requests_in_flight" in site.get("metrics")
        with pytest.raises(urllib.error.HTTPError, match="503") as refused:
            site.get("search?q=abc")
        assert refused.value.headers["Retry-After"] == "3"
        refused.value.close()
        assert asked.finish() == TEXT
        assert "<mark" in site.get("search?q=%E6%B8%AF")


@pytest.mark.parametrize("options", [one_process, workers], ids=["waitress", "gunicorn"])
@pytest.mark.parametrize(("proxies", "client"), [(0, "127.0.0.1"), (1, "203.0.113.9")])
def test_what_a_proxy_says_is_believed_only_where_one_was_named(here, options, proxies, client):
    write(here / "search.toml", f"[site]\nproxies = {proxies}\n")
    with running(*options, "--log") as site:
        told = {"X-Forwarded-For": "192.0.2.7, 203.0.113.9", "X-Forwarded-Proto": "https"}
        found = site.get("opensearch.xml", **told)
        assert ('"https://' in found) == bool(proxies)
        assert site.end() == 0
    (line,) = (line for line in site.seen if line["logger"] == "xunwen.access")
    assert line["client"] == client


def test_what_a_killed_worker_was_doing_is_no_longer_counted(here):
    with running(*workers) as site:
        (first,) = site.await_workers(1)
        asked = InFlight(site, here)
        assert 'xunwen_requests_in_flight{site="xunwen"} 2.0' in site.get("metrics")
        os.kill(first, signal.SIGKILL)
        site.await_workers(1)
        assert 'xunwen_requests_in_flight{site="xunwen"} 1.0' in site.get("metrics")
        with pytest.raises(BrokenPipeError):
            asked.finish()


@pytest.mark.usefixtures("here")
def test_several_processes_answer_and_leave_nothing_behind(tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with running("--workers", "2", TMPDIR=str(temporary)) as site:
        pids = site.await_workers(2)
        assert len({*pids, site.process.pid}) == 3
        for _ in range(10):
            assert '"total":1' in site.get("api/search?q=%E6%B8%AF%E5%8F%A3")
        counted = [
            line
            for line in site.get("metrics").splitlines()
            if "_count{" in line and "/api/search" in line
        ]
        assert [line.split()[-1] for line in counted] == ["10.0"]
        assert len(list(temporary.glob("xunwen-counts-*"))) == 1
        assert site.end() == 0
    assert list(temporary.iterdir()) == []
    asked = [line for line in site.seen if line["logger"] == "xunwen.access"]
    assert [line["path"] for line in asked] == ["/api/search"] * 10 + ["/metrics"]
    (state,) = {line["generation"] for line in asked[:10]}
    assert re.fullmatch(r"gen-000001\.1-[0-9a-f]{8}", state)
    assert not any("%E6" in str(line) or "港" in str(line) for line in site.seen)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--no-log",), []),
        (("--log-queries",), ["q=%E6%B8%AF"]),
    ],
)
def test_what_is_logged_of_requests_can_be_chosen(options, said):
    with running(*workers, *options) as site:
        site.get("search?q=%E6%B8%AF")
        assert site.end() == 0
    asked = [line for line in site.seen if line["logger"] == "xunwen.access"]
    assert [line.get("query") for line in asked] == said


@pytest.mark.usefixtures("here")
def test_alone_it_logs_requests_only_where_that_is_asked_for():
    for options, count in (((), 0), (("--log",), 1)):
        with running(*options) as site:
            site.get("search?q=abc")
            assert site.end() == 0
        assert len(site.seen) == count


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_a_worker_that_is_killed_is_replaced(ending):
    with running("--workers", "2") as site:
        first, second = site.await_workers(2)
        os.kill(first, ending)
        (third,) = site.await_workers(1)
        assert third not in (first, second)
        assert TEXT.strip() in site.get("api/doc/docs/a.txt")
        assert site.end() == 0


def test_a_reload_takes_up_settings_and_drops_nothing(here):
    with running(*workers) as site:
        (before,) = site.await_workers(1)
        assert "xunwen_build_info" in site.get("metrics")
        asked = InFlight(site, here)
        write(here / "search.toml", "[site]\nmetrics = false\n")
        site.process.send_signal(signal.SIGHUP)
        assert site.await_workers(1) != [before]
        assert asked.finish() == TEXT
        site.await_line(f"Worker exiting (pid: {before})")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            site.get("metrics")
        assert site.end() == 0


def test_a_reload_takes_up_code_and_templates(here):
    code = here / "code"
    shutil.copytree(ROOT / "web", code / "web")
    with running(*workers, PYTHONPATH=str(code)) as site:
        (before,) = site.await_workers(1)
        for name, old, new in (
            ("api.py", '"status": "ok"', '"status": "new"'),
            ("templates/guide.html", "</h1>", " anew</h1>"),
        ):
            path = code / "web" / name
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new), "utf-8")
        assert '"status":"ok"' in site.get("healthz")
        site.process.send_signal(signal.SIGHUP)
        site.await_line(f"Worker exiting (pid: {before})")
        assert '"status":"new"' in site.get("healthz")
        assert " anew</h1>" in site.get("help")
        assert site.end() == 0


def test_settings_that_cannot_be_used_leave_the_workers_of_before(here):
    with running("--workers", "2") as site:
        first, _ = site.await_workers(2)
        write(here / "search.toml", '[site]\nrate = "often"\n')
        site.process.send_signal(signal.SIGHUP)
        site.await_line("cannot reload: the workers of before go on")
        assert '"status":"ok"' in site.get("healthz")
        # One that has to be replaced meanwhile is tried again until it can be.
        os.kill(first, signal.SIGKILL)
        site.await_line("cannot load a worker: it is tried again")
        assert '"status":"ok"' in site.get("healthz")
        write(here / "search.toml", '[site]\nrate = "9999/minute"\n')
        site.await_workers(1)
        assert site.end() == 0
    assert any("'often' is no rate" in line.get("traceback", "") for line in site.seen)


@pytest.mark.usefixtures("here")
def test_a_port_that_is_taken_is_said_as_without_workers():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = [run("serve", "--port", port, *options) for options in (one_process, workers)]
    assert {(one.returncode, one.stdout) for one in ran} == {(2, b"")}
    assert ran[0].stderr == ran[1].stderr
    assert b"address already in use" in ran[0].stderr


def test_settings_that_cannot_be_used_are_said_before_it_serves(here):
    write(here / "search.toml", '[site]\nrate = "often"\nworkers = 1\n')
    ran = run("serve", "--port", "0")
    assert ran.returncode == 2
    assert b"cannot use setting 'site.rate': 'often' is no rate" in ran.stderr


def test_the_number_of_workers_can_be_a_setting(here):
    write(here / "search.toml", "[site]\nworkers = 2\n")
    with running() as site:
        assert len(set(site.await_workers(2))) == 2
        assert site.end() == 0


@pytest.mark.usefixtures("here")
def test_a_supervisor_is_told_when_it_is_ready(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        supervisor.bind(str(tmp_path / "notify"))
        supervisor.settimeout(60)
        with running(*workers, NOTIFY_SOCKET=str(tmp_path / "notify")) as site:
            assert supervisor.recv(1000).startswith(b"READY=1")
            assert site.end() == 0
