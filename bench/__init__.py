"""Speed beside peers, measured in one run: `make bench`, or `python -m bench.speed --help`."""
