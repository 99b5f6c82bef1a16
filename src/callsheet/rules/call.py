"""CS44x: what is done with a phone call."""

from __future__ import annotations

from callsheet.patch import Fix, Put
from callsheet.rules.rule import At, Rule
from callsheet.shape.directive import begins_as_placeholder
from callsheet.shape.say import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_LONGEST_NUMBER = 15
_SEPARATORS = str.maketrans("", "", "-.() ")
_PLACE = ("target_uri",)


def _is_number(digits: str) -> bool:
    """Whether this is a number as E.164 has it, without its `+`."""
    return digits.isascii() and digits.isdigit() and digits[0] != "0" and len(digits) <= _LONGEST_NUMBER


def _fitting(target: str) -> bool:
    scheme, _, rest = target.partition(":")
    if scheme.lower() in ("sip", "sips"):
        host = rest.partition(";")[0].rpartition("@")[2]
        return bool(host) and not any(letter.isspace() for letter in rest) and not host.startswith(":")
    number = rest.partition(";")[0]
    return scheme.lower() == "tel" and " " not in rest and number[:1] == "+" and _is_number(_plain(number[1:]))


def _plain(number: str) -> str:
    return number.translate(_SEPARATORS) or "?"


def _no_address(session: dict[str, Any]) -> Iterator[At]:
    target = session.get("target_uri")
    if not isinstance(target, str) or begins_as_placeholder(target) or _fitting(target):
        return  # a placeholder in quotes is another finding: see CS504
    number = target.strip()
    if number[:4].lower() == "tel:":
        number = number[4:].strip()
    plain = _plain(number)
    if plain[:1] == "+" and _is_number(plain[1:] or "?"):
        better = f"tel:{plain}"
        fix = Fix(f"write `{better}`", (Put(_PLACE, better),))
        yield At(_PLACE, f"{shown(target)} is no address that a call can go to", f"write `{better}`", fix=fix)
    elif plain.isascii() and plain.isdigit():
        yield At(
            _PLACE,
            f"{shown(target)} does not say in which country the number is"
            if plain[:2] != "00"
            else f"{shown(target)} is no address that a call can go to",
            "write `tel:+`, the country code and the number" if plain[:2] != "00" else f"write `tel:+{plain[2:]}`",
        )
    elif "@" in target and ":" not in target and " " not in target:
        better = f"sip:{target}"
        fix = Fix("add `sip:`", (Put(_PLACE, better),))
        yield At(_PLACE, f"{shown(target)} does not say that it is a SIP address", f"write {shown(better)}", fix=fix)
    else:
        yield At(
            _PLACE,
            "`target_uri` is no address that a call can go to",
            "write `tel:+14155550123` with your number, or `sip:agent@example.com` with your address",
        )


REFER_TARGET = Rule(
    code="CS441",
    name="refer-target",
    severity="warning",
    summary="The target of a transfer is neither a `tel:` number with `+` nor a `sip:` address.",
    why="The reference names these two. With others, people report an answer of 500, or of 200 and a call that is never "
    "transferred. It is not proven for each form, hence a warning.",
    source="API reference, `target_uri`; RFC 3966 and RFC 3261; community.openai.com/t/1360937",
    since="2025-10-02",
    kinds=("refer",),
    check=_no_address,
    bad='target_uri: "+1 415 555 0123"\n',
    good="target_uri: tel:+14155550123\n",
    fixed='target_uri: "tel:+14155550123"\n',
)
