"""Each bridge against what stands at its other end (BX-38, CH-46): the exact digits arrive, and nothing else ever."""

from __future__ import annotations

import json
import random
import re
import socket
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import dialing, secrets, settings
from channergy_crm.dialing import presets
from channergy_crm.dialing.ami import Conversation
from channergy_crm.dialing.asterisk import Asterisk, AsteriskOverHttp, Line, address_problem
from channergy_crm.dialing.command_line import CommandLine, problem, split
from channergy_crm.dialing.http_url import HttpUrl, url_problem
from channergy_crm.dialing.number import CANONICAL, NATIONAL, RFC3966, Writing
from channergy_crm.dialing.tapi import Tapi
from channergy_crm.dialing.ways import HTTP_PASSWORD, secret_name
from channergy_crm.errors import Mistake, Surroundings
from tests.domain.far_ends import SECRET, USER, SwitchBoard, Web
from tests.domain.fitting import Notepad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NUMBER = "+16502530000"
PHONE = Line("PJSIP/100")


@pytest.fixture(scope="module")
def manager() -> Iterator[SwitchBoard]:
    server = SwitchBoard()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.stop()


def secret() -> str:
    return SECRET


def stub(folder: Path, ends_with: int = 0) -> str:
    """A phone program that writes down what it is given, as the beginning of a line of settings."""
    program = folder / "a phone.py"
    program.write_text(
        f"import json, sys\nwith open({str(folder / 'heard')!r}, 'a') as heard:\n"
        f"    print(json.dumps(sys.argv[1:]), file=heard)\nsys.exit({ends_with})\n"
    )
    return f'"{sys.executable}" "{program}"'


def heard(folder: Path) -> list[list[str]]:
    return [json.loads(line) for line in (folder / "heard").read_text().splitlines()]


# ---------------------------------------------------------------- how a number is written


@pytest.mark.parametrize(("writing", "number", "written"), [
    (Writing(), NUMBER, NUMBER),
    (Writing(), f"{NUMBER},12", f"{NUMBER},12"),
    (Writing(NATIONAL, "US"), NUMBER, "6502530000"),
    (Writing(NATIONAL, "DE"), "+4930123456", "030123456"),
    (Writing(NATIONAL, "US"), "+4930123456", "+4930123456"),
    (Writing(CANONICAL), "+14255550100", "+1 (425) 555-0100"),
    (Writing(CANONICAL), "204", "204"),
    (Writing(RFC3966), f"{NUMBER},12", f"{NUMBER};ext=12"),
    (Writing(region="DE", drop_country=True), "+4930123456,7", "030123456,7"),
    (Writing(plus="00"), NUMBER, "0016502530000"),
    (Writing(plus="", prefix="9,", suffix="#"), NUMBER, "9,16502530000#"),
    (Writing(prefix="0"), "204", "204"),
    (Writing(prefix="0"), "*21#", "*21#"),
    (Writing(prefix="0"), "5551212", "05551212"),
])  # fmt: skip
def test_bx38_a_number_is_written_as_the_telephone_wants_it(writing: Writing, number: str, written: str) -> None:
    assert writing.write(number) == written


def hostile(count: int) -> list[str]:
    """Texts somebody would like to see leave."""
    chance = random.Random(7)
    signs = [*"0123456789+*#,;", *" \t\r\n\0\"'`$&|;<>(){}[]%/\\=?@:.-_~^!aéß٣०", "\u202e", "{number}", "\r\nAction: "]
    made = ["".join(chance.choices(signs, k=chance.randint(1, 24))) for _ in range(count)]
    given = ["+1650253\r\nAction: Originate", "1; rm -rf /", "$(id)", "204 hello", "%0a1", "{e164}", "+1&to=2", "٠٣٠"]
    return [*given, *made][:count]


def every_bridge(region: str = "US") -> list[Any]:
    """All of them, none connected."""
    forms = (Writing(region=region), Writing(NATIONAL, region), Writing(CANONICAL, region), Writing(RFC3966, region))
    return [
        *(CommandLine("phone {number} {digits} {e164}", writing=form) for form in forms), *map(Tapi, forms),
        *(made for form in forms[:2] for made in (
            HttpUrl("https://pbx.example/?to={number}", writing=form),
            Asterisk("pbx.example", USER, secret, PHONE, writing=form),
            AsteriskOverHttp("https://pbx.example", USER, secret, PHONE, writing=form))),
    ]  # fmt: skip


def leaving(bridge: Any, number: str) -> list[str]:
    """What would leave through this bridge, without the forms around it."""
    if isinstance(bridge, CommandLine):
        return bridge.arguments(number)[1:]
    if isinstance(bridge, HttpUrl):
        return [bridge.address(number).removeprefix("https://pbx.example/?to=")]
    if isinstance(bridge, Asterisk):
        return [bridge.action(number)["Exten"]]
    return (
        [bridge.channel(number)["extension"]]
        if isinstance(bridge, AsteriskOverHttp)
        else [bridge.writing.write(number)]
    )


def sent_of(numbers: list[str]) -> int:
    """How many of these would leave; none with a sign that no telephone dials."""
    sent = 0
    for number in numbers:
        for bridge in every_bridge():
            try:
                texts = leaving(bridge, number)
            except Mistake:
                continue
            sent += 1
            for text in texts:
                plain = re.sub(r"%(2B|2A|23|2C|3B)|;ext=|[ ()-]", "", text)
                assert re.fullmatch("[0-9+*#,;]*", plain), (number, bridge.name, text)
    return sent


def test_bx38_nothing_but_what_a_telephone_dials_ever_leaves() -> None:
    assert sent_of(hostile(200)) < 200
    assert sent_of([NUMBER, "204", "*21#", f"{NUMBER},12"]) == 4 * len(every_bridge())


@pytest.mark.parametrize("option", ["plus", "prefix", "suffix"])
def test_bx38_an_option_brings_nothing_else_along(option: str) -> None:
    wrong = Writing(**{option: "0&x"})
    assert "digits" in (wrong.check() or "")
    with pytest.raises(Mistake):
        wrong.write(NUMBER)


# ---------------------------------------------------------------- a phone program


def test_bx38_a_phone_program_gets_its_arguments_without_a_shell(tmp_path: Path) -> None:
    line = f"{stub(tmp_path)} --call sip:{{number}}@pbx {{digits}} '{{e164}} $HOME;ls' -u {{extension}}"
    bridge = CommandLine(line, f"{stub(tmp_path)} bye", "100", Writing(plus="00"))
    dialed = dialing.dial("650-253-0000", region="US", bridge=bridge)
    assert dialed.sent and dialing.hang_up(bridge, dialed) == "Hung up."
    assert heard(tmp_path) == [
        ["--call", "sip:0016502530000@pbx", "0016502530000", f"{NUMBER} $HOME;ls", "-u", "100"], ["bye"],
    ]  # fmt: skip
    assert "'+16502530000 $HOME;ls'" in bridge.preview(NUMBER)


def test_bx38_a_program_that_fails_says_why_and_leaves_the_number(tmp_path: Path) -> None:
    notepad = Notepad()
    broken = CommandLine(f"{stub(tmp_path, 3)} {{number}}")
    dialed = dialing.dial("650-253-0000", region="US", bridge=broken, clipboard=notepad)
    assert not dialed.sent and "ended with error 3." in dialed.message and notepad.text == NUMBER
    dialed = dialing.dial("650-253-0000", region="US", bridge=CommandLine("nowhere.exe {number}"), clipboard=notepad)
    assert "The program nowhere.exe is not there" in dialed.message
    with pytest.raises(Mistake, match="cannot hang up"):
        dialing.hang_up(broken)


@pytest.mark.parametrize(("line", "said"), [
    ("", "Type the program"), ("phone", "Write {number}"), ("phone 'x", "no end"), ("{number} x", "never decides"),
    ("phone {nummer}", "{nummer} is not known"), ("{number}", "never decides"),
])  # fmt: skip
def test_bx38_a_line_that_cannot_dial_is_told_so(line: str, said: str) -> None:
    assert said in (problem(line) or "")


def test_bx38_a_line_is_parted_as_windows_and_unix_write_it() -> None:
    line = r'"C:\Program Files\MicroSIP\microsip.exe" {number} # --x=a"b c"'
    assert split(line) == [r"C:\Program Files\MicroSIP\microsip.exe", "{number}", "#", "--x=ab c"]


def test_bx38_every_preset_dials_with_one_argument_more_or_less() -> None:
    said = {preset.name: CommandLine(preset.command).arguments(NUMBER)[1:] for preset in presets.PRESETS}
    assert said["MicroSIP"] == [NUMBER] and said["Linphone 6"] == [f"sip:{NUMBER}"]
    assert said["Twinkle"] == ["--call", NUMBER, "--immediate"] and said["PhonerLite"] == [f"callto:{NUMBER}"]
    for preset in presets.PRESETS:
        assert problem(preset.command) is None and presets.known(preset.command) == preset.name
        assert not preset.hang_up or problem(preset.hang_up, (), ()) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there it works")
def test_bx38_tapi_says_on_other_systems_why_not() -> None:
    notepad = Notepad()
    dialed = dialing.dial("425-555-0100", region="US", bridge=Tapi(), clipboard=notepad)
    assert dialed.message.startswith("TAPI is a part of Windows") and notepad.text == "+14255550100"
    assert Tapi().preview("+14255550100") == "Asks Windows to call +1 (425) 555-0100."


# ---------------------------------------------------------------- Asterisk


@pytest.mark.parametrize("knows_challenges", [True, False])
def test_bx38_asterisk_rings_my_telephone_calls_the_number_and_hangs_up(knows_challenges: bool) -> None:
    server = SwitchBoard(knows_challenges=knows_challenges)
    bridge = Asterisk(server.address, USER, secret, PHONE, writing=Writing(NATIONAL, "US"))
    dialed = dialing.dial("650-253-0000 x12", region="US", bridge=bridge)
    assert dialed.sent and dialed.message.startswith("Your telephone rings")
    (asked,) = server.originated
    assert (asked["Channel"], asked["Exten"], asked["Context"]) == ("PJSIP/100", "6502530000", "from-internal")
    assert (asked["Priority"], asked["Async"], asked["Timeout"]) == ("1", "true", "30000")
    assert dialed.call == "PJSIP/100-00000001" and dialing.hang_up(bridge) == "Hung up."
    assert server.hung_up == [dialed.call]
    assert ("Secret" in server.logins[0]) != knows_challenges
    server.stop()


def test_bx38_what_asterisk_refuses_is_said_and_the_number_stays(manager: SwitchBoard) -> None:
    notepad = Notepad()
    manager.absent.add("PJSIP/404")
    for user, phone, said in (("crm", "PJSIP/404", "cannot be rung"), ("bob", "PJSIP/100", "refuses this user")):
        bridge = Asterisk(manager.address, user, secret, Line(phone))
        dialed = dialing.dial("650-253-0000", region="US", bridge=bridge, clipboard=notepad)
        assert not dialed.sent and said in dialed.message and notepad.text == NUMBER


def test_bx38_a_line_break_adds_no_action(manager: SwitchBoard) -> None:
    before = len(manager.originated)
    for line in (Line("PJSIP/1\r\nAction: Ping"), Line("PJSIP/1", "a\nb"), Line("PJSIP/1", caller_id="x\ry")):
        assert Asterisk(manager.address, USER, secret, line).check()
    host, _colon, port = manager.address.partition(":")
    with Conversation(host, int(port), 5) as talk:
        talk.log_in(USER, SECRET)
        with pytest.raises(Mistake, match="line break"):
            talk.ask("Originate", Channel="PJSIP/1\r\n\r\nAction: Originate")
    assert len(manager.originated) == before


def test_bx38_who_does_not_answer_is_waited_for_so_long_and_no_longer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        with pytest.raises(Surroundings, match="does not answer in time"):
            Asterisk(address, USER, secret, PHONE, seconds=0.2).dial(NUMBER)
        assert time.monotonic() - begun < 2
    with pytest.raises(Surroundings, match="Nothing answers at"):
        Asterisk(address, USER, secret, PHONE, seconds=5).dial(NUMBER)


def test_bx38_what_is_missing_for_asterisk_is_said_before() -> None:
    assert "own extension" in (Asterisk("pbx", USER, secret, Line("PJSIP/{extension}")).check() or "")
    assert "Type the user" in (Asterisk("pbx", "", secret, PHONE).check() or "")
    assert [address_problem(text) is None for text in ("pbx", "10.0.0.2:5038", "", "a b", "pbx:x", "pbx:99999")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


def test_bx38_ari_makes_a_channel_and_deletes_it(web: Web) -> None:
    bridge = AsteriskOverHttp(web.address, USER, secret, PHONE)
    dialed = dialing.dial("650-253-0000", region="US", bridge=bridge)
    assert dialed.sent and web.channels[dialed.call] == {
        "endpoint": "PJSIP/100", "extension": NUMBER, "context": "from-internal", "priority": 1, "timeout": 30,
    }  # fmt: skip
    assert dialing.hang_up(bridge, dialed) == "Hung up." and not web.channels
    with pytest.raises(Surroundings, match="404"):
        dialing.hang_up(bridge, dialed)
    with pytest.raises(Surroundings, match=r"refuses this user or this password \(401\)"):
        AsteriskOverHttp(web.address, USER, lambda: "wrong", PHONE).dial(NUMBER)


# ---------------------------------------------------------------- an address


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_bx38_an_address_is_opened_with_the_number_in_it(web: Web, method: str) -> None:
    bridge = HttpUrl(f"{web.address}/dial?user={{extension}}&to={{number}}", f"{web.address}/end", method, USER,
                     secret, "1 00")  # fmt: skip
    assert bridge.preview("*21#") == f"Sends {method} {web.address}/dial?user=1%2000&to=%2A21%23."
    dialed = dialing.dial("650-253-0000", region="US", bridge=bridge)
    assert dialed.sent and web.asked[-1] == (method, "/dial?user=1%2000&to=%2B16502530000")
    assert web.accounts[-1] == f"{USER}:{SECRET}" and SECRET not in dialed.message
    dialing.hang_up(bridge, dialed)
    assert web.asked[-1] == (method, "/end")


@pytest.mark.parametrize(("path", "said"), [
    ("status/404", "answered 404 Not Found; the number was not dialed."), ("status/403", "refuses this user"),
    ("away", "sends the number on to another address"), ("stalls", "does not answer in time"),
    ("drips-heads", "does not answer in time"), ("drips", "does not answer in time"),
])  # fmt: skip
def test_bx38_an_address_that_does_not_dial_says_why_in_time(web: Web, path: str, said: str) -> None:
    notepad, begun = Notepad(), time.monotonic()
    bridge = HttpUrl(f"{web.address}/{path}?to={{number}}", seconds=0.3)
    dialed = dialing.dial("650-253-0000", region="US", bridge=bridge, clipboard=notepad)
    assert not dialed.sent and said in dialed.message and notepad.text == NUMBER
    assert time.monotonic() - begun < 2


def test_bx38_the_same_computer_may_send_one_on(web: Web) -> None:
    HttpUrl(f"{web.address}/near?to={{number}}").dial(NUMBER)
    assert web.asked[-1] == ("GET", "/there?to=%2B16502530000")


@pytest.mark.parametrize(("url", "said"), [
    ("http://pbx.example/?to={number}", "write https://"), ("https://{number}.example/", "never decides"),
    ("https://u:p@pbx.example/{number}", "fields of their own"), ("ftp://x/{number}", "begins with https://"),
    ("https://pbx.example/dial", "Write {number}"), ("", "begins with https://"), ("https://[x/{number}", "begins"),
])  # fmt: skip
def test_bx38_what_may_not_be_sent_is_said_before(url: str, said: str) -> None:
    assert said in (url_problem(url) or "")
    for good in ("https://pbx.example/{number}", "http://127.0.0.1:8/{digits}", "http://[::1]/{e164}"):
        assert url_problem(good) is None


# ---------------------------------------------------------------- each workstation, each operator


def test_bx38_settings_are_the_workstations_extension_and_user_each_operators_own(tmp_path: Path) -> None:
    station = settings.Station(tmp_path / "station.json")
    for setting, value in (
        (settings.BRIDGE, "http"), (settings.URL, "https://pbx.example/{extension}/{number}"),
        (settings.EXTENSION.of("ANN"), "100"), (settings.EXTENSION.of("BOB"), "200"),
        (settings.URL_USER.of("ANN"), "ann"), (settings.FORM.of("http"), NATIONAL), (settings.PREFIX.of("http"), "0"),
        (settings.PREFIX.of("command"), "9"),
    ):  # fmt: skip
        station.set(setting, value)
    secrets.keep(secret_name(HTTP_PASSWORD, "ANN"), SECRET)
    ann, bob = (dialing.chosen(station, operator=name, region="US") for name in ("ANN", "BOB"))
    assert isinstance(ann, HttpUrl) and isinstance(bob, HttpUrl)
    assert ann.preview(NUMBER) == "Sends GET https://pbx.example/100/06502530000."
    assert bob.preview(NUMBER) == "Sends GET https://pbx.example/200/06502530000."
    assert (ann.user, ann.secret(), bob.user, bob.secret()) == ("ann", SECRET, "", None)
    assert SECRET not in (tmp_path / "station.json").read_text() + repr(ann)
