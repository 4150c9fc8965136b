"""Dial with the telephone Windows knows: TAPI's assisted telephony."""

from __future__ import annotations

import platform
from dataclasses import dataclass

from channergy_crm.dialing.number import AS_WINDOWS_WANTS_IT, Writing
from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, _, translated

OURS = "Channergy CRM"  # unsaid: a name
_TROUBLE = {
    -2: N_("No program takes calls from Windows; start the dialer of the telephone system."),
    -3: N_("Windows has too many calls waiting to be dialed; try again."),
    -4: N_("Windows does not take this number."),
}


@translated("label")
@dataclass(frozen=True)
class Tapi:
    """`tapiRequestMakeCall`: Windows hands the number to whichever program makes its calls."""

    writing: Writing = AS_WINDOWS_WANTS_IT

    name = "tapi"
    label = N_("Windows telephony (TAPI)")
    news = N_("Dialing {number}.")
    keys = ()
    sure = False
    can_hang_up = False

    def check(self) -> str | None:
        """Whether this is Windows."""
        if platform.system() != "Windows":
            return _("TAPI is a part of Windows; choose another way to dial here.")
        return self.writing.check()

    def preview(self, number: str) -> str:
        """The address Windows is given."""
        return _("Asks Windows to call {number}.").format(number=self.writing.write(number))

    def dial(self, number: str) -> None:
        """Hand the number to Windows."""
        written = self.writing.write(number)
        if platform.system() != "Windows":
            raise Surroundings(self.check() or "")
        import ctypes

        windows = ctypes.WinDLL("tapi32")  # type: ignore[attr-defined]
        ended = windows.tapiRequestMakeCallW(written, OURS, "", "")
        if ended:
            said = _TROUBLE.get(ended, N_("Windows could not dial (error {code})."))
            raise Surroundings(_(said).format(code=ended))
