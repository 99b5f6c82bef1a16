"""A secret is planted wherever people put them, and looked for in every report."""

from __future__ import annotations

import json
import time

import pytest

from callsheet.diagnostic import Finding, Span
from callsheet.fix.repair import repaired
from callsheet.lint import Linter
from callsheet.models.tool import McpTool, ToolChoiceMcp
from callsheet.redact import is_secret_key, mask, mask_pointer
from callsheet.report import FORMATS, renderer
from callsheet.report.run import Run
from callsheet.source import secret
from callsheet.source.document import read
from callsheet.source.text import Text

M = "Zq9-hunter2"


def reports(name: str, content: str) -> dict[str, str]:
    """What each format prints for a file; the frame shows every line of it, whether or not it has a finding."""
    document = read(name, content.encode())
    findings = repaired(document, Linter().judged(document))
    assert findings
    text, first = findings[0].text, findings[0]
    everywhere = [
        first._replace(message="m", help=None, span=Span(start, start + 1), pointer="") for start in text.starts
    ]
    printed = {form: "".join(renderer(form)(Run(findings, 1))) for form in FORMATS}
    printed["lines"] = "".join(renderer("full")(Run(everywhere, 1)))
    return printed


MCP = "type: realtime\ntools:\n- type: mcp\n  server_label: a\n  server_url: https://a.example\n"
PLANTED = {
    "misspelt, plural and foreign keys": [
        f"{MCP}  {key}: M\n"
        for key in (
            "authorizaton", "authorzation", "autorization", "authorisation", "authorize", "auth", "authentication",
            "credentials", "tokens", "secrets", "passwords", "cookie", "private_key", "secret_key", "secretKey", "jwt",
            "oauth", "pwd", "signature", "basic_auth", "x", "env",
        )
    ],
    "the same outside a tool": [
        f"type: realtime\nx:\n  {key}: M\n"
        for key in (
            "authorizaton", "authorzation", "autorization", "auth", "authentication", "credentials", "tokens",
            "secrets", "passwords", "cookie", "private_key", "secret_key", "accessToken", "jwt", "oauth", "pwd",
            "signature", "cookies", "api-keys",
        )
    ],
    "headers by another name": [
        f"{MCP}  http_headers: {{X-Pass: M}}\n",
        f"{MCP}  extra_headers:\n    X-Pass: M\n",
        f"{MCP}  headers: {{X-Pass: {{M: 1}}}}\n",
        f"{MCP}  headers: {{X-Pass: [M, {{M: M}}]}}\n",
    ],
    "what is no text": [
        f"{MCP}  authorization: {{M}}\n",
        f"{MCP}  authorization: {{M: x}}\n",
        f"{MCP}  authorization:\n    M: x\n    y: M\n",
        f"{MCP}  authorization: {{M: 1, M: 2}}\n",
        f"{MCP}  authorization: [M\n",
        f"{MCP}  authorization: [[M]]\n",
        f"{MCP}  authorization: {{$env: X, default: M}}\n",
        f"{MCP}  authorization: {{$env: X, M: y}}\n",
        f"{MCP}  authorization: {{a: b, # M\n    c: d}}\n",
    ],
    "messages of the reader": [
        f"{MCP}  authorization: *M\n",
        f"{MCP}  authorization: !M foo\n",
        f"{MCP}  authorization: !<M> foo\n",
        f"{MCP}  authorization: !!int M\n",
        f"{MCP}  authorization: &M {{a: *M}}\n",
        f"{MCP}  password: {{<<: M}}\n",
    ],
    "files without a tree": [
        f"{MCP}  authorization: 'x' M\n",
        f"{MCP}  authorization=M\n",
        f"{MCP}  'authorization': \"M\nx: ]\n",
        f"{MCP}  authorization:\n    M\n  x: ]\n",
        f"{MCP}  authorization: |\n    a\n    M\n  x: ]\n",
        f"{MCP}  authorization:\n  - M\n  x: ]\n",
        f'{MCP}  authorization: "a\n  M\n  x: ]\n',
        f"{MCP}  headers:\n    X-Pass: M\n    X: 'y' M\n",
        "- authorization:\n    M\n- tokens: M\n",
        "{type: mcp, authorization: a, M",
        '{"type": "mcp", "authorization": "a", M',
        "authorization: [\nM, M\n",
    ],
    "forms": [
        "type: realtime\nx: '-----BEGIN PRIVATE KEY-----M'\n",
        "type: realtime\nx: |\n  -----BEGIN RSA PRIVATE KEY-----\n  abc\n  M\n  -----END RSA PRIVATE KEY-----\n",
        "type: realtime\nx: SG.M\n",
        "type: realtime\nx: hf_M\n",
        "type: realtime\nx: npm_M\n",
        "type: realtime\nx: https://hooks.slack.com/services/T0/B0/M\n",
        "type: realtime\nx: https://a.example/cb#token=M\n",
        "type: realtime\nx: https://a.example/cb#state=1&access_token=M\n",
        "type: realtime\nx: 'pwd=M'\n",
        "type: realtime\nx: 'say auth: M'\n",
        "type: realtime\nx: 'say password = M'\n",
        "type: realtime\nx: 'tokens: M'\n",
        "type: realtime\nvoice: 'pwd=M'\n",
        "type: realtime\ntools: [{type: function, name: 'auth: M'}]\n",
    ],
    "comments": [
        "type: realtime\nx: 1 # auth: M\n",
        "# tokens: M\ntype: realtime\nx: 1\n",
        "type: realtime\nx: 1 # password = a, M\n",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [pytest.param(case, id=f"{group}-{at}") for group, cases in PLANTED.items() for at, case in enumerate(cases)],
)
@pytest.mark.parametrize("marked", [M, "zqzhunterzz7"])
def test_no_report_shows_it_in_yaml(content: str, marked: str) -> None:
    for form, printed in reports("a.yaml", content.replace("M", marked)).items():
        if marked in printed:
            pytest.fail(f"{form}: {printed}")


@pytest.mark.parametrize(
    "content",
    [
        '{"type": "realtime", "tools": [{"type": "mcp", "server_label": "a", "authorization": {"M": 1}}]}',
        '{"type": "realtime", "tools": [{"type": "mcp", "server_label": "a", "authorization": {"M": 1, "M": 2}}]}',
        '{"type": "realtime", "tools": [{"type": "mcp", "server_label": "a", "x": "M"}]}',
        '{"type": "realtime", "sk-M": 1}',
        '{"type": "realtime", "https://a:M@example.org/": 1}',
        '{"type": "realtime", "x": {"tokens": ["M"]}}',
        '{"type": "mcp",\n"authorization":\n"M",\n"x" }',
        '{"type": "mcp",\n  "headers": {\n    "X-Pass": "M",\n    "Y" }',
        '{"authorization": "a" M}',
    ],
)
def test_no_report_shows_it_in_json(content: str) -> None:
    for form, printed in reports("a.json", content.replace("M", M)).items():
        if M in printed:
            pytest.fail(f"{form}: {printed}")


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("type: realtime\nx:\n  max_output_tokens: infinite\n", "infinite"),
        ("type: realtime\nmax_output_tokens: 0\n", "max_output_tokens: 0"),
        ("type: realtime\nx:\n  cached_tokens: 4096\n  tokens: 17\n", "4096"),
        ("type: realtime\nx:\n  tokens: 17\n", "tokens: 17"),
        ("type: realtime\nx: 'Spend few tokens: be short'\n", "tokens: be short"),
        ("type: realtime\nx: 'the author: Ann'\n", "author: Ann"),
        (f"{MCP}  require_approval: nevr\n", "nevr"),
        (f"{MCP}  headers: {{X-Pass: {{$env: HOME}}}}\n  x: 1\n", "X-Pass: {$env: HOME}"),
        ('{\'a\': 1,\n"authorization": "x", "voice": "cedar" ]', '"voice": "cedar"'),
        ("author: Ann\nx: ]", "Ann"),
        ("authorization: x\nvoice: cedar\ny: ]", "voice: cedar"),
    ],
)
def test_what_is_no_secret_stays(content: str, kept: str) -> None:
    assert kept in reports("a.yaml", content)["lines"]


def test_which_keys_are_secret() -> None:
    plain = ["author", "authors", "max_tokens", "max_output_tokens", "header", "type", "passport", "key", "keyboard"]
    plain += ["tokenizer", "token_limits", "input_tokens", "maxTokens", "annotation", "transcription", "secretary"]
    assert [key for key in plain if is_secret_key(key)] == []


def test_the_keys_of_a_tool_are_those_of_the_api() -> None:
    known = set(McpTool.model_fields) | set(ToolChoiceMcp.model_fields)
    assert known == secret._MCP_KEYS  # noqa: SLF001 - the copy is there because no floor imports from above


@pytest.mark.parametrize(
    ("pointer", "shown"),
    [
        ("/tools/0/name", "/tools/0/name"),
        ("/tools/0/headers/X-Pass", "/tools/0/headers/X-Pass"),
        ("/tools/0/headers/X-Pass/$env", "/tools/0/headers/X-Pass/$env"),
        ("/tools/0/headers/X-Pass/abc", "/tools/0/headers/X-Pass/***"),
        ("/tools/0/authorization/abc", "/tools/0/authorization/***"),
        ("/sk-abcdefgh1/name", "/************/name"),
        ("/a~1b/c~0d", "/a~1b/c~0d"),
        ("", ""),
    ],
)
def test_pointers(pointer: str, shown: str) -> None:
    assert mask_pointer(pointer)[0] == shown


def finding(path: str, message: str) -> Finding:
    return Finding("CS102", "unknown-key", "error", message, Text(path, "a: 1\n"), Span(0, 1), "", message)


def test_a_terminal_is_told_nothing() -> None:
    run = Run([finding("a\x1b]0;x\x07\nb.yaml", "one\x1b[2J\r\ntwo\u2028three\u202e\x9b\x00\tfour")], 1)
    concise = "".join(renderer("concise")(run))
    assert concise.splitlines() == [concise.removesuffix("\n")]
    full = "".join(renderer("full")(run))
    assert len(full.splitlines()) == 8
    for printed in (concise, full, "".join(renderer("json")(run))):
        assert not set(printed) & set("\x1b\r\x07\x9b\x00\t\u2028\u202e")
    assert r"one\x1b[2J\r\ntwo\u2028three\u202e\x9b\x00\tfour" in full
    assert r"a\x1b]0;x\x07\nb.yaml:1:1" in full


def test_a_name_that_is_no_text() -> None:
    run = Run([finding("a\udcff.yaml", "half \ud800")], 1)
    for form in FORMATS:
        "".join(renderer(form)(run)).encode()
    path = json.loads("".join(renderer("json")(run)))["findings"][0]["path"]
    assert path == r"a\udcff.yaml"


@pytest.mark.parametrize("form", FORMATS)
def test_a_thousand_findings_on_one_line(form: str) -> None:
    data = {"type": "realtime", "tools": [{"type": "function", "name": f"f{n}", "parametres": {}} for n in range(3000)]}
    findings = Linter().file("a.json", json.dumps(data).encode())
    start = time.process_time()
    assert len("".join(renderer(form)(Run(findings, 1)))) > 100_000
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "line", ["a-" * 200_000, "auth" * 100_000, "token=" * 80_000, '"' * 400_000, "#" * 400_000, "SG." * 100_000,
             "hf_" * 100_000, "tokens: a" * 50_000, "PRIVATE KEY-----" * 20_000, "authoriz" * 50_000, "a:\\" * 100_000],
)  # fmt: skip
def test_a_long_line_takes_no_square_time(line: str) -> None:
    for content in (line, f"[{line}", f"authorization: {line}\nx: ]"):
        text = Text("a.yaml", content)
        start = time.process_time()
        assert len(text.masked(1)) == len(text.line(1))
        assert time.process_time() - start < 4


def test_masking_keeps_the_length() -> None:
    for line in ("pwd=abc", "x # auth: a, b", "SG.abc12345", "-----BEGIN PRIVATE KEY-----abc", "#token=abc&a=b"):
        assert len(mask(line)) == len(line)


def test_a_token_behind_the_hash_of_a_url_is_found() -> None:
    content = "type: realtime\ninstructions: See https://a.example/cb#access_token=0815-not-a-real-token there.\n"
    assert "CS502" in {found.code for found in Linter().file("a.yaml", content.encode())}
