"""Articles that tell by which commit they were written, so that an answer of two states is seen.

Each commit writes all of them anew with one number. An answer that names two numbers was made of
two states; one that lacks some of them, or names a number from before what was committed when it
was asked, is wrong as well.
"""

import random
import re
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

COUNT = 8
SIGN = "混合负载标记"  # in no other article
BODY = 400  # characters that each has of its own, so that none is a copy of another
_TITLE = re.compile(SIGN + r"第(\d+)次，第(\d+)篇")
_TAGS = re.compile(r"<[^>]*>")
_SEARCHED = urlencode({"q": f'"{SIGN}"', "per_page": 20, "fold": 0, "relax": 0})
FOLDER = "markers"
SEARCHES = (f"/search?{_SEARCHED}", f"/api/search?{_SEARCHED}&facets=1")
ARTICLES = tuple(f"/doc/{FOLDER}/{at}.txt?{urlencode({'q': SIGN})}" for at in range(COUNT))


class Markers:
    """The articles in a folder, and what answers have to say of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self.folder.mkdir()
        self._written = 0
        self._committed = 0
        self._lock = threading.Lock()

    def write(self) -> None:
        """Write all of them with the next number."""
        self._written += 1
        for at in range(COUNT):
            draw = random.Random(at)
            own = "".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(BODY))
            title = f"{SIGN}第{self._written}次，第{at}篇"
            (self.folder / f"{at}.txt").write_text(f"{title}\n\n{title}。{own}\n", "utf-8")

    def committed(self) -> None:
        """Note that what was written is committed: what is asked from now on has to show it."""
        with self._lock:
            self._committed = self._written

    def watch(self, path: str) -> Callable[[bytes], str]:
        """Return what tells what is wrong with the answer to `path`, asked for now."""
        is_search, is_article = path in SEARCHES, path in ARTICLES
        with self._lock:
            least = self._committed

        def look(body: bytes) -> str:
            found = _TITLE.findall(_TAGS.sub("", body.decode("utf-8")))
            numbers = {int(number) for number, _ in found}
            if len(numbers) > 1:
                return "mixed"
            if is_search and len({at for _, at in found}) < COUNT:
                return "incomplete"
            if is_article and not found:
                return "incomplete"
            return "stale" if numbers and min(numbers) < least else ""

        return look
