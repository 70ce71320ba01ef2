"""What may have been meant, told beside the results."""

import json

import pytest

pytestmark = pytest.mark.usefixtures("here")
NOTE = "search: note: did you mean '长三角'?\n"


def test_a_pipe_is_told_on_stderr(command):
    for options in ((), ("-l",), ("-c",)):
        ran = command("长三脚", *options)
        assert ran.err == NOTE
        assert "长三角" not in ran.out
    assert command("长三脚").code == 1
    assert command("长三脚", "-q").err == ""
    assert "did you mean" not in command("长三角").err


def test_people_are_told_below_the_results(command):
    told = command("長三腳", "--color", "always").err
    assert "did you mean: 长三角\n" in told
    assert "search: note" not in told
    assert "did you mean" not in command("长三角", "--color", "always").err


def test_the_summary_holds_it_only_when_there_is_one(command):
    def summary(query):
        ran = command("--json", query)
        assert "did you mean" not in ran.err
        return json.loads(ran.out.splitlines()[0])

    assert summary("长三脚")["did_you_mean"] == "长三角"
    assert "did_you_mean" not in summary("长三角")
