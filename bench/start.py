"""A fresh process that answers one query: `python -m bench.start INDEX QUERY`."""

import sys

from search.cli import main

if __name__ == "__main__":
    main([*sys.argv[2:], "--index", sys.argv[1], "--json"])
