"""Articles that bear the id of another: told with the places of both, once for two files."""

from search.archive.manifest import Owner
from search.config import ReadingSettings
from search.document import Document
from search.errors import IdTakenError, SearchError, UnreadableArticleError
from search.messages import message
from search.reading import Source, SourceFile, documents, load
from search.reading.identity import printable

_RENAME = message("give one of the two another id and index again")
_RENAME_FOLDER = message("rename one of the two folders, and index again")
_BY_FILE = message(
    "rename the ids of one of the two files and index again, or tell them "
    "apart by their files: put 'record_ids = \"file\"' under [reading] in "
    "search.toml and run 'search index --rebuild'"
)


class Collisions:
    """Adds one error to `failed` for each two files, or sources, whose ids are the same."""

    def __init__(self, failed: list[SearchError], settings: ReadingSettings) -> None:
        self.count = 0  # of the articles
        self._failed = failed
        self._settings = settings
        self._errors: dict[tuple[Owner | str, Owner | str], IdTakenError] = {}

    def add(self, document: Document, owner: Owner, first: Owner) -> None:
        """Take note that the document of one file has the id of another, or of one before it."""
        self.count += 1
        # Files bear the same ids where their folders do, all of them.
        whole = not document.at and owner.source != first.source
        pair = (owner.source, first.source) if whole else (owner, first)
        if pair in self._errors:
            self._errors[pair].add()
            return
        place, source = self._place_of(document, first), printable(first.source)
        taken_by = message("'{place}'", place=place)
        if first.source != owner.source:
            taken_by = message("'{place}' of '{source}'", place=place, source=source)
        hint = _RENAME_FOLDER if whole else _RENAME
        if document.at and owner != first and self._settings.record_ids == "own":
            hint = _BY_FILE
        error = IdTakenError(document.place, document.id, taken_by, hint)
        self._errors[pair] = error
        self._failed.append(error)

    def _place_of(self, document: Document, first: Owner) -> str:
        """Return where the first article of that id is: only its file is remembered."""
        if document.id == first.file:
            return first.file
        file = SourceFile(_path(first), first.file, 0, 0)
        try:
            readings = documents(file, load(file, self._settings), self._settings)
            found = (r for r in readings if isinstance(r, Document) and r.id == document.id)
            return next((one.place for one in found), first.file)
        except UnreadableArticleError:  # it is gone, or another now
            return first.file


def _path(owner: Owner) -> str:
    """Return where a file lies, from the source and the id."""
    source = Source.of(owner.source)
    if source.path.is_dir():
        return str(source.path / owner.file.removeprefix(f"{source.name}/"))
    return owner.source
