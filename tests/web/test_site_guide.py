"""The example of docs/site.md runs as it stands there."""

import re
from pathlib import Path

from search import Archive

ROOT = Path(__file__).parents[2]


def test_the_example_of_an_own_app_runs_as_it_is_printed(tmp_path, monkeypatch):
    code = re.search(r"```python\n(.*?)```", (ROOT / "docs/site.md").read_text("utf-8"), re.DOTALL)
    assert code
    Archive.build([ROOT / "seeds"], tmp_path / "index")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "hello"}
    exec(compile(code[1], "hello.py", "exec"), names)
    client = names["app"].test_client()
    assert 'action="/archive/search"' in client.get("/").text
    assert "長三角" in client.get("/archive/search?q=长三角").text
    assert client.get("/archive/api/search?q=长三角").json["total"] == 2
