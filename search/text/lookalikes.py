"""Characters that are mistaken for one another because they look alike: 己 and 已, 末 and 未.

The table is lookalikes.txt beside this module: each line names characters that are, folded, all
alike to a hasty eye. Nothing is found by it; it only tells what a reader may have meant.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "lookalikes.txt"


@cache
def lookalikes() -> Mapping[str, str]:
    """Return character → those it may be mistaken for.

    >>> lookalikes()["己"]
    '已巳'
    """
    found: dict[str, dict[str, None]] = {}
    for group in TABLE.read_text("utf-8").splitlines():
        for one in group:
            found.setdefault(one, {}).update(dict.fromkeys(group.replace(one, "")))
    return {one: "".join(others) for one, others in found.items()}
