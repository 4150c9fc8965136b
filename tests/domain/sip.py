"""A softphone and a telephone that is called, both real, on loopback: baresip and sipp.

The softphone is driven as any other program is: by a command line. What the called one got stands in its log, letter by
letter.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import wave
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MODULES = Path("/usr/lib/baresip/modules")
MISSING = not (shutil.which("sipp") and shutil.which("baresip") and MODULES.is_dir())

CONFIGURATION = """\
sip_listen 127.0.0.1:{phone}
audio_source aufile,{folder}/silence.wav
audio_player aubridge,nil
module_path {modules}
module g711.so
module aufile.so
module aubridge.so
module_tmp uuid.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{control}
"""

TELLING = """\
import json, socket, sys
told = json.dumps({{"command": sys.argv[1], "params": " ".join(sys.argv[2:])}}).encode()
with socket.create_connection(("127.0.0.1", {control}), 5) as phone:
    phone.settimeout(5)
    phone.sendall(b"%d:%s," % (len(told), told))
    heard = b""
    while b'"response":true' not in heard:
        heard += phone.recv(4096)
sys.exit(b'"ok":true' not in heard)
"""

# What a softphone that starts programs does by itself: at each call that comes in it runs a command with who rings.
RINGING = """\
import json, re, socket, subprocess, sys
with socket.create_connection(("127.0.0.1", {control}), 5) as phone:
    heard = b""
    while told := phone.recv(4096):
        heard += told
        while match := re.match(rb"(\\d+):", heard):
            end = match.end() + int(match[1])
            if len(heard) <= end:
                break
            event, heard = json.loads(heard[match.end():end]), heard[end + 1:]
            if event.get("type") == "CALL_INCOMING":
                subprocess.run([*sys.argv[1:], event["peeruri"]], check=False)
"""

CALLING = """\
<?xml version="1.0" encoding="UTF-8"?>
<scenario name="rings, and gives up">
  <send retrans="500"><![CDATA[
INVITE sip:anna@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:NUMBER@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:anna@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: sip:NUMBER@[local_ip]:[local_port]
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio 40000 RTP/AVP 0
a=rtpmap:0 PCMU/8000
  ]]></send>
  <recv response="100" optional="true"/>
  <recv response="180"/>
  <pause milliseconds="2000"/>
</scenario>
"""


class Softphone:
    """baresip, and sipp as whoever is called. `dials` and `hangs_up` are lines of settings."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._log = folder, folder / "called.log"
        self._phone, self._control, self._called = (free_port(kind) for kind in "dsd")
        self._write()
        self._programs: list[subprocess.Popen[bytes]] = []
        command = f'"{sys.executable}" "{folder / "phone.py"}"'
        self.dials = f"{command} dial sip:{{number}}@127.0.0.1:{self._called}"
        self.hangs_up = f"{command} hangup"

    def __enter__(self) -> Softphone:
        self._start("sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", str(self._called), "-trace_msg",
                    "-message_file", str(self._log), "-nostdin")  # fmt: skip
        self._start("baresip", "-f", str(self.folder))
        wait_until(self._answers)
        return self

    def __exit__(self, *_how: object) -> None:
        for program in self._programs:
            program.kill()
            program.wait(10)

    def runs_when_it_rings(self, command: list[str]) -> None:
        """At each call that comes in it runs this, with the address of who rings behind it."""
        self._start(sys.executable, str(self.folder / "ringing.py"), *command)

    def is_rung_by(self, number: str) -> None:
        """Somebody with this number rings here."""
        scenario = self.folder / "calling.xml"
        scenario.write_text(CALLING.replace("NUMBER", number))
        self._start("sipp", f"127.0.0.1:{self._phone}", "-sf", str(scenario), "-m", "1", "-i", "127.0.0.1", "-p",
                    str(free_port("d")), "-nostdin")  # fmt: skip

    def called(self) -> list[str]:
        """Whom each INVITE was for, in turn."""
        return re.findall(r"^INVITE sip:(\S*)@", self._heard(), re.MULTILINE)

    def heard(self, word: str) -> int:
        """How often the one who is called got this word of SIP."""
        return len(re.findall(f"^{word} sip:", self._heard(), re.MULTILINE))

    def _heard(self) -> str:
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""

    def _answers(self) -> bool:
        with socket.socket() as trying:
            return trying.connect_ex(("127.0.0.1", self._control)) == 0

    def _write(self) -> None:
        places = {"folder": self.folder, "modules": MODULES, "phone": self._phone, "control": self._control}
        (self.folder / "config").write_text(CONFIGURATION.format(**places))
        (self.folder / "phone.py").write_text(TELLING.format(**places))
        (self.folder / "ringing.py").write_text(RINGING.format(**places))
        (self.folder / "accounts").write_text(f"<sip:anna@127.0.0.1:{self._phone}>;regint=0;audio_codecs=PCMU\n")
        with wave.open(str(self.folder / "silence.wav"), "wb") as silence:
            silence.setnchannels(1)
            silence.setsampwidth(2)
            silence.setframerate(8000)
            silence.writeframes(bytes(60 * 16000))

    def _start(self, *arguments: str) -> None:
        quiet = subprocess.DEVNULL
        self._programs.append(subprocess.Popen(arguments, stdin=quiet, stdout=quiet, stderr=quiet, cwd=self.folder))


def free_port(kind: str) -> int:
    """A port nobody listens on: "d" for datagrams, "s" for streams."""
    with socket.socket(type=socket.SOCK_DGRAM if kind == "d" else socket.SOCK_STREAM) as trying:
        trying.bind(("127.0.0.1", 0))
        port: int = trying.getsockname()[1]
        return port


def wait_until(true: Callable[[], object], seconds: float = 10) -> None:
    """Until this is so, or the test fails."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never came to be"
        threading.Event().wait(0.02)
