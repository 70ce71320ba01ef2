"""The `search` command. It only translates: arguments → calls, results → text."""

from search.cli.main import main, run

__all__ = ["main", "run"]
