"""The telephone links of other programs: registered for this user, taken back, and never dialed through ourselves."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from channergy_crm import dialing, telephone_links
from channergy_crm.dialing.uri import UriScheme
from tests.domain.fitting import Notepad

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.engines("sqlite"),
    pytest.mark.skipif(not shutil.which("xdg-mime"), reason="xdg-utils is not here"),
]


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user of this computer who has registered nothing."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(telephone_links, "_known", {})
    (tmp_path / "config").mkdir()
    return tmp_path


def asked() -> str:
    """What the system says opens tel: links."""
    command = ["xdg-mime", "query", "default", "x-scheme-handler/tel"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def test_links_are_registered_for_this_user_and_given_back_to_whom_they_belonged(own_home: Path) -> None:
    folder = own_home / "data" / "applications"
    folder.mkdir(parents=True)
    (folder / "phone.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=Phone\nExec=true %u\nMimeType=x-scheme-handler/tel;\n"
    )
    subprocess.run(["xdg-mime", "default", "phone.desktop", "x-scheme-handler/tel"], check=True)
    assert asked() == "phone.desktop" and not telephone_links.are_ours()
    telephone_links.register("dial")
    assert asked() == telephone_links.FILE and telephone_links.are_ours()
    telephone_links.take_back()
    assert asked() == "phone.desktop" and not telephone_links.are_ours()
    assert not (folder / telephone_links.FILE).exists()


def test_a_link_that_comes_to_this_program_is_not_dialed_through(own_home: Path) -> None:
    telephone_links.register("dial")
    bridge, pad = UriScheme("tel"), Notepad()
    said = bridge.check()
    assert said is not None and "would call itself" in said
    dialed = dialing.dial("212-736-5000", region="US", bridge=bridge, clipboard=pad)
    assert not dialed.sent and pad.paste() == "+12127365000", "the number stays on the clipboard"


def test_the_entry_hands_the_link_over_as_one_word_whatever_the_path() -> None:
    text = telephone_links.entry(['/opt/my "crm"/$HOME`x`/100%', "/a\\b/main.py", "dial"], {"tel": "phone.desktop"})
    assert 'Exec="/opt/my \\"crm\\"/\\$HOME\\`x\\`/100%%" "/a\\\\b/main.py" "dial" %u' in text
    assert "MimeType=x-scheme-handler/tel;x-scheme-handler/callto;" in text
