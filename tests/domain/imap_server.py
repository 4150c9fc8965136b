"""A server of mailboxes on loopback: hands over and moves mails; stalls, closes and talks nonsense when told to."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

USER, PASSWORD = "office@house.example", 'Ge"heim\\5'
_LITERAL = re.compile(rb"\{(\d+)\}\r\n$")
_WORD = re.compile(rb'"((?:[^"\\]|\\.)*)"|(\S+)')


class ImapServer:
    """`folders` holds, by name, the mails by their numbers. `ways` says how the commands are met from the `at`-th on,
    one each: "ok", "close" (before it does it), "after" (does it, then closes), "stall", "odd", "no", "huge".
    """

    def __init__(self, certificate: Path | None = None) -> None:
        self.folders: dict[str, dict[int, bytes]] = {"INBOX": {}, "CRM": {}}
        self.validity, self.next_uid, self.can_move = 7, 1, True
        self.ways: list[str] = []
        self.said: list[str] = []
        self.read_only = False
        safe = None
        if certificate is not None:
            safe = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            safe.load_cert_chain(certificate)
        self.enough, self.lock = threading.Event(), threading.RLock()
        self._server = _Threads(("127.0.0.1", 0), _Talk)
        self._server.ours, self._server.safe = self, safe
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def put(self, mail: bytes, folder: str = "CRM") -> int:
        """A mail comes into a folder."""
        with self.lock:
            uid, self.next_uid = self.next_uid, self.next_uid + 1
            self.folders[folder][uid] = mail.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            return uid

    def all(self) -> list[bytes]:
        """Every mail it holds, wherever it lies."""
        return [mail for folder in self.folders.values() for mail in folder.values()]

    def stop(self) -> None:
        """Nobody answers any more."""
        self.enough.set()
        self._server.shutdown()
        self._server.server_close()


class _Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    block_on_close = False
    ours: ImapServer
    safe: ssl.SSLContext | None


class _Closed(Exception):
    pass


class _Talk(socketserver.StreamRequestHandler):
    """One client."""

    server: _Threads
    disable_nagle_algorithm = True

    def setup(self) -> None:
        if self.server.safe is not None:
            self.request = self.server.safe.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        """Until it is enough, for one of both."""
        self.folder = ""
        try:
            self.say("* OK [CAPABILITY IMAP4rev1] ready")
            while line := self.rfile.readline(100_000):
                while found := _LITERAL.search(line):
                    self.say("+ go on")
                    line = line[: found.start()] + b'"' + self.rfile.read(int(found[1])) + b'"' + self.rfile.readline()
                self.answer(line)
        except (_Closed, OSError, ValueError):
            return

    def say(self, text: str | bytes) -> None:
        self.wfile.write((text.encode() if isinstance(text, str) else text) + b"\r\n")

    def answer(self, line: bytes) -> None:
        ours = self.server.ours
        words = [re.sub(rb"\\(.)", rb"\1", found[1]) if found[1] or not found[2] else found[2]
                 for found in _WORD.finditer(line)]  # fmt: skip
        tag, verb = words[0].decode(), words[1].decode().upper()
        with ours.lock:
            ours.said.append(" ".join(word.decode("utf-8", "replace") for word in words[1:]))
            way = ours.ways.pop(0) if ours.ways else "ok"
        if way == "stall":
            ours.enough.wait(20)
        if way in ("close", "stall"):
            raise _Closed
        if way == "odd":
            self.say("&&& \0 not IMAP at all {")
            return
        if way == "huge":
            self.say("* 1 FETCH (UID 1 BODY[] {9999999999}")
            return
        if way == "no":
            self.say(f"{tag} NO I will not")
            return
        with ours.lock:
            does = getattr(self, f"do_{verb.lower()}", None)
            told = does(words[2:]) if does is not None else "BAD what"
        if way == "after":
            raise _Closed
        self.say(f"{tag} {told or 'OK done'}")
        if verb == "LOGOUT":
            raise _Closed

    def do_capability(self, _words: list[bytes]) -> None:
        self.say("* CAPABILITY IMAP4rev1" + (" MOVE" if self.server.ours.can_move else ""))

    def do_login(self, words: list[bytes]) -> str | None:
        return None if [each.decode() for each in words] == [USER, PASSWORD] else "NO [AUTHENTICATIONFAILED] wrong"

    def do_logout(self, _words: list[bytes]) -> None:
        self.say("* BYE")

    def do_create(self, words: list[bytes]) -> str | None:
        held = self.server.ours.folders
        if (name := words[0].decode()) in held:
            return "NO it is there"
        held[name] = {}
        return None

    def do_select(self, words: list[bytes]) -> str:
        ours = self.server.ours
        if (name := words[0].decode()) not in ours.folders:
            return "NO there is no such folder"
        self.folder = name
        self.say(f"* {len(ours.folders[name])} EXISTS")
        self.say(f"* OK [UIDVALIDITY {ours.validity}]")
        return "OK [READ-WRITE] done"

    def do_examine(self, words: list[bytes]) -> str:
        return self.do_select(words).replace("WRITE", "ONLY")

    def do_uid(self, words: list[bytes]) -> str | None:
        ours, verb = self.server.ours, words[0].decode().upper()
        held = ours.folders[self.folder]
        if verb == "SEARCH":
            self.say("* SEARCH" + "".join(f" {uid}" for uid in held))
            return None
        chosen = sorted(held) if words[1] == b"1:*" else [int(words[1])] if int(words[1]) in held else []
        for place, uid in ((sorted(held).index(uid) + 1, uid) for uid in chosen):
            if verb == "MOVE":
                target = ours.folders.get(words[2].decode())
                if target is None:
                    return "NO [TRYCREATE] there is no such folder"
                target[uid] = held.pop(uid)
                self.say(f"* {place} EXPUNGE")
            elif b"BODY.PEEK[]" in b" ".join(words):
                self.say(
                    f"* {place} FETCH (UID {uid} BODY[] {{{len(held[uid])}}}".encode() + b"\r\n" + held[uid] + b")"
                )
            else:
                self.say(f"* {place} FETCH (UID {uid} RFC822.SIZE {len(held[uid])})")
        return None
