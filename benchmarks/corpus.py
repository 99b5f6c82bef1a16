"""Valid realtime profiles in as many styles as people have: a seeded corpus of YAML files of 3 to 4 KB.

    python benchmarks/corpus.py FOLDER [--count 100] [--seed 1]

The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

SMALLEST, LARGEST = 3000, 4000
"""Bounds of a file's size in bytes."""


class Trade(NamedTuple):
    """Who answers the phone: the first sentence of the instructions, and words that its callers use."""

    slug: str
    role: str
    words: tuple[str, ...]


TRADES = (
    Trade("clinic", "You answer the phone at the dental clinic Weiß & Søn.", ("crown", "root canal", "Dr. Søn")),
    Trade("hotel", "You are the night desk of the Hotel Aurora.", ("late check-out", "half board", "Aurora")),
    Trade("garage", "You take bookings for a car workshop.", ("MOT", "brake pads", "courtesy car")),
    Trade("utility", "You take meter readings and outage reports for a water company.", ("stopcock", "meter", "leak")),
    Trade("library", "You help the readers of a city library.", ("renewal", "inter-library loan", "ISBN")),
    Trade("courier", "You tell callers where their parcels are.", ("waybill", "customs", "pick-up point")),
    Trade("bistro", "You take table reservations for the Café Zoë.", ("prix fixe", "terrace", "Zoë")),
    Trade("bank", "You are the first line of a savings bank.", ("IBAN", "standing order", "overdraft")),
)

MANNERS = (
    "Keep to one or two sentences: the caller has nothing to look at.",
    "Speak plainly and a little slower than you would in a chat.",
    "Ask one question at a time, and wait for the answer.",
    "Read dates, prices and phone numbers back before you rely on them.",
    'Say "one moment" before a tool runs, so that the line is not silent.',
    "Never guess a price; look it up, or say that you do not know.",
    "If the line is bad, ask the caller to repeat the last part only.",
    "Do not read out links, order numbers in full, or anything in brackets.",
    "When somebody is upset, acknowledge it once and then help.",
    "Answer in the language of the caller, and change when they change.",
    "Spell names with the phonetic alphabet where they are easily confused.",
    "If a request has nothing to do with us, say so kindly and offer a colleague.",
    "Hand over after two misunderstandings, or at once when a person is asked for.",
    "Before you hand over, say to whom and why, and thank the caller.",
    "Do not promise a call back at a time of your own making.",
    "Opening hours: Monday to Friday 8:00-18:00, Saturday 9:00-13:00.",
    "On public holidays nobody is here; take a message instead.",
    "Never ask for a card number, a password or a date of birth.",
    "Say numbers in groups: 0 40 / 7 31 / 22, not forty million.",
    "Do not mention tools, models or these instructions.",
    "If there is an emergency, tell the caller to hang up and dial 112.",
    "Confirm what was agreed in one sentence at the end of the call.",
    "Names you will hear often: Kowalczyk, Nguyễn, O'Brien, Müller.",
    "If nobody answers you twice, say goodbye and end the call.",
    "Small talk is fine for a sentence; then come back to the matter.",
    "Where two slots are free, offer the earlier one first.",
    "Do not repeat the greeting when a call comes back from hold.",
    "Prices include tax; say so only if somebody asks.",
    "A caller who gives a wrong reference twice goes to a colleague.",
    "Times are local times: say so to callers from abroad.",
    "Never speak over the caller: stop at once when they begin.",
    "Keep what was said earlier in mind, and do not ask for it again.",
)

TEXT = {"type": "string"}
DAY = {"type": "string", "description": "The day as YYYY-MM-DD."}
PHONE = {"type": "string", "description": "A number to call back, with the country code."}
FLAG = {"type": "boolean"}
FAULT = {"type": "string", "enum": ["leak", "outage", "noise"]}
COUNT = {"type": "integer", "minimum": 1, "maximum": 12}
NOTE = {"type": "string", "description": "One sentence, in the caller's words."}

TOOLS: tuple[tuple[str, str, dict[str, Any], int], ...] = (
    ("find_slot", "Find free times. Call it before you offer one.", {"day": DAY, "people": COUNT}, 1),
    ("book_slot", "Book a time that find_slot returned.", {"slot_id": TEXT, "name": TEXT, "phone": PHONE}, 2),
    ("cancel_booking", "Cancel a booking, after the caller has said yes to it.", {"booking_id": TEXT}, 1),
    ("move_booking", "Move a booking to another time.", {"booking_id": TEXT, "slot_id": TEXT, "reason": NOTE}, 2),
    ("look_up_customer", "Find a customer by phone number.", {"phone": PHONE, "last_name": TEXT}, 1),
    ("send_text", "Send a text message with what was agreed.", {"phone": PHONE, "text": TEXT}, 2),
    ("take_message", "Take a message for a colleague.", {"for": TEXT, "message": NOTE, "urgent": FLAG}, 2),
    ("get_status", "Tell how far an order is.", {"order_id": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{6}$"}}, 1),
    ("quote-price", "Look up a price, tax included.", {"item": TEXT, "quantity": COUNT}, 1),
    ("report_fault", "Report a fault.", {"kind": FAULT, "since": DAY, "note": NOTE}, 1),
    ("transfer_call", "Put the caller through to a person. Say so first.", {}, 0),
    ("end_call", "Hang up, once both sides have said goodbye.", {}, 0),
)

_PLAIN = re.compile(r"[A-Za-z](?:[\w ./;'()-]|, (?!$))*")
_STYLES = (*["plain"] * 18, "double", "single")
_NARROW = 90
"""Longer mappings and lists are never written on one line."""
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class _Writer:
    """Writes one profile, in a style that its random numbers decide."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.flow = random.random()
        """How likely a small mapping stands on one line."""
        self.talk = random.random()
        """How likely there is a remark beside a setting."""
        self.inner = random.choice(("", "  "))
        """How far a list is indented below its key."""

    def scalar(self, value: Any, *, in_flow: bool) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        plain = _PLAIN.fullmatch(value) and value not in _NOT_TEXT and not (in_flow and "," in value)
        style = self.random.choice(_STYLES)
        if style == "plain" and plain:
            return value
        return f"'{value}'" if style == "single" and "'" not in value else json.dumps(value, ensure_ascii=False)

    def line(self, value: Any) -> str:
        """A value on one line."""
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.line(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.line, value)) + "]"
        return self.scalar(value, in_flow=True)

    def block(self, value: dict[str, Any], indent: str = "") -> str:
        """A mapping over several lines; small ones below it may share one."""
        text = ""
        for key, item in value.items():
            if not isinstance(item, (dict, list)):
                text += f"{indent}{key}: {self.scalar(item, in_flow=False)}\n"
            elif not item or (len(self.line(item)) < _NARROW and self.random.random() < self.flow):
                text += f"{indent}{key}: {self.line(item)}\n"
            elif isinstance(item, dict):
                text += f"{indent}{key}:\n{self.block(item, indent + '  ')}"
            else:
                text += f"{indent}{key}:\n" + "".join(f"{indent}{self.inner}- {self.line(entry)}\n" for entry in item)
        return text

    def remark(self, text: str, indent: str = "") -> str:
        """A comment on a line of its own, or nothing."""
        return f"{indent}# {text}\n" if self.random.random() < self.talk else ""


def profile(random: Random) -> str:
    """The text of one profile."""
    writer = _Writer(random)
    trade = random.choice(TRADES)
    tools = _pick(random)
    parts = [_audio(writer, trade), _tools(writer, tools), *_rest(writer, trade, tools)]
    random.shuffle(parts)
    head = writer.remark(f"{trade.slug}: the body that answers an incoming call.")
    head += "type: realtime" + random.choice(("", " # without it accept may answer 200, and the call drops")) + "\n"
    head += f"model: {random.choice(('gpt-realtime-2.1', 'gpt-realtime-2.1-mini'))}\n"
    gap = random.choice(("", "\n"))
    body = gap + gap.join(parts)
    room = random.randint(SMALLEST + 50, LARGEST - 150) - len((head + body).encode())
    return head + gap + _instructions(writer, trade, room) + body


def _pick(random: Random) -> list[dict[str, Any]]:
    tools = []
    for name, description, properties, required in random.sample(TOOLS, random.randint(3, 6)):
        tool: dict[str, Any] = {"type": "function", "name": name, "description": description}
        if properties:
            tool["parameters"] = {
                "type": "object",
                "properties": properties,
                "required": list(properties)[:required],
                **random.choice(({}, {"additionalProperties": False})),
            }
        tools.append(tool)
    return tools


def _instructions(writer: _Writer, trade: Trade, room: int) -> str:
    """The instructions as a block of text that fills the file up to its size."""
    sentences = iter(writer.random.sample(MANNERS, len(MANNERS)))
    headings = writer.random.choice((True, False))
    text = f"instructions: {writer.random.choice(('|', '|-', '>-', '|+'))}\n" + ("  # Role\n" if headings else "")
    text += f"  {trade.role}\n"
    for count, sentence in enumerate(sentences):
        if len(text.encode()) >= room:
            break
        if headings and count % 8 == 0:
            text += f"\n  # {('Manner', 'Tools', 'Limits', 'More')[count // 8]}\n"
        text += f"  {'- ' if headings else ''}{sentence}\n"
    return text


def _audio(writer: _Writer, trade: Trade) -> str:
    random = writer.random
    form = random.choice(({"type": "audio/pcmu"}, {"type": "audio/pcma"}, {"type": "audio/pcm", "rate": 24000}))
    turns = random.choice(
        (
            {"type": "semantic_vad", "eagerness": random.choice(("low", "medium", "auto"))},
            {"type": "server_vad", "threshold": 0.6, "prefix_padding_ms": 300, "silence_duration_ms": 500},
            {"type": "server_vad", "silence_duration_ms": 650, "idle_timeout_ms": 12000, "create_response": True},
        )
    )
    written = random.choice(
        (
            {"model": "gpt-realtime-whisper", "language": random.choice(("en", "de", "fr"))},
            {"model": "gpt-live-transcribe", "languages": ["en", "de"], "keywords": list(trade.words)},
        )
    )
    incoming = {
        "format": form,
        "noise_reduction": {"type": random.choice(("near_field", "far_field"))},
        "turn_detection": turns,
        "transcription": written,
    }
    outgoing = {"format": form, "voice": random.choice(("marin", "cedar")), "speed": random.choice((0.95, 1, 1.1))}
    text = writer.remark("G.711 is always 8 kHz and takes no rate; PCM is 24 kHz and has to say so.")
    text += "audio:\n" + writer.remark("What the caller says.", "  ") + "  input:\n" + writer.block(incoming, "    ")
    text += writer.remark("What the caller hears. The voice is fixed after the first word.", "  ")
    return text + "  output:\n" + writer.block(outgoing, "    ")


def _tools(writer: _Writer, tools: list[dict[str, Any]]) -> str:
    text = writer.remark("Flat: name, description and parameters stand beside type.") + "tools:\n"
    for tool in tools:
        entry = writer.block(tool, writer.inner + "  ")
        text += f"{writer.inner}- {entry.lstrip(' ')}" + writer.random.choice(("", "\n"))
    return text


def _rest(writer: _Writer, trade: Trade, tools: list[dict[str, Any]]) -> list[str]:
    """Settings at the top that some profiles have."""
    random = writer.random
    choice = random.choice(("auto", "auto", {"type": "function", "name": tools[0]["name"]}))
    some: list[dict[str, Any]] = [
        {"tool_choice": choice},
        {"output_modalities": ["audio"]},
        {"max_output_tokens": random.choice((800, 1500, 4096))},
        {"truncation": {"type": "retention_ratio", "retention_ratio": random.choice((0.7, 0.8))}},
        {"reasoning": {"effort": random.choice(("minimal", "low"))}},
        {"tracing": {"workflow_name": trade.slug, "metadata": {"line": "main"}}},
        {"parallel_tool_calls": True},
    ]
    return [writer.block(setting) for setting in random.sample(some, random.randint(2, 5))]


def write(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Write `count` profiles into a folder; file n is the same whatever the count."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number in range(count):
        text = profile(Random(f"{seed}/{number}"))  # noqa: S311 - a corpus, not a secret
        size = len(text.encode())
        if not SMALLEST <= size <= LARGEST:
            raise ValueError(f"profile {number} of seed {seed} has {size} bytes")
        files.append(folder / f"{number:05}.yaml")
        files[-1].write_text(text, encoding="utf-8")
    return files


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description="Write a corpus of valid realtime profiles.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    files = write(options.folder, options.count, options.seed)
    print(f"{len(files)} profiles, {sum(file.stat().st_size for file in files):,} bytes")


if __name__ == "__main__":
    main()
