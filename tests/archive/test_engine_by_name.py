"""The engine that built a generation is the one that answers for it."""

import json

import pytest
from archive_cases import stored_meta

from search import Archive
from search.archive import UnsupportedError


def test_a_generation_of_an_unknown_engine_is_refused_by_name(tmp_path):
    (tmp_path / "a.txt").write_text("正文。", "utf-8")
    Archive.build([tmp_path / "a.txt"], tmp_path / "index")
    (path,) = (tmp_path / "index").glob("gen-*/meta.json")
    meta = stored_meta(path.parent)
    assert meta["engine"] == "whoosh"
    path.write_text(json.dumps({**meta, "engine": "lucene"}), "utf-8")
    with pytest.raises(UnsupportedError) as caught:
        Archive.open(tmp_path / "index")
    assert str(caught.value) == "cannot use engine 'lucene': this version knows whoosh"
