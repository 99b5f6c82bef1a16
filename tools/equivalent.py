"""Mutants that no test can kill, because the changed program does the same: each was looked at, and this is why."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from trial import Mutant

Name: TypeAlias = tuple[str, str, str]
"""A file, the line in it without its indent, and the change; line numbers would not hold for long."""

EQUIVALENTS: dict[Name, str] = {
    (
        "src/callsheet/pointer.py",
        'elif step.removeprefix("$").replace("-", "_").isidentifier():',
        "\"_\" → 'XX_XX'",
    ): "any letters of a name in place of a hyphen make a name of the same sort",
    (
        "src/callsheet/rules/parameter.py",
        'if type(value) is str and (value in TYPES if keyword == "type" else keyword in TEXTS):',
        "\"type\" → 'XXtypeXX'",
    ): "a shortcut: the long way finds nothing wrong with these types either",
    ("src/callsheet/compose.py", "self.may_include = False", "False → None"): "it is only asked whether it is true",
    (
        "src/callsheet/compose.py",
        "self.may_include = False",
        "False → True",
    ): "looks twice where once would do, and finds the same",
    ("src/callsheet/intake.py", "self._overfull = False", "False → None"): "it is only asked whether it is true",
    (
        "src/callsheet/compose.py",
        "self.intake.whole = False  # what it was to be, nobody knows",
        "False → None",
    ): "it is only asked whether it is true",
    (
        "src/callsheet/compose.py",
        "if all(new is old for new, old in zip(items, node.children, strict=True)):",
        "True → False",
    ): "one is made of the other, so they are as long",
    (
        "src/callsheet/content.py",
        "if len(first) < _ONCE and _is_regular(descriptor, len(first)):",
        "< → <=",
    ): "a file of just that size is whole either way",
    (
        "src/callsheet/project.py",
        "super().__init__(why)",
        "super().__init__(why) → pass",
    ): "an exception keeps what it is made of, and nobody prints this one",
    (
        "src/callsheet/project.py",
        'with open(real, "rb", buffering=0) as file:',
        ", buffering=0 → nothing",
    ): "the same bytes",
    (
        "src/callsheet/config/choice.py",
        'key = (chosen.path or "", ignores)',
        "\"\" → 'XXXX'",
    ): "any word will do that is no path of a configuration",
    (
        "src/callsheet/config/file.py",
        "if TABLE[-1] not in source.content or not re.search(_MAY_HAVE_TABLE, source.content):",
        "-1 → (1)",
    ): "it has two entries",
    (
        "src/callsheet/config/toml.py",
        "if sys.version_info >= (3, 11):",
        "11 → 12",
    ): "the package is what the standard library's reader was made from",
    ("src/callsheet/batch/cache.py", "_COUNT = 8", "8 → 9"): "it is written and read alike",
    (
        "src/callsheet/batch/cache.py",
        '_ENDING = ".verdicts"',
        "\".verdicts\" → 'XX.verdictsXX'",
    ): "it is written and read alike",
    (
        "src/callsheet/batch/cache.py",
        "for link, digest in zip(verdict.links, verdict.digests, strict=True):",
        ", strict=True → nothing",
    ): "there is a digest for each link",
    (
        "src/callsheet/batch/pool.py",
        "continue",
        "continue → break",
    ): "Python itself waits on after a signal; this is for handlers that raise",
    (
        "src/callsheet/fix/repair.py",
        "if not any(edit.content != text.content[edit.start : edit.end] for edit in made):",
        "any → all",
    ): "of several edits each changes something; only a single one may not",
    (
        "src/callsheet/source/edit.py",
        "if content[at : holder.end - 1].strip():",
        "1 → 2",
    ): "right before the bracket nothing but a comment could stand, and that ends with its line",
    (
        "src/callsheet/source/edit.py",
        "if by < 0:",
        "< → <=",
    ): "lines that are moved by nothing stay where they are, either way",
    (
        "src/callsheet/source/layout.py",
        (
            "self, kind: Kind, start: int, end: int, *, flow: bool = False, anchor: str | "
            "None = None, tagged: bool = False"
        ),
        "False → True",
    ): "neither is asked of a scalar or an alias, and collections say both or are JSON",
    (
        "src/callsheet/source/layout.py",
        'written = Written("alias", start.index, end.index)  # type: ignore[union-attr]  # it has marks',
        "\"alias\" → 'XXaliasXX'",
    ): "it is only asked for the other kinds",
    (
        "src/callsheet/source/simple.py",
        "_SPACES = dict.fromkeys((0xA0, 0xAD, *range(0x2000, 0x2010), 0x202F, 0x205F, 0x3000))",
        "0x2010 → 8209",
    ): "the hyphen that comes next is printable anyway",
    (
        "src/callsheet/source/simple.py",
        "return (column, inner, key, at, OPENS, None) if key or inner >= 0 else None",
        ">= → >",
    ): "a dash stands before it, so it is never the first column",
    (
        "src/callsheet/source/simple.py",
        'if first in "|>":',
        "\"|>\" → 'XX|>XX'",
    ): "no letter comes here",
    (
        "src/callsheet/source/simple_place.py",
        "is_item = inner >= 0",
        ">= → >",
    ): "as in `simple`: a dash stands before it",
    (
        "src/callsheet/source/secret.py",
        (
            '"type", "server_label", "server_url", "connector_id", "tunnel_id", '
            '"server_description", "authorization", "headers",'
        ),
        "\"authorization\" → 'XXauthorizationXX'",
    ): "it is a credential anywhere, and asked about first",
    (
        "src/callsheet/source/yaml.py",
        "self.end = start",
        "start → None",
    ): "it is set anew with the first child, and not asked for before",
    (
        "src/callsheet/source/yaml_place.py",
        (
            "unused = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in "
            'content and f"{code:x}" not in escapes)'
        ),
        "0xE000 → 57345",
    ): "any of the private characters serves",
    (
        "src/callsheet/source/yaml_place.py",
        'return re.sub(_PROPERTIES, "", text, count=1)',
        "1 → 2",
    ): "behind the first match, which takes all, there is only an empty one",
    (
        "src/callsheet/config/configuration.py",
        "return ()",
        "() → None",
    ): "it is only asked whether there are any, and part of a key",
    (
        "src/callsheet/config/toml.py",
        "if sys.version_info >= (3, 11):",
        ">= → >",
    ): "every 3.11 has more to its version than these two numbers",
    (
        "src/callsheet/batch/cache.py",
        "return blake2b(raw, digest_size=_SIZE).hexdigest()",
        ", digest_size=_SIZE → nothing",
    ): "it is written and compared alike",
    (
        "src/callsheet/batch/pool.py",
        "sys.stdout.flush()",
        "sys.stdout.flush() → pass",
    ): "a child leaves without writing what it has of its parent",
    (
        "src/callsheet/rules/subject.py",
        "odd = [parameters for parameters in self.parameters if not is_plain(parameters.schema)]",
        "not is_plain(parameters.schema) → True",
    ): "a shortcut: no rule has anything to say of a plain schema",
    (
        "src/callsheet/config/toml_error.py",
        "return max(content.rfind(mark * 3 if content.count(mark * 3) % 2 else mark), 0)",
        "0 → 1",
    ): "a reader that misses the other mark has seen one",
}


def named(mutant: Mutant) -> Name:
    """By what a mutant is known."""
    return (mutant.file, mutant.text, str(mutant.mutation))
