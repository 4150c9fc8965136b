"""An office's file on a network drive: which drives are one, and one workstation at a time (C15)."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

from channergy_crm import clock
from channergy_crm.errors import Surroundings
from channergy_crm.kept import Hold
from channergy_crm.language import _

NETWORK_FILE_SYSTEMS = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "afpfs", "9p", "webdav", "davfs", "ceph", "glusterfs", "fuse.sshfs",
    "fuse.rclone", "fuse.s3fs", "fuse.gvfsd-fuse",
}  # fmt: skip
_seats: dict[Path, Hold] = {}
"""held until this program ends, however it ends"""


def network_file_system(path: Path) -> str:
    """The name of the network file system `path` lies on, or ''. WAL does not work on one."""
    if str(path).startswith(("\\\\", "//")):
        return _("network share")
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    real = str(path.parent.resolve())
    best, found = "", ""
    for line in mounts:
        _device, place, file_system, *_options = line.split(" ")
        if (real == place or real.startswith(place.rstrip("/") + "/")) and len(place) >= len(best):
            best, found = place, file_system
    return found if found in NETWORK_FILE_SYSTEMS else ""


def seat_of(path: Path) -> Path:
    """The small file that says who works in an office on a network drive."""
    return path.with_name(f"{path.name}.in-use")


def sit_down(path: Path) -> None:
    """Be the one workstation that works in this file until the program ends; a sentence says who else is."""
    seat = seat_of(path.absolute())
    if seat in _seats:
        return
    hold = Hold(seat)
    try:
        taken = hold.take()
    except OSError as error:
        said = _("{file} cannot be written: {reason}.").format(file=seat, reason=error.strerror or error)
        raise Surroundings(said) from error
    if not taken:
        raise Surroundings(
            _(
                "{who} works in this office. On a network drive only one workstation at a time can: wait until the "
                "program is closed there, or move the office to PostgreSQL, where all of you can."
            ).format(who=_who(seat))
        )
    _seats[seat] = hold
    with suppress(OSError):  # then nobody is told who it is
        seat.write_text(_("{user} at {station}, since {time}").format(
            user=_user(), station=socket.gethostname(), time=f"{clock.now():%Y-%m-%d %H:%M}"), "utf-8")  # fmt: skip


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _("somebody")


def _who(seat: Path) -> str:
    with suppress(OSError, ValueError):
        if said := seat.read_text("utf-8").strip():
            return said
    return _("Somebody else")
