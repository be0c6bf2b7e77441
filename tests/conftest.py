"""What the tests need of the process that they run in."""

from __future__ import annotations

import signal

# A shell starts what it runs in the background deaf to Ctrl-C, and programs inherit that; some tests send the signal.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
