"""Where an archive lies that several machines hold: an OpenSearch cluster."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cluster:
    """An archive of an OpenSearch cluster: in place of the folder of an embedded index.

    All that is stored lies in indices whose names begin with `name`, and `name` itself is the alias
    of the one that answers. Who asks is told by the environment alone; nothing that is printed of a
    cluster tells it.
    """

    hosts: tuple[str, ...]  # as in "https://10.0.0.1:9200"; any of them can be asked
    name: str = "xunwen"
    shards: int = 1  # that a new generation is cut into
    replicas: int = 1  # of each, on other nodes
    timeout: int = 30  # seconds that one request may take
    ca: str = ""  # a file of certificates that are trusted, beside those of the system
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(self.hosts)})"

    def generation(self, name: str, part: int = 0) -> "Generation":
        """Return where a generation of the archive lies, or one part of it that is being built."""
        return Generation(self, name, part)


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of an archive on a cluster: in place of its folder."""

    cluster: Cluster
    name: str  # as in "gen-000003-5f1e9a"
    part: int = 0  # of those in which it is being built, from 1; 0 is the whole

    @property
    def index(self) -> str:
        """The index of the cluster that holds it."""
        return f"{self.cluster.name}-{self.name}"
