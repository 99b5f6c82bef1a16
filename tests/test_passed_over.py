"""What the rules pass over unseen, because one quick look says so: nothing that they would find."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callsheet.lint import Linter
from callsheet.redact import may_hold_key
from callsheet.rules import RULES
from callsheet.rules.json_schema import KEYWORDS, TYPES, Parameters, is_plain, subschemas

TEXTS = ("", "string", "int", "a")
LISTS: tuple[Any, ...] = ([], ["a"], ["b"], ["a", "a"], [None], ["string"], [{}], [{"type": "string"}])
VALUES = st.sampled_from([None, True, False, 0, 1.5, *TEXTS, *LISTS, {}, {"$file": "a.json"}, {"$env": "A"}])
WORDS = st.sampled_from([*sorted(KEYWORDS), "a", "b", "x-a", "$file"])
USUAL = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES)},
    optional={
        "description": st.just("a"),
        "enum": st.just(["a"]),
        "minimum": st.just(1),
        "default": st.sampled_from(["a", None, {}]),
        "additionalProperties": st.just(value=False),
    },
)
SCHEMAS = st.recursive(
    st.one_of(USUAL, st.dictionaries(WORDS, VALUES, max_size=3)),
    lambda inner: st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=3)},
            optional={"required": st.lists(st.sampled_from("abc"), max_size=2)},
        ),
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}),
        st.dictionaries(WORDS, st.one_of(inner, VALUES), max_size=3),
        st.fixed_dictionaries({"anyOf": st.lists(inner, max_size=2)}),
    ),
    max_leaves=8,
)
CODES = ("CS407", "CS408", "CS409")


def found_in(schema: dict[str, Any]) -> list[Any]:
    """What the rules on schemas find in one, and in each that it holds."""
    schemas = subschemas(Parameters(("parameters",), "a", schema))
    found: list[Any] = []
    for code in CODES:
        check = RULES[code].check
        assert check is not None
        assert RULES[code].inputs() == ("schemas",)
        found += check(schemas)
    return found


@given(SCHEMAS)
def test_no_rule_has_anything_to_say_of_a_plain_schema(schema: dict[str, Any]) -> None:
    assert not is_plain(schema) or not found_in(schema)


@pytest.mark.parametrize(
    "schema",
    [
        {
            "type": "object",
            "properties": {"a": {"type": "string", "description": "b", "enum": ["c"]}},
            "required": ["a"],
        },
        {"type": "object", "properties": {}, "required": [], "additionalProperties": False},
        {"type": "object", "required": []},
        {"properties": {"a": {"type": "array", "items": {"type": "number", "minimum": 1, "default": "b"}}}},
    ],
)
def test_what_people_write_is_plain(schema: dict[str, Any]) -> None:
    assert is_plain(schema)


@pytest.mark.parametrize(
    "inner",
    [
        *({"type": "int"}, {"type": 5}, {"type": None}, {"type": ["string"]}, {"type": True}, {"minimum": "1"}),
        *({"required": True}, {"minimum": True}, {"title": 5}, {"title": 1.5}, {"minimum": None}, {"note": "a"}),
        *({"required": ["a"]}, {"properties": {"a": True}}, {"properties": []}, {"enum": []}, {"enum": {}}),
        *({"items": {"type": "int"}}, {"items": "string"}, {"items": [{}]}, {"anyOf": [{}]}, {"default": {}}),
    ],
)
def test_what_may_have_to_be_said_is_not_plain(inner: dict[str, Any]) -> None:
    assert not is_plain(inner)
    assert not is_plain({"type": "object", "properties": {"a": inner}})


def test_numbers_of_both_kinds_are_plain() -> None:
    assert is_plain({"minimum": 1, "maximum": 1.5, "additionalProperties": False, "enum": [1]})


KEYS = {
    "an API key": "sk-" + "proj-" + "a1" * 12,
    "an ephemeral key": "ek_" + "a1" * 12,
    "a GitHub token": "ghp_" + "a1" * 18,
    "a finer GitHub token": "github_pat_" + "a1" * 18,
    "a GitLab token": "glpat-" + "a1" * 12,
    "a Slack token": "xoxb-" + "a1" * 6,
    "a Stripe key": "sk_live_" + "a1" * 8,
    "a webhook's secret": "whsec_" + "a1" * 14,
    "an AWS access key": "AKIA" + "A1" * 8,
    "a Google API key": "AIza" + "a1" * 18,
    "a JSON Web Token": "eyJ" + "a1" * 8 + ".eyJ" + "a1" * 8 + ".a",
    "a bearer token": "Bearer " + "a1" * 12,
    "a SendGrid key": "SG." + "a1" * 8 + "." + "a1" * 8,
    "a Hugging Face token": "hf_" + "a1" * 18,
    "an npm token": "npm_" + "a1" * 18,
    "a Slack webhook": "hooks.slack.com/" + "services/T1/B1/" + "a1" * 8,
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
}


def written(text: str) -> dict[str, str]:
    """A profile with a text, in the ways in which a text is written down."""
    first, rest = ord(text[0]), text[1:]
    folded = text.replace(" ", "\n  ")
    return {
        "plain": f"type: realtime\ninstructions: Take {text} for it.\n",
        "folded": f"type: realtime\ninstructions: >-\n  Take\n  {folded}\n  for it.\n",
        "plain in lines": f"type: realtime\ninstructions: Take\n  {folded}\n  for it.\n",
        "literal": f"type: realtime\ninstructions: |\n  Take {text} for it.\n",
        "single quotes": f"type: realtime\ninstructions: 'It''s {text}'\n",
        "double quotes": f'type: realtime\ninstructions: "It\\tis {text}"\n',
        "a letter by its number": f'type: realtime\ninstructions: "Take \\x{first:02x}{rest} for it."\n',
        "four digits": f'type: realtime\ninstructions: "Take \\u{first:04x}{rest} for it."\n',
        "eight digits": f'type: realtime\ninstructions: "Take \\U{first:08x}{rest} for it."\n',
        "over two lines": f'type: realtime\ninstructions: "Take {text[:2]}\\\n  {text[2:]} for it."\n',
        "JSON": json.dumps({"type": "realtime", "instructions": f'Take "{text}"\nfor it.'}),
        "JSON, slashes": json.dumps({"type": "realtime", "instructions": text}).replace("/", "\\/"),
        "JSON, by numbers": json.dumps({"type": "realtime", "instructions": text}).replace(
            text, "".join(f"\\u{ord(letter):04x}" for letter in text)
        ),
        "an anchor": f"type: realtime\nx-a: &a {text}\ninstructions: *a\n",
    }


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_key_is_found_however_it_is_written(key: str) -> None:
    assert may_hold_key(key)
    for way, content in written(key).items():
        path = "a.json" if way.startswith("JSON") else "a.yaml"
        assert [finding.code for finding in Linter().file(path, content.encode())] == ["CS503"], way


def test_a_credential_in_a_url_is_found_where_slashes_are_escaped() -> None:
    content = r'{"type": "realtime", "instructions": "See https:\/\/a.example\/?token=0815-not-a-real-token."}'
    assert [finding.code for finding in Linter().file("a.json", content.encode())] == ["CS502"]


@given(st.text(alphabet="ab-_./ \n", max_size=40))
def test_prose_holds_no_key(text: str) -> None:
    assert not may_hold_key(text)
