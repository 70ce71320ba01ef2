"""Settings of commands, and of how files are read."""

from search.config.reading import Limits, ReadingSettings
from search.config.settings import FILE, Settings, load_settings

__all__ = ["FILE", "Limits", "ReadingSettings", "Settings", "load_settings"]
