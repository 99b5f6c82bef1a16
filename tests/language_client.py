"""A client of language servers: a process, JSON-RPC over its standard input and output, nothing of any editor."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TIMEOUT = 60.0
"""Seconds that an answer may take; a busy machine is no reason to fail."""

Message = dict[str, Any]


class Failed(Exception):  # noqa: N818 - it is what the server answered
    """An answer that is an error: its code, message and data."""

    def __init__(self, error: Message) -> None:
        super().__init__(error["message"])
        self.error = error


class Client:
    """Talks to one server. What the server asks of its own accord is answered from `answers`, else with null."""

    def __init__(self, command: Sequence[str], *, cwd: Path, env: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.answers: dict[str, Callable[[Any], Any]] = {}
        self.notes: list[Message] = []
        self.stray: list[bytes] = []
        """Whatever came on standard output and was no message."""
        self.stderr = b""
        self._answered: dict[Any, Message] = {}
        self._news: queue.Queue[Message | None] = queue.Queue()
        self._count = 0
        self._readers = [threading.Thread(target=read, daemon=True) for read in (self._read, self._read_errors)]
        for reader in self._readers:
            reader.start()

    def request(self, method: str, params: Any = None) -> Any:
        """Ask, and wait for the answer. Raises Failed for one that is an error."""
        return self.answer(self.ask(method, params))

    def ask(self, method: str, params: Any = None) -> int:
        """Ask, without waiting; gives the number to ask `answer` for."""
        self._count += 1
        self.send({"id": self._count, "method": method, "params": params})
        return self._count

    def answer(self, number: int) -> Any:
        """The answer to a request. Raises Failed for one that is an error."""
        self.until(lambda: number in self._answered)
        message = self._answered.pop(number)
        if "error" in message:
            raise Failed(message["error"])
        return message["result"]

    def notify(self, method: str, params: Any = None) -> None:
        """Tell."""
        self.send({"method": method, "params": params})

    def send(self, message: Message) -> None:
        """Write a message as it is."""
        self.write(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def write(self, content: bytes) -> None:
        """Write the content of a message, whatever it is."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self.process.stdin.flush()

    def until(self, found: Callable[[], Any]) -> Any:
        """Take in what the server says until something is true; gives that. Fails where it never comes."""
        end = time.monotonic() + TIMEOUT
        while not (there := found()):
            try:
                message = self._news.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"it never came; until then: {self.notes}") from None
            assert message is not None, f"the server has left: {self.stderr.decode(errors='replace')}"
            self._take(message)
        return there

    def published(self, uri: str, *, version: int | None = None) -> list[list[Message]]:
        """What was published for a document until now, the last at the end; for a version, if one is asked for."""
        return [
            note["params"]["diagnostics"]
            for note in self.notes
            if note["method"] == "textDocument/publishDiagnostics"
            and note["params"]["uri"] == uri
            and (version is None or note["params"].get("version") == version)
        ]

    def diagnostics(self, uri: str, *, version: int | None = None) -> list[Message]:
        """What was published last for a document, as soon as there is something; for a version, if one is asked for."""
        last: list[Message] = self.until(lambda: self.published(uri, version=version))[-1]
        return last

    def told(self, uri: str, codes: Sequence[str]) -> list[Message]:
        """What was published last for a document, as soon as that has these codes."""

        def found() -> bool:
            said = self.published(uri)
            return bool(said) and [one.get("code") for one in said[-1]] == list(codes)

        self.until(found)
        return self.published(uri)[-1]

    def forget(self) -> None:
        """Forget what was told so far."""
        self.notes.clear()

    def stop(self) -> int:
        """Leave as the protocol wants it; gives the exit status."""
        self.request("shutdown")
        self.notify("exit")
        return self.left()

    def left(self) -> int:
        """Wait until the server is gone; gives its exit status."""
        status = self.process.wait(TIMEOUT)
        for reader in self._readers:
            reader.join(TIMEOUT)
        return status

    def close(self) -> None:
        """End the process, however it is."""
        if self.process.poll() is None:
            self.process.kill()
        self.left()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue

    def _take(self, message: Message) -> None:
        if "method" not in message:
            self._answered[message.get("id")] = message
        elif "id" in message:
            answer = self.answers.get(message["method"])
            self.send({"id": message["id"], "result": answer and answer(message.get("params"))})
        else:
            self.notes.append(message)

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif not line.strip() and length:
                self._news.put(json.loads(stream.read(length)))
                length = 0
            elif line.strip() and name.lower() != b"content-type":
                self.stray.append(line)
        self._news.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        while piece := self.process.stderr.readline():
            self.stderr += piece
