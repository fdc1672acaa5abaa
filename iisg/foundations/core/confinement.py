"""What a process that reads a foreign file takes from itself before it looks at the first byte (ADR 10)."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def limit_means(memory: int, seconds: int) -> None:
    """So many bytes of memory and seconds of computing; no file written, no process started, no core dump."""
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, seconds)
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        _limit(kind, 0)


def close_the_doors() -> None:
    """From now on nothing is opened: no file, no socket. Whatever is needed must be imported before.

    The lowest free number becomes the limit of open files. Where the system lets everybody do so the process
    also leaves the network itself.
    """
    _leave_the_network()
    free = os.dup(0)
    os.close(free)
    _limit(resource.RLIMIT_NOFILE, free)


def _limit(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):  # a system without this limit: the others still stand
        resource.setrlimit(kind, (most, most))


def _leave_the_network() -> None:
    with contextlib.suppress(AttributeError, OSError):  # only Linux has it, and not every container allows it
        ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER | _NEW_NETWORK)
