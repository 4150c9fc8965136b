"""What people type who look for a setting and do not know what it is called here."""

from __future__ import annotations

from channergy_crm.language import N_
from channergy_crm.settings import (
    ALT_KEYS,
    BACKUP_EVERY,
    BACKUP_KEYS,
    BRIDGE,
    HOTKEY,
    LANGUAGE,
    LIST_GROWS_OLD,
    MAIL_HOST,
    MAP_SERVICE,
    MOST_A_DAY,
    NEWER_AT,
    OFFICE_ADDRESS,
    OFFICE_NAME,
    POP_UP,
    REGION,
    SECURITY,
    SMS_GATEWAY,
    TEXT_SIZE,
    THEME,
    YEARS_HELD,
)

OTHER_WORDS = {
    SECURITY: N_("password sign in login users roles rights"),
    THEME: N_("theme colours appearance mode night day contrast"),
    TEXT_SIZE: N_("font letters zoom larger smaller scale"),
    LANGUAGE: N_("language translation English German"),
    ALT_KEYS: N_("keyboard shortcuts keys vtiger"),
    HOTKEY: N_("hotkey shortcut dialer softphone"),
    BRIDGE: N_("dialing telephone softphone dialer"),
    MAP_SERVICE: N_("map address OpenStreetMap Google Apple street"),
    REGION: N_("country region phone numbers prefix"),
    MOST_A_DAY: N_("limit attempts per day often again"),
    LIST_GROWS_OLD: N_("do not call register list DNC TPS Robinson suppression age"),
    NEWER_AT: N_("update upgrade release version new"),
    OFFICE_NAME: N_("office company name title"),
    OFFICE_ADDRESS: N_("office company address street city letter letterhead"),
    YEARS_HELD: N_("privacy GDPR personal data retention legal hold anonymise"),
    POP_UP: N_("popup notice alarm remind snooze"),
    SMS_GATEWAY: N_("text message short message provider Twilio Infobip seven"),
    MAIL_HOST: N_("e-mail mail SMTP server outgoing password STARTTLS TLS port bulk"),
    BACKUP_EVERY: N_("backup copy safe automatic schedule"),
    BACKUP_KEYS: N_("encrypt password passphrase secret safe"),
}
"""by the setting"""
