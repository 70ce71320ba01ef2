"""For all tests: how many examples property tests try, and that CI skips nothing."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.engine_under_test import ON_CLUSTER, missing

# A machine that is busy with other things makes no property wrong.
SLOW = [HealthCheck.too_slow]
settings.register_profile(
    "default", deadline=None, derandomize=True, max_examples=60, suppress_health_check=SLOW
)
settings.register_profile("soak", deadline=None, max_examples=600, suppress_health_check=SLOW)
settings.load_profile("soak" if os.environ.get("XUNWEN_SOAK") else "default")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where a run is to use a cluster, and there is no server, have one skipped test say so."""
    if not ON_CLUSTER or not items or os.environ.get("XUNWEN_REQUIRE_ALL"):
        return
    if reason := missing():
        items[0].add_marker(pytest.mark.skip(f"{reason} ({len(items)} tests need it)"))
        config.hook.pytest_deselected(items=items[1:])
        del items[1:]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run with a skipped test where XUNWEN_REQUIRE_ALL says that all must run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and os.environ.get("XUNWEN_REQUIRE_ALL") and reporter.stats.get("skipped"):
        reporter.write_line("skipped tests are failures here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
