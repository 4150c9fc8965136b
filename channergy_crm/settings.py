"""Every setting, declared once. A setting belongs to the workstation, to the operator or to the office."""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from channergy_crm import kept
from channergy_crm.language import SYSTEM, _, translated

if TYPE_CHECKING:
    from collections.abc import Callable

AT_THE_WINDOW, PATIENCE = 0.03, 2.0
"""seconds for another program of this user that writes its settings: the window does not stand still for it; beside
the window it is waited for, and after that it is written all the same"""
Scope = Literal["station", "operator", "office"]
T = TypeVar("T")
Chosen = TypeVar("Chosen", covariant=True)
"""what may be chosen: a word, a number, yes or no"""


@translated("label")
@dataclass(frozen=True)
class Setting(Generic[Chosen]):
    """One thing somebody may choose: its name in the store, where it belongs, and what it is until chosen."""

    name: str
    scope: Scope
    default: Chosen
    label: str = ""

    def of(self, owner: str) -> Setting[Chosen]:
        """The same, for one operator of this workstation or for one way to dial."""
        room, _dot, own = self.name.rpartition(".")
        return replace(self, name=f"{room}.{owner}.{own}")


OPERATOR = Setting("operator", "station", "", "Operator")
LANGUAGE = Setting("language", "station", SYSTEM, "Language")
THEME = Setting("theme", "station", "system", "Light or dark")
TEXT_SIZE = Setting("text_size", "station", 100, "Text size")
TEXT_SIZES = (90, 100, 115, 130, 150, 175, 200)
"""percent of what the system says"""
ALT_KEYS = Setting("alt_keys", "station", False, "Alt keys as in vtiger")
SAVE, ASK = "save", "ask"
LEAVING = Setting("leaving", "station", SAVE, "When a changed record is left")

BRIDGE = Setting("dialing.bridge", "station", "clipboard_hotkey", "Way to dial")
HOTKEY = Setting("dialing.hotkey", "station", "alt+c", "Key that opens the dialer")
PASTE_KEY = Setting("dialing.paste_key", "station", "ctrl+v", "Key that pastes")
WAIT_BEFORE_HOTKEY = Setting("dialing.wait_before_hotkey", "station", 50, "Wait before the key (ms)")
WAIT_BEFORE_PASTE = Setting("dialing.wait_before_paste", "station", 150, "Wait before pasting (ms)")
PRESS_ENTER = Setting("dialing.press_enter", "station", False, "Press Enter after pasting")
RESTORE_CLIPBOARD = Setting("dialing.restore_clipboard", "station", False, "Give the clipboard back afterwards")
COUNTDOWN = Setting("dialing.countdown", "station", 0, "Dial the next one after (s)")
"""in a queue, by itself; 0 waits for Enter (BX-45)"""
SELECTED_KEY = Setting("dialing.selected_key", "station", "", "Key that dials what is selected")
"""in any other program; none until somebody chooses one"""


def dialers_keys(station: Station) -> tuple[str, str]:
    """The keys that are pressed for the dialer: no other key of ours may be one of them."""
    return str(station.get(HOTKEY)), str(station.get(PASTE_KEY))


HINTS = Setting("dialing.hints", "station", True, "Say the keys in a queue")
URI_SCHEME = Setting("dialing.uri_scheme", "station", "tel", "Kind of link")
COMMAND = Setting("dialing.command", "station", "", "Command that dials")
HANG_UP_COMMAND = Setting("dialing.hang_up_command", "station", "", "Command that hangs up")
URL = Setting("dialing.url", "station", "", "Address that dials")
HANG_UP_URL = Setting("dialing.hang_up_url", "station", "", "Address that hangs up")
METHOD = Setting("dialing.method", "station", "GET", "Method")
URL_USER = Setting("dialing.url_user", "station", "", "User there")
AMI_ADDRESS = Setting("dialing.ami_address", "station", "", "Address of Asterisk (AMI)")
AMI_USER = Setting("dialing.ami_user", "station", "", "User of AMI")
ARI_ADDRESS = Setting("dialing.ari_address", "station", "", "Address of Asterisk (ARI)")
ARI_USER = Setting("dialing.ari_user", "station", "", "User of ARI")
OWN_PHONE = Setting("dialing.own_phone", "station", "PJSIP/{extension}", "Your telephone there")
CONTEXT = Setting("dialing.context", "station", "from-internal", "Context of the dialplan")
CALLER_ID = Setting("dialing.caller_id", "station", "", "Number that is shown")
RING_SECONDS = Setting("dialing.ring_seconds", "station", 30, "Ring your telephone for (s)")
DEADLINE = Setting("dialing.deadline", "station", 10, "Wait for an answer at most (s)")
EXTENSION = Setting("dialing.extension", "station", "", "Your own extension")
"""with the user of an address, each operator's own: `EXTENSION.of("ANN")`"""
FORM = Setting("dialing.form", "station", "usual", "How the number is written")
DROP_COUNTRY = Setting("dialing.drop_country", "station", False, "Leave out your own country code")
PLUS = Setting("dialing.plus", "station", "+", "In place of the leading +")
PREFIX = Setting("dialing.prefix", "station", "", "Before the number (outside line)")
SUFFIX = Setting("dialing.suffix", "station", "", "Behind the number")
"""these five for each way to dial: `PREFIX.of("command")`"""
WRITING = (FORM, DROP_COUNTRY, PLUS, PREFIX, SUFFIX)

REGION = Setting("region", "office", "US", "Country of the office")
OFFICE_NAME = Setting("office_name", "office", "Channergy CRM", "Name of the office")
OFFICE_ADDRESS = Setting("office_address", "office", "", "Address of the office")
"""as it stands in letters, a line under the other"""
SEARCH_LISTS = Setting("search_lists", "office", "*", "Who searches by field")
SEARCH_FIELDS = Setting("search_fields", "office", "", "Fields to search by")
"""by record type, what differs from searching every field both ways (SI-34, SI-35)"""
SECURITY = Setting("security", "office", "off", "Security")
LOCK_AFTER = Setting("lock_after", "office", "15", "Lock a workstation after")
"""minutes in which nobody has touched it; 0 is never"""
LANGUAGES_OFFERED = Setting("languages_offered", "office", "", "Languages to choose from")
THEMES_OFFERED = Setting("themes_offered", "office", "", "Light and dark to choose from")
"""by their codes; empty is all of them (VT-12)"""
WHEN_REACHED, WHEN_GIVEN, NEVER = "reached", "given", "never"
POOL = Setting("pool", "office", WHEN_REACHED, "A lead of a group becomes mine")
"""when I reach somebody, when the queue gives it to me, or not by itself (BX-47)"""
COOL_DOWN = Setting("calling.cool_down", "office", "60", "Not again within (min)")
CALL_BACK_WAIT = Setting("calling.call_back", "office", "15", "A call-back goes to anyone after (min)")
"""minutes after its time, when who promised it has not called, or at once while they are away (BX-44)"""
SALE_TOLD = Setting("team.sale", "office", "off", "Tell the office of a sale")
SALES_MUTED = Setting("team.sales_muted", "station", False, "Do not tell me of sales")
SALES_CURRENCY = Setting("sales.currency", "office", "", "Currency")
"""as three letters; "" is that of the office's country"""
SALES_GROSS = Setting("sales.gross", "office", "off", "Prices with tax")
SALES_ROUNDING = Setting("sales.rounding", "office", "document", "Tax rounded")
SALES_VALID_DAYS = Setting("sales.valid_days", "office", "30", "Quotes are valid (days)")
SALES_DUE_DAYS = Setting("sales.due_days", "office", "30", "Invoices are due (days)")
SALES_TERMS = Setting("sales.terms", "office", "", "Terms")
SALES_NUMBERS = Setting("sales.numbers", "office", "{year}-{number:04}", "Numbers of documents")
"""of each kind: `SALES_NUMBERS.of("invoice")`; its words are {year}, {year2} and {number}, with digits {number:04}"""
ORDERS_TO_SUITE = Setting("sales.orders_to_suite", "office", "off", "Sales orders become orders of the suite")
SALES = (
    SALES_CURRENCY, SALES_GROSS, SALES_ROUNDING, SALES_VALID_DAYS, SALES_DUE_DAYS, SALES_TERMS, ORDERS_TO_SUITE,
)  # fmt: skip
TICKET_ANSWER_HOURS = Setting("tickets.answer_hours", "office", "Urgent=2; High=4; Normal=8; Low=24", "Answer within")
"""working hours by priority (VT-173)"""
TICKET_SOLVE_HOURS = Setting("tickets.solve_hours", "office", "Urgent=8; High=24; Normal=72; Low=120", "Solve within")
TICKET_WARN_MINUTES = Setting("tickets.warn_minutes", "office", "60", "Warn so long before (minutes)")
TICKET_WORK_ENDS = Setting("tickets.work_ends", "office", "17:00", "The working day ends at")
TICKET_WORK_DAYS = Setting("tickets.work_days", "office", "1,2,3,4,5", "Working days")
"""1 is Monday"""
TICKET_TELLS = Setting("tickets.tells", "office", "on", "Tell customers of each new status by mail")
PORTAL_ADDRESS = Setting("portal.address", "office", "", "Address of the portal")
"""where customers reach it, such as https://help.office.example; "" where there is none (VT-177)"""
PORTAL_WHOLE_ACCOUNT = Setting("portal.whole_account", "office", "off", "Customers see the tickets of their account")
"""else each contact their own alone"""
SHELF_PUT_OUT = Setting("events.shelf_put_out", "office", "")
"""once in an office: whoever removes them all does not get them again (VS-6)"""
POP_UP = Setting("reminders.pop_up", "station", True, "Pop-up")
"""a window of its own says what is due, at its minute (BX-15)"""
POP_UP_SOUND = Setting("reminders.sound", "station", False, "Sound")
MINUTES_BEFORE = Setting("reminders.before", "station", 0, "Minutes before")
DAY_BEGINS = Setting("reminders.day_begins", "office", "09:00", "The working day begins at")
"""when a reminder with a day but no time comes up"""
HAND_OVER = Setting("calendar.hand_over", "station", True, "New events")
FEED_FOLDER = Setting("calendar.feed_folder", "station", "", "Calendar file")
"""each operator's own; the folder for each office: `FEED_FOLDER.of("3f2a.ANN")`"""
TIME_ZONE = Setting("calendar.time_zone", "office", "", "Time zone of the office")
"""by its name, such as Europe/Berlin; empty is that of the workstation (SI-31)"""
MOST_A_DAY = Setting("calling.most_a_day", "office", "3", "Calls to one number within 24 hours")
"""at the most, whoever makes them; 0 is any number (BX-43)"""
LIST_GROWS_OLD = Setting("calling.list_grows_old", "office", "31", "A list is old after (days)")
"""when a list of numbers that are not called wants to be fetched anew (DP-8)"""
REGISTER_SECRET = Setting("calling.register_secret", "office", "")
"""what the numbers of the forgotten are hashed with: made once, shown nowhere (DP-7)"""
AREAS_ON = Setting("areas", "office", "", "Areas that are on")
RECENT_SEARCHES = "search.recent"
"""what was looked for last on this workstation"""
YEARS_HELD = Setting("privacy.years_held", "office", "10", "Keep won orders for (years)")
"""whole years after the one they were won in: until then nobody of theirs is anonymised (DP-5)"""
OFFICE_ID, SAMPLE = Setting("office_id", "office", ""), Setting("sample", "office", "")
"""what tells this office from every other one, however its address is written; what only the sample office has"""
BACKUP_TURNS = ("off", "daily", "8", "4", "2", "1")
"""never, once a day, or every so many hours"""
BACKUP_EVERY = Setting("backup.every", "office", "daily", "How often backups are made")
BACKUP_AT = Setting("backup.at", "office", "12:30", "When backups are made")
BACKUP_KEPT = Setting("backup.kept", "office", "14", "How many backups are kept")
BACKUP_FOLDER = Setting("backup.folder", "office", "", "Folder for backups")
BACKUP_KEYS = Setting("backup.keys", "office", "", "Encryption of backups")
ADMINISTRATORS, OWN = "administrators", "own"
AUDIT_TRAIL = Setting("audit_trail", "office", ADMINISTRATORS, "Who may view the audit trail")
"""whether operators who are no administrators may look through what they did themselves (VT-61)"""
MONTHS_KEPT = Setting("months_kept", "office", "12", "Keep for undo and Removed")
"""months; "0" is for ever"""
DOCUMENT_MOST = Setting("documents.most", "office", "50", "Largest document")
"""how many megabytes one file may have (SI-26)"""
VIPER_ADDRESS = Setting("viper.address", "office", "", "Address of the Viper site")
VIPER_USER = Setting("viper.user", "office", "", "User of the site")
VIPER_CERTIFICATE = Setting("viper.certificate", "office", "system", "Certificate of the site")
"""one this system knows to be good, else the fingerprint of the site's own, or the path of its file"""
VIPER_EVERY = Setting("viper.every", "office", "15", "Look for changes every")
MAP_SERVICE = Setting("map.service", "office", "osm", "Map service")
"""where *Locate map* opens an address (VT-92)"""
MAP_PATTERN = Setting("map.pattern", "office", "", "Address of a map of your own")
"""with {address} where the address belongs"""
NEWER_AT = Setting("newer_at", "office", "", "Note about new versions")
"""the file or the address that says which version there is; "" where nobody looks anywhere"""
SMS_GATEWAY = Setting("sms.gateway", "office", "", "SMS gateway")
"""one of the presets by its name, "own", or "" where the office sends no SMS (SI-24)"""
SMS_ACCOUNT = Setting("sms.account", "office", "", "Account there")
SMS_SENDER = Setting("sms.sender", "office", "", "Sender that is shown")
SMS_WITHOUT_PROJECT = Setting("sms.without_project", "office", "on", "SMS to people of no project")
SMS_URL = Setting("sms.url", "office", "", "Address that sends")
SMS_METHOD = Setting("sms.method", "office", "POST", "Method")
SMS_HEADERS = Setting("sms.headers", "office", "", "Headers")
SMS_KIND = Setting("sms.kind", "office", "form", "Written as")
SMS_BODY = Setting("sms.body", "office", "to={to}&from={from}&text={text}", "What is sent")
SMS_ID_AT = Setting("sms.id_at", "office", "id", "Where the message's id stands")
SMS_OK_AT = Setting("sms.ok_at", "office", "", "Where it says that it went well")
SMS_OK = Setting("sms.ok", "office", "", "What stands there then")
SMS_ERROR_AT = Setting("sms.error_at", "office", "error", "Where the error stands")
SMS_COST_AT = Setting("sms.cost_at", "office", "", "Where the cost stands")
SMS_STATUS_URL = Setting("sms.status_url", "office", "", "Address that tells the state")
SMS_STATUS_AT = Setting("sms.status_at", "office", "status", "Where the state stands")
SMS_DELIVERED = Setting("sms.delivered", "office", "delivered", "Words for delivered")
SMS_FAILED = Setting("sms.failed", "office", "failed undelivered", "Words for failed")
SMS_FIND_URL = Setting("sms.find_url", "office", "", "Address that finds by our reference")
SMS_FOUND_AT = Setting("sms.found_at", "office", "id", "Where the id stands then")
MAIL_HOST = Setting("mail.host", "office", "", "E-mail server")
"""the computer that takes the office's mail and sends it on; "" where the office sends none itself (BX-14)"""
MAIL_PORT = Setting("mail.port", "office", "587", "Port")
MAIL_SECURITY = Setting("mail.security", "office", "starttls", "Encryption")
MAIL_USER = Setting("mail.user", "office", "", "User there")
MAIL_NAME = Setting("mail.name", "office", "", "Name of the sender")
MAIL_ADDRESS = Setting("mail.address", "office", "", "Address of the sender")
MAIL_REPLY_TO = Setting("mail.reply_to", "office", "", "Answers go to")
MAIL_PER_MINUTE = Setting("mail.per_minute", "office", "60", "At most a minute")
"""a server that is sent more at once may take it for advertising that nobody has asked for; 0: no limit"""
MAIL = (
    MAIL_HOST, MAIL_PORT, MAIL_SECURITY, MAIL_USER, MAIL_NAME, MAIL_ADDRESS, MAIL_REPLY_TO, MAIL_PER_MINUTE,
)  # fmt: skip
WATCH_HOST = Setting("watch.host", "office", "", "IMAP server")
"""where the folder lies out of which mails are filed by themselves; "" where none is watched (BX-14)"""
WATCH_PORT = Setting("watch.port", "office", "993", "Port of IMAP")
WATCH_SECURITY = Setting("watch.security", "office", "tls", "Encryption of IMAP")
WATCH_USER = Setting("watch.user", "office", "", "User of the mailbox")
WATCH_FOLDER = Setting("watch.folder", "office", "CRM", "Folder to watch")
WATCH_AFTER = Setting("watch.after", "office", "stay", "What becomes of filed mails")
WATCH_TO = Setting("watch.to", "office", "CRM/Filed", "Folder of filed mails")
WATCH_EVERY = Setting("watch.every", "office", "5", "Looked every (minutes)")
WATCH = (
    WATCH_HOST, WATCH_PORT, WATCH_SECURITY, WATCH_USER, WATCH_FOLDER, WATCH_AFTER, WATCH_TO, WATCH_EVERY,
)  # fmt: skip
VIPER = Setting("viper.on", "office", "off", "Viper sync")
VIPER_STAGES = Setting("viper.stages", "office", "{}", "Stages there")
"""which stage of ours is called how on the Viper site, as JSON; one that is not in it is called the same"""
VIPER_FIRST = Setting("viper.first", "office", "", "First connection with Viper")
"""when the records of both sides were put together for the first time"""
SMS_OWN = (
    SMS_URL, SMS_METHOD, SMS_HEADERS, SMS_KIND, SMS_BODY, SMS_ID_AT, SMS_OK_AT, SMS_OK, SMS_ERROR_AT, SMS_COST_AT,
    SMS_STATUS_URL, SMS_STATUS_AT, SMS_DELIVERED, SMS_FAILED, SMS_FIND_URL, SMS_FOUND_AT,
)  # fmt: skip
"""what a gateway of one's own is described by"""

ALL: list[Setting[object]] = [
    OPERATOR, LANGUAGE, THEME, TEXT_SIZE, ALT_KEYS, LEAVING, BRIDGE, HOTKEY, PASTE_KEY, WAIT_BEFORE_HOTKEY,
    WAIT_BEFORE_PASTE, PRESS_ENTER, RESTORE_CLIPBOARD, URI_SCHEME, COMMAND, HANG_UP_COMMAND, URL, METHOD, HANG_UP_URL,
    URL_USER, AMI_ADDRESS, AMI_USER, ARI_ADDRESS, ARI_USER, EXTENSION, OWN_PHONE, CONTEXT, CALLER_ID, RING_SECONDS,
    DEADLINE, *WRITING, REGION, OFFICE_NAME, OFFICE_ADDRESS, SEARCH_LISTS, AREAS_ON,
    SECURITY, LOCK_AFTER, LANGUAGES_OFFERED, THEMES_OFFERED, BACKUP_EVERY, BACKUP_AT, BACKUP_KEPT, BACKUP_FOLDER,
    BACKUP_KEYS, AUDIT_TRAIL, MONTHS_KEPT, POOL, COOL_DOWN, CALL_BACK_WAIT, COUNTDOWN, HINTS, SELECTED_KEY,
    DOCUMENT_MOST, SALE_TOLD, SALES_MUTED, SHELF_PUT_OUT,
    POP_UP, POP_UP_SOUND, MINUTES_BEFORE, DAY_BEGINS,
    SALE_TOLD, SALES_MUTED,
    POP_UP, POP_UP_SOUND, MINUTES_BEFORE, DAY_BEGINS, HAND_OVER, FEED_FOLDER, TIME_ZONE,
    MOST_A_DAY, LIST_GROWS_OLD, YEARS_HELD, MAP_SERVICE, MAP_PATTERN, NEWER_AT,
    SMS_GATEWAY, SMS_ACCOUNT, SMS_SENDER, SMS_WITHOUT_PROJECT, *SMS_OWN, *MAIL, *WATCH, *SALES, SALES_NUMBERS,
    VIPER_ADDRESS, VIPER_USER, VIPER_CERTIFICATE, VIPER_EVERY, VIPER,
]  # fmt: skip


def home() -> Path:
    """The folder of this user's office file, settings, drafts and crash reports."""
    chosen = os.environ.get("CHANNERGY_CRM_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("channergy-crm", appauthor=False)


class Station:
    """What this workstation remembers: its settings and the sizes of its windows and columns.

    Kept in one small JSON file, which several programs of one user may share: each keeps what the others have chosen.
    A file that cannot be read is set aside, never fatal; one that cannot be written is told once, by `tell`.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or home() / "station.json"
        self.tell: Callable[[str], object] | None = None
        self._pending: dict[str, Any] = {}
        self._values: dict[str, Any] = {}
        self._one_at_a_time = threading.Lock()
        self._later: threading.Thread | None = None
        with suppress(OSError):
            self._values = self._read()

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError:
            self.path.replace(self.path.with_suffix(".unreadable.json"))
            return {}
        return values if isinstance(values, dict) else {}

    def get(self, setting: Setting[T]) -> T:
        """The value chosen on this workstation, or the default."""
        value: T = self.recall(setting.name, setting.default)
        return value

    def set(self, setting: Setting[object], value: object) -> None:
        """Choose a value; it is on the disk when this returns, or soon if another program is writing there just now."""
        self.remember(setting.name, value)

    def recall(self, name: str, default: object = None) -> Any:
        """What was remembered under `name` (column widths, positions), of the same type as the default."""
        value = self._values.get(name, default)
        return value if default is None or isinstance(value, type(default)) else default

    def remember(self, name: str, value: object) -> None:
        """Remember a size, a position, an order; where the disk refuses, for as long as this window is open."""
        if self._values.get(name) == value and name in self._values:
            return
        with self._one_at_a_time:
            self._values[name] = self._pending[name] = value
            if self._later is not None:  # it is waited for the other program already
                return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            written = self._write(AT_THE_WINDOW)
        except OSError as error:
            self._say(error)
            return
        if not written:
            self._later = threading.Thread(target=self._write_later, name="settings")
            self._later.start()

    def _write(self, seconds: float, *, all_the_same: bool = False) -> bool:
        """Write what was chosen here to what others have chosen; whether it was our turn within so many seconds."""
        with kept.held(self.path.with_suffix(".lock"), seconds) as ours, self._one_at_a_time:
            if ours or all_the_same:
                self._values = {**self._read(), **self._pending}
                kept.write_whole(self.path, json.dumps(self._values, indent=1))
                self._pending.clear()
        return ours

    def _write_later(self) -> None:
        settled = False
        while not settled:
            refused = True
            with suppress(OSError):  # said when the next thing is remembered
                self._write(PATIENCE, all_the_same=True)
                refused = False
            with self._one_at_a_time:
                settled = refused or not self._pending
                if settled:
                    self._later = None

    def _say(self, error: OSError) -> None:
        if self.tell is not None:
            said = _("This workstation's settings cannot be kept: {reason}. They hold until the window is closed.")
            self.tell(said.format(reason=error.strerror or error))
            self.tell = None


# ---------------------------------------------------------------- documents on paper (BX-26, BX-52)

PAPER_ACCENT = Setting("sales.paper.accent", "office", "#1f4e79", "Accent colour of documents")
PAPER_SIZE = Setting("sales.paper.size", "office", "10", "Size of letters on documents")
PAPER_SENDER = Setting("sales.paper.sender", "office", "", "Sender line of documents")
PAPER_HOLDER = Setting("sales.paper.holder", "office", "", "Account holder")
PAPER_BANK = Setting("sales.paper.bank", "office", "", "Bank")
PAPER_IBAN = Setting("sales.paper.iban", "office", "", "IBAN")
PAPER_BIC = Setting("sales.paper.bic", "office", "", "BIC")
PAPER_TAX = Setting("sales.paper.tax", "office", "", "Tax number of the office")
PAPER_VAT = Setting("sales.paper.vat", "office", "", "VAT ID of the office")
PAPER_REGISTER = Setting("sales.paper.register", "office", "", "Commercial register")
PAPER_LINK = Setting("sales.paper.link", "office", "", "Payment link")
"""an address with {number} and {amount}, where an invoice is paid; its QR code stands where no transfer's can"""
PAPER_FEE = Setting("sales.paper.fee", "office", "", "Fee of a reminder")
PAPER_OPENING = Setting("sales.paper.opening", "office", "", "Opening text of documents")
PAPER_CLOSING = Setting("sales.paper.closing", "office", "", "Closing text of documents")
"""of each kind and language: `PAPER_OPENING.of("invoice.de")`; empty is what the program says"""
PAPER_FILE = Setting("sales.paper.file", "office", "", "Name of files")
"""of each kind: `PAPER_FILE.of("invoice")`; empty is what the program says"""
PAPER_BLOCKS = {
    "qr": Setting("sales.paper.show_qr", "office", "on", "QR code on invoices"),
    "sender": Setting("sales.paper.show_sender", "office", "on", "Sender line"),
    "footer": Setting("sales.paper.show_footer", "office", "on", "Footer"),
    "carried": Setting("sales.paper.show_carried", "office", "on", "Carried-over sums"),
    "contact": Setting("sales.paper.show_contact", "office", "on", "Contact person"),
}
PAPER_EINVOICE = Setting("sales.paper.einvoice", "office", "off", "E-invoice inside the PDF")
PAPER = (
    PAPER_ACCENT, PAPER_SIZE, PAPER_SENDER, PAPER_HOLDER, PAPER_BANK, PAPER_IBAN, PAPER_BIC, PAPER_TAX, PAPER_VAT,
    PAPER_REGISTER, PAPER_LINK, PAPER_FEE, *PAPER_BLOCKS.values(), PAPER_EINVOICE,
)  # fmt: skip
ALL.extend([*PAPER, PAPER_OPENING, PAPER_CLOSING, PAPER_FILE])
