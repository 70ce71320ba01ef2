"""Which lines of an article stand together on a terminal, and which apart."""

import pytest

from search.archive import Piece
from search.cli.paragraphs import parted
from search.results import all_lines

PROSE = "示范区建设五年来，一批重点项目相继落地，各项制度创新成果不断涌现，群众的获得感持续增强。"


def shown(text: str) -> str:
    """Return a text as its lines are set on a terminal."""
    lines = parted(all_lines([Piece(text)]))
    return "\n".join("".join(piece.text for piece in line) for line in lines)


TOGETHER = {
    "front matter": "---\ntitle: 招商\nauthor: 毛丽君\ntags: [青浦, 吴江]\n---\n招商引凤",
    "code": "```\nfor (;;) {\n    a();\n\n\n    b();\n}\n```",
    "a list": f"- {PROSE}\n- {PROSE}\n* {PROSE}\n1. {PROSE}",
    "a table": f"| 地区 | 产值 |\n| --- | --- |\n| {PROSE} | {PROSE} |",
    "verse": "静夜思\n李白\n床前明月光，疑是地上霜。\n举头望明月，低头思故乡。",
    "a quotation": f"> {PROSE}\n> {PROSE}",
    "labelled lines": "作者：毛丽君\n来源：某报\n日期：2024-06-28",
}


@pytest.mark.parametrize("text", TOGETHER.values(), ids=TOGETHER)
def test_lines_that_belong_together_are_not_parted(text):
    assert shown(text) == text


def test_paragraphs_of_prose_are_parted_however_they_are_written():
    assert shown(f"{PROSE}\n{PROSE}") == f"{PROSE}\n\n{PROSE}"
    assert shown(f"\u3000\u3000{PROSE}\n\n\n\n{PROSE}\n\n") == f"\u3000\u3000{PROSE}\n\n{PROSE}"


def test_blank_lines_are_kept_between_what_else_there_is():
    assert shown("\n\n招商\n\n\n- 甲\n- 乙\n\n正文。\n\n") == "招商\n\n- 甲\n- 乙\n\n正文。"
    assert shown("") == shown("\n \n") == ""
