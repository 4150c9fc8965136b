"""The Customer Portal in a real browser, without any script: from the link in a mail to leaving (VT-104, VT-177)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.outgoing.mail import sending
from channergy_crm.records import FAQ, Ticket, TicketComment
from channergy_crm.records.tickets import PUBLISHED
from channergy_crm.services.tickets import comments
from tests.domain.mail_server import PROGRESS, MailServer, arrange
from tests.domain.visiting import BY, contact, link_in, ticket
from tests.house import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office

pytestmark = [pytest.mark.browser, pytest.mark.engines("postgres")]  # beside a server is the usual case
PLAIN = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
"""what keeps a browser from asking anybody but us"""
PATIENCE = 20


@pytest.fixture
def post() -> Iterator[MailServer]:
    """A real server for mails."""
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def served(office: Office, tmp_path: Path) -> Iterator[str]:
    """The portal as the command serves it, beside this office; how it is reached."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = int(free.getsockname()[1])
    call = [sys.executable, str(ROOT / "main.py"), "portal", "--port", str(port), "--database", office.address()]
    with (tmp_path / "portal.log").open("wb") as log:
        running = subprocess.Popen(
            call, stdout=subprocess.PIPE, stderr=log, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        try:
            assert running.stdout is not None
            said = running.stdout.readline().decode()
            assert f"http://127.0.0.1:{port}" in said, (tmp_path / "portal.log").read_text("utf-8")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            assert running.wait(20) == 0
            running.stdout.close()  # type: ignore[union-attr]
    assert "millstone" not in (tmp_path / "portal.log").read_text("utf-8").lower(), "nobody is named in the log"


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    """Chromium with a new profile, in which no script runs."""
    if not (chromium := shutil.which("chromium")) or not (driver := shutil.which("chromedriver")):
        pytest.skip("needs Chromium and its driver: apt-get install chromium chromium-driver")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for each in (*PLAIN, f"--user-data-dir={tmp_path / 'profile'}", "--lang=en"):
        options.add_argument(each)
    options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    held = webdriver.Chrome(options, Service(driver))
    held.set_page_load_timeout(30)
    yield held
    held.quit()


class Page:
    """What somebody does with the page they see."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def text(self) -> str:
        """What is read on it."""
        return self._soon(lambda: str(self.one("body").text))

    def one(self, css: str) -> Any:
        """The first thing of this kind."""
        return self._soon(lambda: self._browser.find_element("css selector", css))

    def press(self, words: str) -> None:
        """Press the button, or follow the link, that says this; the next page is there then."""
        path = f"//button[normalize-space()='{words}'] | //a[normalize-space()='{words}']"
        before = self.one("html")
        self._soon(lambda: self._browser.find_element("xpath", path)).click()
        self._soon(lambda: self._browser.find_element("css selector", "html") != before)

    def _soon(self, read: Callable[[], Any]) -> Any:
        """Read off a page that may just be on its way."""
        from selenium.common.exceptions import WebDriverException
        from selenium.webdriver.support.wait import WebDriverWait

        waiting = WebDriverWait(self._browser, PATIENCE, 0.05, [WebDriverException])
        return waiting.until(lambda _browser: read() or None)

    def type(self, name: str, text: str) -> None:
        """Type into a field."""
        self.one(f"[name={name}]").send_keys(text)


def test_vt104_vt177_a_customer_goes_through_the_portal_in_a_real_browser(
    browser: Any, office: Office, post: MailServer, served: str
) -> None:
    arrange(post)
    who = contact()
    held = ticket(who)
    comments.say(held.number, "Two new boxes leave us today.", BY, mailed=False)
    with work.unit("x", by=BY):
        FAQ(question="Which wax outdoors?", answer="Bees.", status=PUBLISHED, owner=BY).save()
    page = Page(browser)
    browser.get(served)
    page.type("address", "chiara@millstone.example")
    page.press("Send the link")
    assert "a mail with a link is on its way" in page.text()
    for _time in range(100):  # it is looked up once the answer is on its way
        if sending.is_wanted():
            break
        post.wait_for(1, 0.1)
    sending.run(PROGRESS)
    post.wait_for(1, 10)
    mail = post.mails()[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert f"{served}/enter/" in mail
    browser.get(served + link_in(mail))
    page.press("Come in")
    assert page.one("h1").text == "Tickets"
    cookie = browser.get_cookies()[0]
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("visit", True, "Strict")
    walk(page, held.number)
    browser.back()
    page.press("Leave")
    assert "You have left" in page.text() and not browser.get_cookies()
    for _time in range(3):
        browser.back()
        assert "Chiara" not in page.text() and "boxes" not in page.text()
    complaints = [each["message"] for each in browser.get_log("browser") if each["level"] in ("WARNING", "SEVERE")]
    assert not complaints, complaints


def walk(page: Page, number: int) -> None:
    """See the tickets, write about one, ask something new, and look for an answer."""
    page.press("Box arrived broken")
    assert "Two new boxes leave us today." in page.text()
    page.type("text", "Thank you!\n<b>Really</b>.")
    page.press("Send")
    assert "It has reached us" in page.text() and "<b>Really</b>." in page.text()
    said = TicketComment.select().order_by(TicketComment.number.desc()).get()
    assert (said.text, said.__data__["ticket"]) == ("Thank you!\n<b>Really</b>.", number)
    page.press("Ask something")
    page.type("title", "Which lid fits?")
    page.type("text", "The round one?")
    page.type("category", "Question")
    page.press("Send")
    made = Ticket.select().order_by(Ticket.number.desc()).get()
    assert (made.title, made.category) == ("Which lid fits?", "Question") and page.one("h1").text == made.title
    page.press("FAQ")
    page.type("q", "wax")
    page.press("Search")
    page.press("Which wax outdoors?")
    assert "Bees." in page.text()
