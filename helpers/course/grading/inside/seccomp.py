"""A filter in the kernel for the system calls that a student's process may make.

Written as classic BPF, the language that ``prctl(PR_SET_SECCOMP)`` takes, so that
no compiled library is needed. Whatever is not listed here is allowed: the walls
are namespaces, an unprivileged user and limits, and this is one wall more.
"""

import ctypes
import errno
import platform
import struct

# Numbers on x86_64 and on aarch64, from the kernel's tables.
_REFUSED = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "open_by_handle_at": (304, 265),
    "io_uring_setup": (425, 425),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fspick": (433, 433),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "pidfd_getfd": (438, 438),
    "personality": (135, 92),
    "quotactl": (179, 60),
    "acct": (163, 89),
    "memfd_create": (319, 279),  # memory that no limit counts
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "bind": (49, 200),  # a socket without a name cannot be found
    "setsockopt": (54, 208),  # it gives a name, too, and lets a socket hold more memory
    "flock": (73, 32),  # a lock on a file of the system is seen by whoever has that file
    "inotify_init": (253, 26),  # and so is that it was opened; aarch64 has inotify_init1 alone
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
    "mincore": (27, 232),  # and which of its pages are in memory
    "preadv2": (327, 286),
    "syslog": (103, 116),  # the kernel says there who has crashed
    "kcmp": (312, 272),
    "name_to_handle_at": (303, 264),
}
_FCNTL = (72, 25)
_LOCKS = (
    5,
    6,
    7,
    36,
    37,
    38,
    1024,
    1025,
    1026,
)  # locks, leases and notices, on one's own files too
_SOCKET, _SOCKETPAIR = (41, 198), (53, 199)
_CLONE, _CLONE3 = (56, 220), (435, 435)
_NEW_NAMESPACES = 0x7E02_0000  # mounts, cgroups, names, messages, users, processes, network
_MACHINES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}
_LOAD, _JUMP_EQUAL, _JUMP_GREATER, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0000 | errno.EPERM
_UNKNOWN = 0x0005_0000 | errno.ENOSYS  # of clone3 nothing can be read; libraries then use clone
_NEWEST = 450  # of the calls that were looked at; libraries do without later ones
_NUMBER, _MACHINE, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24
_UNIX = 1  # the family of sockets within one machine, which asyncio needs
_X32 = 0x4000_0000
_SET_SECCOMP, _FILTER = 22, 2


def install(libc: ctypes.CDLL) -> bool:
    """Install the filter in this process and all its children; return whether that worked."""
    found = _MACHINES.get(platform.machine())
    if found is None:
        return False
    program = _program(*found)
    length = len(program) // 8
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", length, ctypes.addressof(buffer))
    return libc.prctl(_SET_SECCOMP, _FILTER, ctypes.c_char_p(header), 0, 0) == 0


def _program(column: int, machine: int) -> bytes:
    """Return the filter.

    It refuses another machine's calls, those above and newer ones, network sockets, locks on
    files, and new namespaces.
    """
    numbers = [numbers[column] for numbers in _REFUSED.values()]
    sockets = (_SOCKET[column], _SOCKETPAIR[column])
    lines = [
        _line(_LOAD, _MACHINE),
        _line(_JUMP_EQUAL, machine, 1, 0),
        _line(_RETURN, _REFUSE),
        _line(_LOAD, _NUMBER),
        _line(_JUMP_GREATER, _X32, 0, 1),
        _line(_RETURN, _REFUSE),
        _line(_JUMP_GREATER, _NEWEST + 1, 0, 1),
        _line(_RETURN, _UNKNOWN),
    ]
    for number in numbers:
        lines += [_line(_JUMP_EQUAL, number, 0, 1), _line(_RETURN, _REFUSE)]
    for number in sockets:
        lines += [
            _line(_JUMP_EQUAL, number, 0, 4),
            _line(_LOAD, _FIRST_ARGUMENT),
            _line(_JUMP_EQUAL, _UNIX, 1, 0),
            _line(_RETURN, _REFUSE),
            _line(_RETURN, _ALLOW),
        ]
    lines += [
        _line(_JUMP_EQUAL, _FCNTL[column], 0, len(_LOCKS) + 3),
        _line(_LOAD, _SECOND_ARGUMENT),
        *(_line(_JUMP_EQUAL, lock, len(_LOCKS) - place, 0) for place, lock in enumerate(_LOCKS)),
        _line(_RETURN, _ALLOW),
        _line(_RETURN, _REFUSE),
        _line(_JUMP_EQUAL, _CLONE3[column], 0, 1),
        _line(_RETURN, _UNKNOWN),
        _line(_JUMP_EQUAL, _CLONE[column], 0, 3),
        _line(_LOAD, _FIRST_ARGUMENT),
        _line(_JUMP_ANY_BIT, _NEW_NAMESPACES, 0, 1),
        _line(_RETURN, _REFUSE),
    ]
    return b"".join([*lines, _line(_RETURN, _ALLOW)])


def _line(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
