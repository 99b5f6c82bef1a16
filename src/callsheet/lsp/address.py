"""Files as editors name them: URIs."""

from __future__ import annotations

import os

from pygls.uris import from_fs_path, to_fs_path


def path_of(uri: str) -> str | None:
    """The path of the file that a URI means; None for a text that is no file."""
    try:
        path = to_fs_path(uri)
    except ValueError:  # as for a host in broken brackets
        return None
    return path if path and "\0" not in path else None


def uri_of(path: str) -> str:
    """The URI of a file."""
    return from_fs_path(os.path.abspath(path)) or ""
