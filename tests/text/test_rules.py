"""Indexes say by which rules they were built: when the output changes, a number must be raised.

After raising it, write the new digests with `python tests/text/test_rules.py`.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from folding_cases import TRICKY, seed

from search.analysis import ANALYSIS_RULES, SEGMENTER_RULES, grams, words
from search.analysis.runs import Script, runs
from search.analysis.segmenter import cut
from search.text import FOLDING_RULES, fold

COMMITTED = Path(__file__).with_name("rules.json")
RUNNING = {
    "FOLDING_RULES": FOLDING_RULES,
    "SEGMENTER_RULES": SEGMENTER_RULES,
    "ANALYSIS_RULES": ANALYSIS_RULES,
}
# Which numbers answer for which output: terms also change when the text before them does.
ANSWERABLE = {
    "folded": ("FOLDING_RULES",),
    "cut": ("SEGMENTER_RULES",),
    "words": ("FOLDING_RULES", "SEGMENTER_RULES", "ANALYSIS_RULES"),
    "grams": ("FOLDING_RULES", "ANALYSIS_RULES"),
}
CUT = "各美其美，美美与共，一场联合招商，完美诠释了这句话的真谛，示范区执委会日前举办二〇二四年联合"
# Whole blocks to which no version of Unicode is likely to add.
BLOCKS = (
    *((0x20, 0x250), (0x390, 0x3D0), (0x400, 0x460), (0x2000, 0x2070), (0x2100, 0x2190)),
    *((0x2460, 0x2500), (0x3000, 0x3040), (0x3041, 0x3097), (0x3099, 0x3100), (0x3131, 0x318F)),
    *((0x3200, 0x321F), (0x3220, 0x3400), (0xF900, 0xFA6E), (0xFF01, 0xFFBF)),
)
TEXTS = (
    seed("000"),
    seed("002"),
    "\0".join(TRICKY),
    "\n".join((CUT * 3 + "。")[at : at + 36] for at in range(0, 133, 36)),
    "\n".join("> " + (CUT * 3 + "。")[at : at + 36] for at in range(0, 133, 36)),
    "- " + "\n  ".join((CUT * 3 + "。")[at : at + 36] for at in range(0, 133, 36)),
    f"{CUT}\n\n招商活动。\r\n{CUT}\u2028\u2028\u2028\n招商活动。\n\n\n{CUT}\n\n（一）招商活动。",
    "5G eVTOL BIM+GIS C++ C++语言 C# C#语言 2Gwh 5000P 3.14 node.js Wi-Fi AT&T 10,000 12:30",
    "5G+工业互联网 东京タワー 한국어 학교 𠮷野家 二〇二四年 人々 x\u0301y 1\ufe0f\u20e3GPT МОСКВА",
    "产(chǎn) 產（CHǍN） 產(cha\u030cn) 產(tài) I(yè) ?shù) 長(zhǎng)",
    "".join(chr(code) for start, end in BLOCKS for code in range(start, end)),
    "乾坤 著作 后台 里程 只有 薴苧 麵麪 裏裡 髮發 鬱 龜 臺灣 軟體 滑鼠 " + "a" * 100 + "タ" * 100,
)
# Runs of their own, not of the folded texts: these change with the segmenter alone.
RUNS = (
    "长三角生态绿色一体化发展示范区",
    "南京市长江大桥",
    "乒乓球拍卖完了",
    "结合成分子时",
    "二〇二四年",
    "𠮷野家",
    "人々",
    "中国鿕人民㐀",
    "西岑科创园区数字孪生项目",
    "弗拉基米尔在圣彼得堡长大",
)


def outputs() -> dict[str, Iterable[object]]:
    folded = [fold(text) for text in TEXTS]
    han = [r.text for f in folded for r in runs(f.text) if r.script is Script.HAN]
    assert len(han) > 500, "the texts hold too few runs to tell anything"
    return {
        "folded": [
            (f.text, [(e.start, e.raw_start, e.raw_end) for e in f.offsets.edits]) for f in folded
        ],
        "cut": [cut(run) for run in RUNS],
        "words": [list(words(f.text)) for f in folded],
        "grams": [list(grams(f.text)) for f in folded],
    }


def digests() -> dict[str, str]:
    return {
        name: hashlib.sha256(repr(output).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        for name, output in outputs().items()
    }


def complaint(
    running: dict[str, int],
    output: dict[str, str],
    committed_numbers: dict[str, int],
    committed_output: dict[str, str],
) -> str:
    """Return what is to be done before the running rules may be committed, or nothing."""
    for name, numbers in ANSWERABLE.items():
        changed = output[name] != committed_output[name]
        if changed and all(running[n] == committed_numbers[n] for n in numbers):
            return (
                f"'{name}' of the committed texts is not what it was, so indexes built before "
                f"would answer wrongly: raise {' or '.join(numbers)}, then run "
                "'python tests/text/test_rules.py' and commit rules.json"
            )
    if (running, output) != (committed_numbers, committed_output):
        return "the rules were raised: run 'python tests/text/test_rules.py' and commit rules.json"
    return ""


def test_no_output_changes_without_its_number():
    committed = json.loads(COMMITTED.read_text("utf-8"))
    assert complaint(RUNNING, digests(), committed["rules"], committed["digests"]) == ""


@pytest.mark.parametrize("name", ANSWERABLE)
def test_the_guard_complains_when_output_changes_alone(name):
    before = dict.fromkeys(ANSWERABLE, "a")
    said = complaint(RUNNING, {**before, name: "b"}, RUNNING, before)
    assert said.startswith(f"'{name}' of the committed texts is not what it was")


@pytest.mark.parametrize("name", ANSWERABLE)
def test_the_guard_asks_for_new_digests_once_a_number_was_raised(name):
    before = dict.fromkeys(ANSWERABLE, "a")
    raised = {**RUNNING, ANSWERABLE[name][0]: RUNNING[ANSWERABLE[name][0]] + 1}
    said = complaint(raised, {**before, name: "b"}, RUNNING, before)
    assert said.startswith("the rules were raised")
    assert complaint(raised, before, RUNNING, before) == said
    assert complaint(raised, before, raised, before) == ""


if __name__ == "__main__":
    COMMITTED.write_text(
        json.dumps({"rules": RUNNING, "digests": digests()}, indent=2) + "\n", encoding="utf-8"
    )
