"""An archive whose every word is an attack: what each tries is to have a page run it."""

import json
from pathlib import Path

RUN = "window.attacked=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><svg onload={RUN}>',
    f"'><script>{RUN}</script>",
    f'" autofocus onfocus="{RUN}',
    f"' onmouseover='{RUN}",
    f"javascript:{RUN}",
    f"</title><script>{RUN}</script>",
    f"</textarea></style></script><script>{RUN}</script>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<a href=javascript:{RUN}>港</a>",
    "<base href=//evil.example/><link rel=stylesheet href=//evil.example/x.css>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<details open ontoggle={RUN}>",
    f"{{{{7*7}}}}{{% raw %}}<script>{RUN}</script>",
    f"＜script＞{RUN}＜/script＞",  # full width, which folding makes half
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"<scr\u0000ipt>{RUN}</scr\u0000ipt>",
    f"港\u202e<script>{RUN}</script>\u2028{RUN}//",
    "%3Cscript%3Ewindow.attacked=1%3C/script%3E",
]
NAMES = [
    "<img src=x onerror=window.attacked=1>.txt",
    '" onclick="window.attacked=1.txt',
    "a&lt;b.txt",
]


def write_archive(folder: Path) -> Path:
    """Write articles that hold the payloads in every place an article has; return the folder."""
    folder.mkdir()
    records = [
        {
            "id": f"r{number} {payload}".replace("\0", ""),
            "title": f"港口 {payload}",
            "author": payload,
            "date": f"20{10 + number % 5}-01-0{1 + number % 9}",
            "section": payload,
            payload[:20].strip(): payload,
            "body": f"港口的文章 {payload} 之后。\n\n{payload}\n\n港口 {payload * 3}",
        }
        for number, payload in enumerate(PAYLOADS)
    ]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (folder / "attacks.jsonl").write_text("\n".join(lines), "utf-8")
    for name in NAMES:
        (folder / name).write_text(f"港口\n{PAYLOADS[0]}", "utf-8")
    return folder
