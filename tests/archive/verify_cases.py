"""An archive in which every difficulty of the rule stands, and answers of a verification."""

import json
from pathlib import Path
from zipfile import ZipFile

from archive_cases import write, write_records

from search import Archive
from search.archive.verifying import Failure, Verification

TEXTS = {
    "罕.txt": "罕见的字\n\n𠮷野家在㐀山，二〇二四年；龜與龜，﨑，々。𪚥四龙。",
    "注.txt": "產(chǎn)業(yè)鏈\n\n近期長(cháng)三角(jiǎo)生態(tài)綠色示範區(qū)，重(zhòng)要。",
    "断.txt": "招商\n\n2024年联合\n\n招商活动，延\n\n伸带动，未来绿色\n\n交通新模式。",
    "号.txt": "表情\n\n好👍🏽的，一家👨‍👩‍👧在此。1\u20e3是键帽，e\u0301是合成，ﬁ与㎏。",
    "假.txt": "かな\n\nタワーと東京ﾀﾜｰ、서울은 한국의 수도。ㄅㄆㄇ",
    "码.md": "# C++ 与 5G\n\n用 C++ 写 BIM+GIS，node.js 3.14 版；"
    '"引号" \\“反斜\\” (括号) title:x -y a*b~2\n',
    "空.txt": "　　\n\n，。、",
    "行.txt": "长行\n\n" + "甲乙丙丁" * 300 + "x" * 90 + " 尾",
}
RECORDS = [
    {"id": f"p{n}", "title": f"春曉 其{n}", "body": f"春眠不覺曉{n}。\n處處聞啼鳥"}
    for n in range(9)
]


def hostile(folder: Path) -> Path:
    """Write files of every kind into a folder."""
    for name, text in TEXTS.items():
        write(folder / name, text)
    write(
        folder / "国.txt",
        "国标\n\n这是用国标码写的一篇文章，讲的是长三角的产业。".encode("gb18030"),
    )
    write_records(folder / "诗.jsonl", *RECORDS)
    with ZipFile(folder / "包.zip", "w") as packed:
        packed.writestr("内/一.txt", "包里的一篇\n\n压缩包里也有产业。")
        packed.writestr("内/二.jsonl", json.dumps(RECORDS[0] | {"id": "z1"}, ensure_ascii=False))
    return folder


def kinds(found: Verification) -> set[str]:
    """Return the kinds of all failures."""
    assert (found.failed > 0) == bool(found.failures) == (not found.is_well)
    return {failure.kind for failure in found.failures}


def of_kind(found: Verification, kind: str) -> list[Failure]:
    """Return the failures of a kind, of which there are some."""
    failures = [failure for failure in found.failures if failure.kind == kind]
    assert failures, kinds(found)
    return failures


def told(archive: Archive, **options: object) -> dict[str, object]:
    """Return a whole verification as it is compared with others."""
    found = archive.verify(150, **options)  # type: ignore[arg-type]
    return {name: getattr(found, name) for name in Verification.__dataclass_fields__}
