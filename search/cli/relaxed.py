"""How results are told of that have not all the words of the query."""

from dataclasses import asdict
from typing import Any

from search.archive import Results


def relaxed_note(results: Results) -> str:
    """Return what should be known of such results; nothing where all have all the words."""
    reason = results.relaxed_reason
    if reason is None:
        some = sum(hit.reading == "relaxed" for hit in results.hits)
        if not some:
            return ""
        which = "the last hit has" if some == 1 else f"the last {some} hits have"
        return f"{which} some of the words only; '--no-relax' leaves such out"
    found = f"no article has all the words, but these have most; '{reason.word}' is in the way"
    if not reason.without_it:
        return found
    count = f"{reason.without_it:,} article{'' if reason.without_it == 1 else 's'}"
    return f"{found}, without it {count}"


def relaxed_reason(results: Results) -> dict[str, Any]:
    """Return why no article has all the words, as it is printed; nothing where some have."""
    return {"relaxed_reason": asdict(results.relaxed_reason)} if results.relaxed_reason else {}
