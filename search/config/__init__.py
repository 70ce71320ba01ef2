"""Settings of commands, and of how files are read."""

from search.config.analysis import DICTIONARY, AnalysisSettings
from search.config.cluster import Cluster
from search.config.engine import ClusterSettings
from search.config.query import QuerySettings
from search.config.reading import USUAL, Limits, ReadingSettings
from search.config.settings import FILE, Settings, load_settings
from search.config.site import SiteSettings
from search.config.writing import WritingSettings

__all__ = [
    "DICTIONARY",
    "FILE",
    "USUAL",
    "AnalysisSettings",
    "Cluster",
    "ClusterSettings",
    "Limits",
    "QuerySettings",
    "ReadingSettings",
    "Settings",
    "SiteSettings",
    "WritingSettings",
    "load_settings",
]
