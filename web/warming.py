"""What a server does before its first reader comes, so that none waits for tables to be loaded."""

import gc
from contextlib import suppress

from search.archive import FACETS, Archive, SearchError
from web.memory import share_heaps

YOUNG, MIDDLE, OLD = 20_000, 20, 50  # a page makes some thousand objects, which go with it


def warm(archive: Archive) -> None:
    """Load dictionary, columns and readings, begin the suggestions, and settle what is loaded.

    What stays is no longer looked through for garbage: that took 40 ms of every hundredth page.
    Nothing is done for an index that does not answer.
    """
    share_heaps()
    with suppress(SearchError):
        # The last loads readings: pinyin that is typed first would wait a second for them.
        for example in [*archive.examples(), "寻文", "xunwen"]:
            for hit in archive.search(example, facets=FACETS).hits:
                assert hit.snippets is not None
        archive.suggest("寻", wait=False)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
