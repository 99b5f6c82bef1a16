"""The server: what the protocol asks goes to the room that knows, and what has changed is looked at after a while."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter

from callsheet.lsp.completion import TRIGGERS, completion
from callsheet.lsp.definition import definition
from callsheet.lsp.desk import Desk
from callsheet.lsp.diagnosis import diagnostics
from callsheet.lsp.hover import hover
from callsheet.lsp.mending import KINDS, actions
from callsheet.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

_WATCHED = "**/*.{yaml,yml,json,md,txt}"
"""The files that profiles are, and those that they mostly take in."""
_PAUSE = 0.15
"""Seconds without a key pressed, after which somebody may want to know."""


class _Protocol(LanguageServerProtocol):
    """The protocol, whose errors repeat nothing of a profile and show nothing of the program."""

    def _send_response(self, msg_id: Any, result: Any = None, error: lsp.ResponseError | None = None) -> None:
        if error is not None:
            message = _mistake() if error.code == JsonRpcInternalError.CODE else error.message
            error = lsp.ResponseError(error.code, message)
        super()._send_response(msg_id, result, error)


class Server(LanguageServer):
    """The language server of callsheet."""

    def __init__(self) -> None:
        super().__init__(
            "callsheet",
            __version__,
            text_document_sync_kind=lsp.TextDocumentSyncKind.Full,
            protocol_cls=_Protocol,
            converter_factory=default_converter,
        )
        self.desk = Desk()
        self.versioned = False
        self.watched = False
        self._pending: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002 - pygls calls it with both
        """Say that something went wrong, but neither where nor with what."""
        said = lsp.LogMessageParams(lsp.MessageType.Error, f"callsheet: {_mistake(error)}")
        self.window_log_message(said)

    def begin(self, params: lsp.InitializeParams) -> None:
        """Learn what the editor can do."""
        encoding = self.workspace.position_encoding or lsp.PositionEncodingKind.Utf16
        self.desk = Desk(encoding)
        workspace = params.capabilities.workspace
        edits = workspace.workspace_edit if workspace else None
        self.versioned = bool(edits and edits.document_changes)
        watching = workspace.did_change_watched_files if workspace else None
        self.watched = bool(watching and watching.dynamic_registration)

    def watch(self) -> None:
        """Ask to be told when another program writes what profiles are made of."""
        if self.watched:
            watchers = [lsp.FileSystemWatcher(_WATCHED)]
            method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
            self.client_register_capability(lsp.RegistrationParams([lsp.Registration("files", method, options)]))

    def look(self, uris: Iterable[str], *, after: float = 0.0) -> None:
        """Publish what is wrong with some texts, and with those that build on them, after a pause."""
        self._pending.update(uris)
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(after, self._publish)

    def _publish(self) -> None:
        pending, self._pending = self._pending, set()
        try:
            for uri in pending:
                self.desk.checked(uri)
            for uri in pending.union(*map(self.desk.related, pending)):
                self._tell(uri)
        except Exception as error:  # noqa: BLE001 - a mistake must not end the editor's session
            self.report_server_error(error, None)

    def _tell(self, uri: str) -> None:
        sheet = self.desk.sheets.get(uri)
        if sheet is not None:
            found = diagnostics(self.desk, uri)
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, sheet.version))


def _mistake(error: BaseException | None = None) -> str:
    """What to say of an error: its kind, as its text may quote the profile."""
    kind = type(error).__name__ if error is not None else None
    if isinstance(error, JsonRpcException) and not isinstance(error, JsonRpcInternalError):
        return f"a message of the editor was not understood ({kind})"
    return f"this is a mistake in callsheet itself{f' ({kind})' if kind else ''}"


def server() -> Server:
    """A server with everything that it can do."""
    made = Server()

    @made.feature(lsp.INITIALIZE)
    def begun(params: lsp.InitializeParams) -> None:
        made.begin(params)

    @made.feature(lsp.INITIALIZED)
    def ready(_params: lsp.InitializedParams) -> None:
        made.watch()

    _texts(made)
    _questions(made)
    return made


def _texts(made: Server) -> None:
    """What the editor tells: what is open and what it says."""

    @made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        text = params.text_document
        made.desk.put(text.uri, text.language_id, text.version, text.text)
        made.look(made.desk.sheets)  # it may be what others lacked

    @made.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        text = params.text_document
        related = made.desk.related(text.uri)
        for change in params.content_changes:
            made.desk.put(text.uri, None, text.version, change.text)
        made.look({text.uri, *related}, after=_PAUSE)

    @made.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        made.desk.drop(uri)
        made.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))
        made.look(made.desk.sheets)  # what was not saved no longer counts

    @made.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    @made.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    @made.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def elsewhere(
        _params: lsp.DidSaveTextDocumentParams | lsp.DidChangeWatchedFilesParams | lsp.DidChangeConfigurationParams,
    ) -> None:
        made.desk.forget()
        made.look(made.desk.sheets)


def _questions(made: Server) -> None:
    """What the editor asks."""

    @made.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(list(KINDS)))
    def action(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        only = params.context.only
        return actions(made.desk, params.text_document.uri, params.range, only, versioned=made.versioned)

    @made.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        return hover(made.desk, params.text_document.uri, params.position)

    @made.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=list(TRIGGERS)))
    def completed(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        return completion(made.desk, params.text_document.uri, params.position)

    @made.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def defined(params: lsp.DefinitionParams) -> lsp.Location | None:
        return definition(made.desk, params.text_document.uri, params.position)


def serve(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Answer until the editor leaves; returns the exit status, which is 1 for one that left without a word."""
    logging.disable(logging.CRITICAL)  # what pygls logs has the messages in it, and so the profiles
    made = server()
    made.start_io(stdin, stdout)
    return 0 if made.protocol._shutdown else 1  # noqa: SLF001 - pygls tells it nowhere else
