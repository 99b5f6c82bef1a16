"""Where a call can go, and what is advised where it cannot."""

from __future__ import annotations

import pytest

from callsheet.lint import Linter, Options

LINTER = Linter(Options(kind="refer"))


def advised(target: str) -> list[str | None]:
    return [fault.help for fault in LINTER.body({"target_uri": target})]


@pytest.mark.parametrize(
    "target",
    [
        *("tel:+14155550123", "TEL:+14155550123", "tel:+1-415-555-0123", "tel:+1(415)555.0123", "tel:+123456789012345"),
        *("tel:+14155550123;ext=5", "sip:ann@example.com", "SIPS:ann@example.com", "sip:example.com:5061"),
        *("sip:ann@example.com;transport=tcp", "sip:[::1]", "sip:ann:secret-free@example.com"),
    ],
)
def test_a_call_can_go_there(target: str) -> None:
    assert advised(target) == []


NUMBER = "write `tel:+14155550123`"
COUNTRY = "write `tel:+`, the country code and the number"
EITHER = "write `tel:+14155550123` with your number, or `sip:agent@example.com` with your address"


@pytest.mark.parametrize(
    ("target", "help_"),
    [
        *((one, NUMBER) for one in ("+14155550123", " +1 415 555 0123 ", "tel: +14155550123", "tel:+1 415 555 0123")),
        *((one, COUNTRY) for one in ("4155550123", "415-555-0123", "tel:4155550123", "Tel: 415 555 0123")),
        ("0014155550123", "write `tel:+14155550123`"),
        ("ann@example.com", "write `sip:ann@example.com`"),
        *((one, EITHER) for one in ("", "ann", "tel:", "tel:+", "tel:+014155550123", "tel:+1234567890123456", "+")),
        *((one, EITHER) for one in ("sip:", "sip::5061", "sip:ann@", "sip:ann@a b", "ann @example.com", "http://a@b")),
        *((one, EITHER) for one in ("sip:ann@;transport=tcp", "sip:ann@:5061", "sips:", "tel:+1;ext=5x y")),
        *((one, EITHER) for one in ("tel:+٤", "+٤", "٤", "tel:+1x")),
    ],
)
def test_a_call_cannot_go_there(target: str, help_: str) -> None:
    assert advised(target) == [help_]
