"""What leaves as a link is one address and nothing that rides along with it (F-13)."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest

from channergy_crm.dialing.uri import UriScheme
from channergy_crm.errors import Mistake
from channergy_crm.fields import Email
from channergy_crm.text.links import mail_address, mail_link
from channergy_crm.transfer.exporting.vcard import card

RIDING = [
    "a@b.example?cc=x@y.example&attach=/etc/passwd", "a@b.example\nBcc: x@y.example", "a@b.example\r\n\r\nbody",
    "a@b.example,x@y.example", "a@b.example; x@y.example", "a@b.example%0ABcc:x@y.example",
    "a@b.example#x", "a b@c.example",
    "mailto:a@b.example", "file:///etc/passwd", "", "nobody", "@b.example", "a@", "a@b", "a@@b.example", "a@b..example",
    "<a@b.example> x", "a@b.example/../x", 'a"@b.example',
]  # fmt: skip


@pytest.mark.parametrize("text", RIDING)
def test_f13_what_is_not_one_address_becomes_no_link(text: str) -> None:
    assert mail_address(text) == ""


@pytest.mark.parametrize(
    "text",
    ["ann@acme.example", "o'hara+crm@acme.co.uk", "Ann Lee <ann@acme.example>", " ann@acme.example ", "ö@öl.example",
     "\u200bann@acme.example", "a&b=c?d@acme.example", "a%0Ab@acme.example", "a/b@acme.example"],
)  # fmt: skip
def test_f13_an_address_is_quoted_whatever_is_in_it(text: str) -> None:
    address = mail_address(text)
    parts = urlsplit(mail_link(address))
    assert (parts.scheme, parts.query, parts.fragment) == ("mailto", "", "")
    assert unquote(parts.path) == address and "@" in address and "\n" not in parts.path


def test_f13_a_pasted_mail_link_leaves_only_its_address() -> None:
    assert Email("Email").read("mailto:ann@acme.example?cc=x@y.example") == "ann@acme.example"
    assert Email("Email").advice("a@b.example?cc=x") and Email("Email").advice("a@b.example") is None


@pytest.mark.parametrize("number", ["123&x=1", "1?attach=/etc/passwd", "1\n2", "%31", "1/../2"])
def test_f13_a_phone_link_holds_what_a_telephone_dials(number: str) -> None:
    for scheme in ("tel", "callto", "sip"):
        assert UriScheme(scheme).uri("+16502530000") == f"{scheme}:+16502530000"
        with pytest.raises(Mistake, match="not a number"):
            UriScheme(scheme).uri(number)


@pytest.mark.parametrize("scheme", ["file", "javascript", "http", "mailto", "data", "x y", "", "-x"])
def test_f13_links_that_dial_nothing_are_refused(scheme: str) -> None:
    assert UriScheme(scheme).check()


def test_f13_a_card_holds_one_line_for_an_address() -> None:
    text = card({"first_name": "Ann", "email": "a@b.example\r\nTEL:1-900", "website": "x\nTEL:1-900"}, "3.0")
    assert not [line for line in text.splitlines() if line.startswith("TEL")]
