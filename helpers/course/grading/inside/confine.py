"""Give up every right that a student's process does not need, one after another."""

import ctypes
import os
import resource
from pathlib import Path
from typing import Any

from helpers.course.grading.inside import seccomp

_LIBC = ctypes.CDLL(None, use_errno=True)
_NEW_MOUNTS, _NEW_IPC, _NEW_USERS, _NEW_PIDS = 0x2_0000, 0x800_0000, 0x1000_0000, 0x2000_0000
_NEW_NETWORK = 0x4000_0000
_PRIVATE, _READ_ONLY, _NO_SUID, _NO_DEV = 0x4000 | 0x4_0000, 1, 2, 4
_SET_DUMPABLE, _CAPBSET_DROP, _NO_NEW_PRIVS, _AMBIENT, _AMBIENT_CLEAR = 4, 24, 38, 47, 4
_CAPABILITY_VERSION = 0x2008_0522
_LAST_CAPABILITY = 63


def own_pids_for_children() -> None:
    """Let the next child be the first process of a world of its own.

    When it ends, the kernel ends every process that it has left behind.
    """
    _check(_LIBC.unshare(_NEW_PIDS), "unshare")


def pids_as_before(here: int) -> None:
    """Let further children be ordinary ones; `here` is our own ``/proc/self/ns/pid``."""
    _check(_LIBC.setns(here, _NEW_PIDS), "setns")


def own_user(user: int) -> None:
    """Be another user in a world of users of its own, as far as this process can see."""
    _check(_LIBC.unshare(_NEW_USERS), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} 0 1")
    Path("/proc/self/gid_map").write_text(f"{user} 0 1")


def own_world(size: int) -> None:
    """Give this process empty temporary folders, and nobody that it could see or talk to.

    A name that it gives to a socket is known in its own network only, which has no wires.
    """
    _check(_LIBC.unshare(_NEW_MOUNTS | _NEW_IPC | _NEW_NETWORK), "unshare")
    _mount(None, "/", None, _PRIVATE, None)
    for folder in ("/tmp", "/dev/shm"):
        _mount(
            "tmpfs", folder, "tmpfs", _NO_SUID | _NO_DEV, f"size={size},mode=1777,nr_inodes=4096"
        )
    for folder in ("/proc", "/dev/pts"):
        _mount("tmpfs", folder, "tmpfs", _READ_ONLY | _NO_SUID | _NO_DEV, "size=4k")


def become(user: int) -> None:
    """Become another user, for good."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def drop_rights() -> None:
    """Give up every capability, and the way to get one back."""
    _LIBC.prctl(_AMBIENT, _AMBIENT_CLEAR, 0, 0, 0)
    for capability in range(_LAST_CAPABILITY + 1):
        _LIBC.prctl(_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    _check(_LIBC.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    no_new_rights()


def no_new_rights() -> None:
    """Let no program that is started gain a right."""
    _check(_LIBC.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")


def refuse_system_calls() -> bool:
    """Refuse the system calls that no answer needs; return whether this platform can."""
    return seccomp.install(_LIBC)


def limit(limits: dict[str, Any]) -> None:
    """Limit memory, processor time, processes, files and their size."""
    for name in ("AS", "CPU", "NPROC", "NOFILE", "FSIZE"):
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None or limits.get(name) is None:
            continue
        _, most = resource.getrlimit(kind)
        value = int(limits[name])
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(kind, (value, value))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _mount(
    source: str | None, target: str, kind: str | None, flags: int, options: str | None
) -> None:
    texts = (text and text.encode() for text in (source, target, kind))
    _check(_LIBC.mount(*texts, ctypes.c_ulong(flags), options and options.encode()), "mount")


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
