"""How good the answers are beside peers: `python -m bench.relevance --help`."""
