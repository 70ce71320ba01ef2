"""How the site is served, whoever serves it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The table `site` of search.toml."""

    seconds: int = 3  # that an answer may take, before it is refused; 0 for any number
    rate: str = "3000/minute"  # of requests from one address; "0/minute" for no limit
    originals: bool = True  # whether the files of articles can be taken as they are
    proxies: int = 0  # reverse proxies in front, whose word on the address of a reader is taken
    workers: int = 0  # processes that answer, by gunicorn; 0 for this one, by waitress
    at_once: int = 8  # requests that are worked on at once, in each process
    queue: int = 32  # more that wait for one of these to end, in each process
    queue_seconds: int = 3  # that they wait, before they are refused
    log: str = "auto"  # whether each request is: "on", "off", or "auto" for on with workers
    log_queries: bool = False  # whether what readers search for is, too
    metrics: bool = True  # whether there is /metrics
