"""Xunwen 寻文: full-text search for archives of Chinese articles.

>>> from search import Archive
>>> archive = Archive.open("index")                    # doctest: +SKIP
>>> archive.search("长三角 算力").hits[0].title          # doctest: +SKIP
'招商不“内卷” 携手共“引凤”'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.archive import Archive, Cluster

__all__ = ["Archive", "Cluster"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the archive when it is first asked for: `import search` itself stays light."""
    if name in __all__:
        from search import archive

        return getattr(archive, name)
    raise AttributeError(f"module 'search' has no attribute '{name}'")
