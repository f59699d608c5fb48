"""What a process that parses foreign bytes may still do: compute, and write to pipes that it holds already.

Two walls, the first everywhere, the second on Linux (x86-64, arm64):

1. limits of the system on memory, processor time, open files, and no byte into any file;
2. a seccomp filter: no new process or thread, no program started, no file opened, made, renamed or removed, no socket,
   no signal to anybody. What is forbidden fails with EPERM, as if the file could not be had; nothing takes it back.

`enter` closes both behind the calling process for good. Where there is no seccomp, audit hooks of Python stand in its
place: they bind Python code, not a library that was taken over; `find_wall` says which one there is.
Source: the numbers are those of linux/seccomp.h, linux/filter.h and the two tables of system calls.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys
from dataclasses import dataclass

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_EQ, _JUMP_GE, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF: ld abs word, jeq, jge, ret
_ALLOW, _DENY, _KILL = 0x7FFF0000, 0x00050001, 0x80000000  # DENY: EPERM
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_X32_BIT = 0x40000000

# What is forbidden, by name: number on x86-64, on arm64 (None where it does not exist).
_FORBIDDEN: dict[str, tuple[int | None, int | None]] = {
    # processes and programs
    "clone": (56, 220), "fork": (57, None), "vfork": (58, None), "clone3": (435, 435), "execve": (59, 221),
    "execveat": (322, 281), "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "ptrace": (101, 117),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438), "setns": (308, 268), "unshare": (272, 97), "prlimit64": (302, 261),
    "setrlimit": (160, 164), "setpriority": (141, 140), "sched_setaffinity": (203, 122), "bpf": (321, 280),
    # files
    "open": (2, None), "openat": (257, 56), "openat2": (437, 437), "creat": (85, None), "rename": (82, None),
    "renameat": (264, 38), "renameat2": (316, 276), "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None),
    "link": (86, None), "linkat": (265, 37), "unlink": (87, None), "unlinkat": (263, 35), "symlink": (88, None),
    "symlinkat": (266, 36), "mknod": (133, None), "mknodat": (259, 33), "truncate": (76, 45), "chmod": (90, None),
    "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None), "lchown": (94, None), "fchownat": (260, 54),
    "chdir": (80, 49), "chroot": (161, 51), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "removexattr": (197, 14),
    "memfd_create": (319, 279), "open_by_handle_at": (304, 265), "inotify_init1": (294, 26),
    # the network, and ways to other processes
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269), "accept": (43, 202), "accept4": (288, 242),
    "io_uring_setup": (425, 425), "shmget": (29, 194), "shmat": (30, 196), "msgget": (68, 186), "semget": (64, 190),
    "mq_open": (240, 180), "userfaultfd": (323, 282), "perf_event_open": (298, 241), "keyctl": (250, 219),
}  # fmt: skip
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

# Events of Python's audit hooks, by their beginning, that are refused where there is no seccomp.
_AUDITED = ("open", "os.", "socket.", "subprocess.", "shutil.", "pty.", "fcntl.", "ctypes.dlopen", "signal.", "import")
_AUDITED_ALLOWED = ("os.listdir", "os.scandir", "os.fspath")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may cost.

    ``memory`` in bytes, beyond the address space of the process when it enters the cage; ``cpu_s`` of processor time
    for a whole file; ``wall_s`` between one answer and the next, ``file_s`` for a whole file; ``line`` and ``answers``
    in bytes: of one answer, and of all of a file.
    """

    memory: int = 1_300_000_000
    cpu_s: int = 300
    wall_s: float = 10.0
    file_s: float = 600.0
    line: int = 64_000_000
    answers: int = 1_000_000_000


def find_wall() -> str:
    """Which second wall there is: ``seccomp`` or ``audit``."""
    is_known = sys.platform == "linux" and platform.machine() in _MACHINES
    return "seccomp" if is_known else "audit"


def enter(limits: Limits) -> None:
    """Closes both walls behind this process, for good.

    Raises:
        OSError: The system refuses to. Nothing foreign may be touched then.
    """
    _limit(resource.RLIMIT_AS, limits.memory + _find_size())
    _limit(resource.RLIMIT_CPU, limits.cpu_s)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)
    if find_wall() == "seccomp":
        _filter_calls()
    else:
        sys.addaudithook(_refuse)


def _find_size() -> int:
    """The address space of this process in bytes; 0 where the system does not tell (and does not limit it either)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as opened:
            return int(opened.read().split()[0]) * resource.getpagesize()
    except FileNotFoundError:
        return 0


def _limit(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_AUDITED) and event not in _AUDITED_ALLOWED:
        raise PermissionError(f"not allowed while foreign bytes are read: {event}")


# --- seccomp --------------------------------------------------------------------------------------


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def make_filter(machine: str) -> bytes:
    """The filter as a program of the kernel's packet filter: 8 bytes an instruction.

    Args:
        machine: As `platform.machine` says it.
    """
    column, architecture = _MACHINES[machine]
    numbers = sorted(number for pair in _FORBIDDEN.values() if (number := pair[column]) is not None)
    program = [
        _step(_LOAD, _ARCHITECTURE_AT),
        _step(_JUMP_EQ, architecture, 1, 0),
        _step(_RETURN, _KILL),  # calls in another machine's manner would pass by other numbers
        _step(_LOAD, _NUMBER_AT),
    ]
    if machine == "x86_64":
        program += [_step(_JUMP_GE, _X32_BIT, 0, 1), _step(_RETURN, _KILL)]
    for number in numbers:
        program += [_step(_JUMP_EQ, number, 0, 1), _step(_RETURN, _DENY)]
    return b"".join([*program, _step(_RETURN, _ALLOW)])


def _step(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, when_true, when_false, value)


def _filter_calls() -> None:
    program = make_filter(platform.machine())
    held = ctypes.create_string_buffer(program, len(program))
    described = _Program(len(program) // 8, ctypes.cast(held, ctypes.c_char_p))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or library.prctl(
        _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(described), 0, 0
    ):
        raise OSError(ctypes.get_errno(), "no seccomp filter can be set")
