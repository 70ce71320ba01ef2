"""The archive that the running application serves."""

from flask import Flask, current_app

from search.archive import Archive

_KEY = "xunwen.archive"


def set_archive(app: Flask, archive: Archive) -> None:
    """Make `archive` the one that `app` serves."""
    app.extensions[_KEY] = archive


def current_archive() -> Archive:
    """Return the archive of the application that answers the present request."""
    archive: Archive = current_app.extensions[_KEY]
    return archive
