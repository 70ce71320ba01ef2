"""How the site is served, whoever serves it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The table `site` of search.toml."""

    seconds: int = 3  # that an answer may take, before it is refused; 0 for any number
    rate: str = "3000/minute"  # of requests from one address; "0/minute" for no limit
    originals: bool = True  # whether the files of articles can be taken as they are
    proxies: int = 0  # reverse proxies in front, whose word on the address of a reader is taken
