"""Control groups of memory, in a folder that plays the kernel: both versions, on any machine."""

from pathlib import Path

import pytest

from helpers.course.grading import memory_groups
from helpers.course.grading.memory_groups import MemoryGroups, remove_groups

pytestmark = pytest.mark.tier("check")
MOST = 2**30
MOUNTED = {
    1: "cgroup {top} cgroup rw,relatime,memory 0 0",
    2: "cgroup2 {top} cgroup2 rw,nosuid 0 0",
}
LIMITS = {
    1: {"memory.limit_in_bytes": str(MOST), "memory.memsw.limit_in_bytes": str(MOST)},
    2: {"memory.max": str(MOST), "memory.swap.max": "0", "memory.oom.group": "1"},
}


class Group(type(Path())):
    """A control group: the kernel makes its files with it, and keeps it while somebody is in it."""

    files = ()

    def mkdir(self):
        super().mkdir()
        for file in (*self.files, "cgroup.procs", "cgroup.subtree_control"):
            (self / file).touch()

    def rmdir(self):
        if list(self.glob("*/")) or (self / "cgroup.procs").read_text():
            raise OSError("busy")
        for file in self.iterdir():
            file.unlink()
        super().rmdir()


@pytest.fixture(params=[1, 2])
def version(request):
    """The version of control groups that there is."""
    return request.param


@pytest.fixture
def top(version, tmp_path, monkeypatch):
    """The top of a hierarchy."""
    mounts = tmp_path / "mounts"
    made = Group(tmp_path / "cgroup")
    monkeypatch.setattr(Group, "files", tuple(LIMITS[version]))
    monkeypatch.setattr(memory_groups, "Path", Group)
    monkeypatch.setattr(memory_groups, "MOUNTS", mounts)
    made.mkdir()
    (made / "cgroup.subtree_control").write_text("cpu memory")
    other = "cgroup /elsewhere cgroup rw,cpu 0 0\nproc /proc proc rw 0 0\n"
    mounts.write_text(other + MOUNTED[version].format(top=made))
    return made


def test_each_seat_has_its_limits(top, version):
    groups = MemoryGroups("run", MOST)
    for seat in (0, 1):
        with groups.entrance(seat) as entrance:
            entrance.write(b"0")
        found = top / "run" / f"seat-{seat}"
        assert {name: (found / name).read_text() for name in LIMITS[version]} == LIMITS[version]
        assert (found / "cgroup.procs").read_text() == "0"
    assert (top / "run" / "cgroup.subtree_control").read_text() == "+memory" * (version == 2)


def test_a_kernel_without_swap_has_the_first_limit_alone(top, version, monkeypatch):
    first, *_ = LIMITS[version]
    monkeypatch.setattr(Group, "files", (first,))
    MemoryGroups("run", MOST).entrance(0).close()
    assert (top / "run/seat-0" / first).read_text() == str(MOST)
    assert not (top / "run/seat-0" / LIMITS[version].popitem()[0]).exists()


def test_a_run_removes_its_groups_and_those_of_a_killed_one(top, monkeypatch):
    monkeypatch.setattr(memory_groups, "_ENOUGH_SECONDS", 0.05)
    groups = MemoryGroups("run", MOST)
    with groups.entrance(1) as entrance:
        entrance.write(b"7")
    assert groups.hold_something()
    groups.remove()
    assert {group.name for group in (top / "run").glob("seat-*")} == {"seat-1"}  # it is busy
    (top / "run/seat-1/cgroup.procs").write_text("")
    assert not groups.hold_something()
    remove_groups("run")
    assert not (top / "run").exists()
    remove_groups("run")  # nothing is there


def test_where_a_limit_cannot_be_set_there_are_no_groups(top, monkeypatch):
    def refused(*_):
        raise PermissionError

    monkeypatch.setattr(MemoryGroups, "entrance", refused)
    with pytest.raises(PermissionError):
        MemoryGroups("run", MOST)
    assert not (top / "run").exists()


def test_without_a_controller_of_memory_there_are_none(top, version):
    (top / "cgroup.subtree_control").write_text("cpu")
    memory_groups.MOUNTS.write_text(MOUNTED[version].format(top=top).replace(",memory", ""))
    with pytest.raises(FileNotFoundError):
        MemoryGroups("run", MOST)
    assert not (top / "run").exists()
