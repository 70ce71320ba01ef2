"""An answer is made of one committed state, also when a commit or rebuild lands in its middle."""

import flask
import pytest

from search import Archive
from web import create_app, create_blueprint


class Changing(Archive):
    """Has the index changed, as by another process, while a page is made: before its last call."""

    change = None

    def related(self, article_id, limit=5):
        self._change_once()
        return super().related(article_id, limit)

    def newest(self, limit=5):
        self._change_once()
        return super().newest(limit)

    def _change_once(self):
        change, self.change = self.change, None
        if change:
            change()


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text("港口的文章\n\n2024年1月1日", "utf-8")
    Archive.build([folder], tmp_path / "index")
    return folder


@pytest.fixture
def archive(docs):
    return Changing(docs.parent / "index")


@pytest.fixture(params=["alone", "mounted"])
def client(request, archive):
    if request.param == "alone":
        return create_app(archive).test_client()
    app = flask.Flask("host", static_folder=None)
    app.register_blueprint(create_blueprint(archive))
    return app.test_client()


def committed(docs):
    """Commit that the article is gone and another there."""
    (docs / "a.txt").unlink()
    (docs / "b.txt").write_text("别的文章\n\n2024年2月2日", "utf-8")
    Archive.open(docs.parent / "index").update()


def rebuilt(docs):
    (docs / "a.txt").unlink()
    (docs / "b.txt").write_text("别的文章\n\n2024年2月2日", "utf-8")
    Archive.build([docs], docs.parent / "index")


@pytest.mark.parametrize("change", [committed, rebuilt])
def test_an_article_page_that_a_change_lands_in_is_of_the_state_before(
    client, archive, docs, change
):
    archive.change = lambda: change(docs)
    answer = client.get("/doc/docs/a.txt")
    assert archive.change is None, "the page asked only once: this test is broken"
    assert answer.status_code == 200
    assert "港口的文章" in answer.text
    assert client.get("/doc/docs/a.txt").status_code == 404


@pytest.mark.parametrize("change", [committed, rebuilt])
def test_so_is_the_home_page_and_what_tells_it_from_others(client, archive, docs, change):
    archive.change = lambda: change(docs)
    first = client.get("/")
    assert ("港口的文章" in first.text, "别的文章" in first.text) == (True, False)
    second = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert ("港口的文章" in second.text, "别的文章" in second.text) == (False, True)


def test_an_error_in_its_middle_does_not_keep_the_next_answer_to_its_state(client, archive, docs):
    def fail():
        committed(docs)
        raise RuntimeError("inside")

    archive.change = fail
    assert client.get("/doc/docs/a.txt").status_code == 500
    assert client.get("/api/doc/docs/b.txt").status_code == 200
