"""What the tests need of the process that they run in."""

from __future__ import annotations

import signal
from types import ModuleType

import pytest

from accuracy import corpus

# A shell starts what it runs in the background deaf to Ctrl-C, and programs inherit that; some tests send the signal.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def scorer() -> ModuleType:
    """The scoring tool that lies beside the project; without it the test is skipped."""
    if not corpus.SCORER.exists():
        pytest.skip(f"the scoring tool is not at {corpus.SCORER}")
    return corpus.scorer()
