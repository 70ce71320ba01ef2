"""How results are told of that have not all the words of the query."""

from dataclasses import asdict
from typing import Any

from search.archive import Results
from search.cli.speech import articles, spoken, tell
from search.messages import plural


def relaxed_note(results: Results) -> str:
    """Return what should be known of such results; nothing where all have all the words."""
    reason = results.relaxed_reason
    if reason is None:
        some = sum(hit.reading == "relaxed" for hit in results.hits)
        if not some:
            return ""
        return spoken(
            plural(
                "the last hit has some of the words only; '--no-relax' leaves such out",
                "the last {count} hits have some of the words only; '--no-relax' leaves such out",
                count=some,
            )
        )
    if not reason.without_it:
        return tell(
            "no article has all the words, but these have most; '{word}' is in the way",
            word=reason.word,
        )
    return tell(
        "no article has all the words, but these have most; '{word}' is in the way, "
        "without it {found}",
        word=reason.word,
        found=articles(reason.without_it),
    )


def relaxed_reason(results: Results) -> dict[str, Any]:
    """Return why no article has all the words, as it is printed; nothing where some have."""
    return {"relaxed_reason": asdict(results.relaxed_reason)} if results.relaxed_reason else {}
