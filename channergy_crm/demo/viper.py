"""The connection of the sample office: to the site that `main.py viper-site` starts beside it; off at first."""

from __future__ import annotations

from channergy_crm.services import office
from channergy_crm.settings import VIPER_ADDRESS, VIPER_USER

ADDRESS, USER = "http://127.0.0.1:8765", "demo"


def add_connection() -> None:
    """Whoever opens Settings > Viper types the password and presses Test."""
    office.choose(VIPER_ADDRESS, ADDRESS, "ADMIN")
    office.choose(VIPER_USER, USER, "ADMIN")
