"""Indexes on a real OpenSearch node, for the tests of the engines; see `engine_cases`."""

from functools import cached_property
from pathlib import Path

from search.config.cluster import Cluster, Generation
from search.engine import Engine
from search.engine.opensearch import create, fork, open_
from search.engine.opensearch.catalog import Catalog
from tests.engine_under_test import addresses


class ClusterKind:
    """Makes an index for each folder it is given; the node is started with the first."""

    def __init__(self) -> None:
        self._made: dict[Path, Generation] = {}

    def create(self, folder: Path) -> Engine:
        name = self.catalog.create({})
        self._made[folder] = self.catalog.place(name)
        return create(self._made[folder])

    def fork(self, folder: Path, new: Path) -> Engine:
        name = self.catalog.clone(self._made[folder].name, {})
        self._made[new] = self.catalog.place(name)
        return fork(self._made[folder], self._made[new])

    def open(self, folder: Path) -> Engine:
        return open_(self._made[folder])

    @cached_property
    def catalog(self) -> Catalog:
        """The archive that all the indexes are generations of."""
        return Catalog(Cluster(addresses(), replicas=0))
