"""Verifying: whether the index finds what plain `in` over the articles' files finds, and no more.

The files are read and folded anew in one pass, some million characters at a time, while the strings
to ask for are known already; so memory does not grow with the archive but by what is counted.
"""

from search.archive.verifying.asking import PAGE, Page
from search.archive.verifying.run import Extent, verify
from search.archive.verifying.verification import Failure, Note, Verification

__all__ = ["PAGE", "Extent", "Failure", "Note", "Page", "Verification", "verify"]
