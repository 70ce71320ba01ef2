"""What the tests of evaluation share: files to be read, and the error that one gives."""

import pytest

from search.errors import JudgmentError
from search.evaluation import read_judged


def write(folder, name, text):
    """Return the path of a new file that holds `text`."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def refused(*paths):
    """Return what is said of the files, the folder left out: they have to be refused."""
    with pytest.raises(JudgmentError) as caught:
        read_judged(paths)
    assert caught.value.hint
    return str(caught.value).replace(f"{paths[0].parent}/", "")
