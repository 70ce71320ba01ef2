"""The engine for several machines: OpenSearch holds our terms, and answers our query trees."""

from search.config.cluster import Generation
from search.engine.opensearch.engine import ClusterEngine
from search.engine.port import DamageError
from search.messages import Message, as_message

create = ClusterEngine.create
open_ = ClusterEngine.open


def fork(_: Generation, new: Generation) -> ClusterEngine:
    """Return the index of `new`, which was made a copy of the other's."""
    return ClusterEngine.open(new)


def stored_manifest(generation: Generation) -> bytes:
    """Return the manifest of the newest commit; a DamageError when it cannot be told."""
    return ClusterEngine(generation).reader().manifest()


def damage_in(generation: Generation) -> list[Message]:
    """Return what of the newest commit is not as it was written, by counting it."""
    try:
        ClusterEngine(generation).reader().verify()
    except DamageError as error:
        return [as_message(error)]
    return []
