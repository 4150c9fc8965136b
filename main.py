"""Starts Channergy CRM, or one of the commands of its command line: `main.py --help` names them."""

import gc
import sys

gc.disable()  # what is loaded stays: it need not be looked through again and again
from channergy_crm import commands, opening  # noqa: E402

gc.freeze()
gc.enable()


def open_window(database_url: str, operator: str | None) -> int:
    """Open the main window; the command line does not need Qt."""
    gc.disable()  # nothing that is made for the window dies before it is painted; then it is switched on again
    opening.window_first = True
    from ui.application import main

    return main(database_url, operator)


if __name__ == "__main__":
    sys.exit(commands.run(sys.argv[1:], open_window))
