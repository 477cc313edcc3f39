"""Two submissions that are graded at the same time cannot talk to each other."""

import contextlib

import pytest

from helpers.course.grading.sandbox import Limits, Sandbox
from helpers.course.grading.session import Session
from tests.waiting import HANGS

from .course_directory import needs_wall

pytestmark = [needs_wall, pytest.mark.tier("test"), pytest.mark.xdist_group("neighbors")]
SLOT = 700  # users that no other test has
PREPARE = """
import ctypes, fcntl, glob, os, signal, socket, struct
LIBC = ctypes.CDLL(None, use_errno=True)
SHARED = os.__file__  # both see this file

def let_go(line):
    LIBC.connect(line.fileno(), struct.pack("H14x", 0), 16)
    return line

def pair():
    return socket.socketpair(type=socket.SOCK_DGRAM)
"""
WAYS = {  # one and the other take turns; whoever notices something says so
    "socket without a file": (
        "line = socket.socket(socket.AF_UNIX); line.bind('\\0answers'); line.listen()",
        "socket.socket(socket.AF_UNIX).connect('\\0answers'); print('noticed')",
    ),
    "name for half of a pair": (
        "line, _ = pair(); line.bind('\\0answers'); let_go(line)",
        "line, _ = pair(); line.sendto(b'x', '\\0answers'); print('noticed')",
    ),
    "name that the kernel gives": (
        "line, _ = pair()\n"
        "line.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1); line.send(b'x'); let_go(line)\n"
        "print(line.getsockname())",
        "line, _ = pair()\n"
        "for number in range(2**20):\n"
        "    try:\n"
        "        line.sendto(b'x', b'\\0%05x' % number)\n"
        "        print('noticed'); break\n"
        "    except OSError:\n"
        "        pass",
    ),
    "port of the machine itself": (
        "line = socket.create_server(('127.0.0.1', 29_115))",
        "socket.create_connection(('127.0.0.1', 29_115)); print('noticed')",
    ),
    "lock on a file": (
        "file = open(SHARED); fcntl.flock(file, fcntl.LOCK_EX)",
        "file = open(SHARED)\n"
        "try:\n"
        "    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "except BlockingIOError:\n"
        "    print('noticed')",
    ),
    "lock on a part of a file": (
        "file = open(SHARED); fcntl.lockf(file, fcntl.LOCK_SH, 7)",
        "file = open(SHARED)\n"
        "asked = struct.pack('hhqqi4x', fcntl.F_WRLCK, 0, 0, 7, 0)\n"
        "found = fcntl.fcntl(file, fcntl.F_GETLK, asked)\n"
        "if struct.unpack('hhqqi4x', found)[0] != fcntl.F_UNLCK: print('noticed')",
    ),
    "notice that a file was opened": (
        "pass",
        "watch = LIBC.inotify_init1(os.O_NONBLOCK)\n"
        "LIBC.inotify_add_watch(watch, SHARED.encode(), 0x20)",
        "open(SHARED).close()",
        "if os.read(watch, 1000): print('noticed')",
    ),
    "segment of System V": (
        "LIBC.shmget(47_115, 4096, 0o1666)",
        "found = LIBC.shmget(47_115, 4096, 0)\n"
        "if found >= 0: print('noticed'); LIBC.shmctl(found, 0, 0)",
    ),
    "semaphore of System V": (
        "LIBC.semget(47_115, 1, 0o1666)",
        "found = LIBC.semget(47_115, 1, 0)\n"
        "if found >= 0: print('noticed'); LIBC.semctl(found, 0, 0)",
    ),
    "queue of messages": (
        "LIBC.mq_open(b'/answers', os.O_CREAT | os.O_RDWR, 0o666, None)",
        "if LIBC.mq_open(b'/answers', os.O_RDWR) >= 0: print('noticed')",
    ),
    "key of the kernel": (
        "LIBC.syscall(248, b'user', b'answers', b'x', 1, -4)",
        "if LIBC.syscall(249, b'user', b'answers', None, 0) >= 0: print('noticed')",
    ),
    "terminal": ("os.openpty()", "if glob.glob('/dev/pts/[0-9]*'): print('noticed')"),
    "file": (
        "for folder in ('/tmp', '/var/tmp', '/dev/shm', '/dev', '.', '/'):\n"
        "    try:\n"
        "        open(f'{folder}/answers', 'w').close()\n"
        "    except OSError:\n"
        "        pass",
        "folders = ('/tmp', '/var/tmp', '/dev/shm', '/dev', '/')\n"
        "if any(glob.glob(f'{folder}/answers') for folder in folders): print('noticed')",
    ),
    "process": ("pass", "if glob.glob('/proc/[0-9]*'): print('noticed')"),
    "signal": (
        "signal.signal(signal.SIGUSR1, lambda *_: None)",
        "for number in range(2, 3000):\n"
        "    try:\n"
        "        os.kill(number, signal.SIGUSR1); print('noticed'); break\n"
        "    except OSError:\n"
        "        pass",
    ),
    "memory of a process": (
        "pass",
        "here = (ctypes.c_size_t * 2)(0, 8)\n"
        "for number in range(2, 3000):\n"
        "    if LIBC.process_vm_readv(number, here, 1, here, 1, 0) >= 0: print('noticed')\n"
        "    if LIBC.ptrace(16, number, 0, 0) == 0: print('noticed')",
    ),
    "line of the kernel's log": (
        "pass",
        "text = ctypes.create_string_buffer(10**6)\n"
        "if LIBC.klogctl(3, text, 10**6) >= 0: print('noticed')",
    ),
}
HARMLESS = [  # to try without a wall: there they are noticed
    "socket without a file",
    "name for half of a pair",
    "name that the kernel gives",
    "port of the machine itself",
    "lock on a file",
    "lock on a part of a file",
    "notice that a file was opened",
    "segment of System V",
    "semaphore of System V",
]


@pytest.fixture(scope="module")
def meet():
    """A function that lets two submissions take turns, and returns what they show."""
    with contextlib.ExitStack() as opened:
        sandboxes = {}

        def take_turns(turns, walled):
            if walled not in sandboxes:
                made = Sandbox(slot=SLOT, limits=Limits(seconds=HANGS), walled=walled)
                sandboxes[walled] = opened.enter_context(made)
            pair = [sandboxes[walled].begin(seat) for seat in range(2)]
            try:
                sessions = [Session(one.channel, one.end) for one in pair]
                shown = [session.run(1, PREPARE, HANGS) for session in sessions]
                for number, code in enumerate(turns):
                    shown.append(sessions[number % 2].run(2, code, HANGS))
            finally:
                for one in pair:
                    sandboxes[walled].end(one)
            return [o["text"] for outputs in shown for o in outputs if o["kind"] == "stdout"]

        yield take_turns


@pytest.mark.parametrize("way", WAYS)
def test_neighbors_notice_nothing_of_each_other(meet, way):
    assert "noticed\n" not in meet(WAYS[way], walled=True)


@pytest.mark.parametrize("way", HARMLESS)
def test_without_a_wall_they_would(meet, way):
    assert "noticed\n" in meet(WAYS[way], walled=False)
