"""Dial by starting a program: one settings line, split into arguments, no shell anywhere."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass

from channergy_crm.dialing.number import AS_IT_IS, Writing
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import N_, _, translated

PLACES = ("{number}", "{digits}", "{e164}", "{extension}")
OF_NUMBER = PLACES[:3]
_PLACE = re.compile(r"\{[^{}]*\}")
PATIENCE = 1.0
"""seconds in which a program that cannot do it makes itself known; one that lives on has become the phone itself"""
_ALONE = {"creationflags": 0x08000000 | 0x00000200} if sys.platform == "win32" else {"start_new_session": True}
"""no black window on Windows; closing the CRM does not end the phone"""


def split(line: str) -> list[str]:
    """The arguments of one line: blanks part them, quotes hold them together, a backslash is a plain sign."""
    parts = shlex.shlex(line, posix=True, punctuation_chars=False)
    parts.whitespace_split, parts.escape, parts.commenters = True, "", ""
    try:
        return list(parts)
    except ValueError as error:
        raise Mistake(_("A quotation mark has no end.")) from error


def problem(line: str, places: tuple[str, ...] = PLACES, needed: tuple[str, ...] = OF_NUMBER) -> str | None:
    """A sentence when this line starts nothing, or has no place for the number."""
    try:
        arguments = split(line)
    except Mistake as mistake:
        return mistake.message
    if not arguments:
        return _("Type the program that dials, with {place} where the number goes.").format(place=PLACES[0])
    unknown = [place for argument in arguments for place in _PLACE.findall(argument) if place not in places]
    if unknown:
        said = _("{unknown} is not known; write one of {places}.")
        return said.format(unknown=unknown[0], places=", ".join(places))
    if _PLACE.search(arguments[0]):
        return _("The number never decides which program is started; put it behind the program.")
    if needed and not any(place in argument for argument in arguments[1:] for place in needed):
        return _("Write {place} where the number goes.").format(place=PLACES[0])
    return None


@translated("label")
@dataclass(frozen=True)
class CommandLine:
    """A phone program that takes the number as an argument; another line may hang up."""

    command: str
    hang_up_command: str = ""
    extension: str = ""
    writing: Writing = AS_IT_IS

    name = "command"
    label = N_("Command line")
    news = N_("Dialing {number}.")
    keys = ()
    sure = True

    @property
    def can_hang_up(self) -> bool:
        """Where there is a line for it."""
        return bool(self.hang_up_command.strip())

    def check(self) -> str | None:
        """Whether the lines can be read and the program is there."""
        wrong = problem(self.command) or self.writing.check()
        if not wrong and self.can_hang_up:
            wrong = problem(self.hang_up_command, ("{extension}",), ())
        return wrong or _missing(split(self.command)[0])

    def preview(self, number: str) -> str:
        """The arguments one by one, each in the quotes it would need."""
        return _("Starts {command}.").format(command=" ".join(map(shlex.quote, self.arguments(number))))

    def arguments(self, number: str) -> list[str]:
        """The program and what it is given."""
        written = self.writing.write(number)
        values = {
            "{number}": written, "{digits}": re.sub("[^0-9]", "", written), "{e164}": AS_IT_IS.write(number),
            "{extension}": self.extension,
        }  # fmt: skip
        return _filled(self.command, values)

    def dial(self, number: str) -> None:
        """Start the program."""
        run(self.arguments(number))

    def hang_up(self, call: str) -> None:
        """Start the program that hangs up."""
        run(_filled(self.hang_up_command, {"{extension}": self.extension}))


def _filled(line: str, values: dict[str, str]) -> list[str]:
    """Every place is filled once: what is put in is never looked through again."""
    if not line.strip():
        raise Mistake(problem(line) or "")
    program, *arguments = split(line)
    return [program, *(_PLACE.sub(lambda place: values.get(place[0], place[0]), each) for each in arguments)]


def _missing(program: str) -> str | None:
    if shutil.which(program):
        return None
    return _("The program {program} is not there; give its whole path.").format(program=program)


def run(arguments: list[str]) -> None:
    """Start a program; Surroundings when it is not there or ends at once with an error."""
    program = shutil.which(arguments[0])
    if program is None:
        raise Surroundings(_missing(arguments[0]) or "")
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen([program, *arguments[1:]], stdin=quiet, stdout=quiet, stderr=quiet, **_ALONE)  # noqa: S603
    except OSError as error:
        said = _("{program} cannot be started: {reason}.")
        raise Surroundings(said.format(program=arguments[0], reason=error.strerror or error)) from error
    try:
        ended = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, daemon=True).start()
        return
    if ended:
        raise Surroundings(_("{program} ended with error {code}.").format(program=arguments[0], code=ended))
