"""Print the request that a profile becomes: its body, a command for curl, or a program with the openai package.

Nothing is sent. Values from the environment appear as the names of their variables, unless --reveal says otherwise.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from callsheet.cli import FINE, usage
from callsheet.cli.profile import arguments as profile_arguments
from callsheet.cli.profile import opened, told
from callsheet.loaded import ProfileError
from callsheet.render import FORMATS, Draft, renderer
from callsheet.request import OPERATIONS
from callsheet.shape.directive import TARGETS
from callsheet.template import NAMES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from callsheet.loaded import Profile

EPILOG = """examples:
  callsheet render profiles/sip-concierge.yaml                               the session, as it is sent
  callsheet render profiles/sip-concierge.yaml --as accept --format curl     a command that accepts a call
  callsheet render profiles/browser-assistant.yaml --as client-secret --ttl 60 --format python
  callsheet render profiles/mcp-approvals.yaml --reveal                      with the values of its variables

exit status: 0 fine (warnings included), 1 errors in the profile, 2 usage or unreadable input"""

_SESSION = "session"
_OPERATIONS = (_SESSION, *(name for name, operation in OPERATIONS.items() if operation.takes))
_ONLY_FOR = {
    "ttl": ("client-secret", "translation-secret"),
    "sdp": ("create",),
    "event_id": ("session-update",),
    "call_id": ("accept", "session-update"),
}
"""The flags that mean something for some operations only."""
_OFFER = "offer.sdp"
"""The file of the browser's offer, where nobody names one."""


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    profile_arguments(parser)
    parser.add_argument(
        "--as",
        dest="operation",
        metavar="OPERATION",
        choices=_OPERATIONS,
        default=_SESSION,
        help=f"what it is for: {', '.join(_OPERATIONS)} (default: %(default)s)",
    )
    parser.add_argument("--format", choices=FORMATS, default="json", help="how it is printed (default: %(default)s)")
    parser.add_argument("--reveal", action="store_true", help="fill in the values of the environment, secrets as well")
    parser.add_argument("--call-id", metavar="ID", help="the call (default: $CALL_ID, when the result is run)")
    parser.add_argument("--ttl", metavar="SECONDS", type=int, help="how long a client secret is good: 10 to 7200")
    parser.add_argument("--sdp", metavar="FILE", help=f"the browser's offer, read when the result is run ({_OFFER})")
    parser.add_argument("--event-id", metavar="ID", help="the id of the event that updates a session")


def run(options: Namespace) -> int:
    """Print the request, or why there is none."""
    for flag, operations in _ONLY_FOR.items():
        if getattr(options, flag) is not None and options.operation not in operations:
            return usage(f"--{flag.replace('_', '-')} is for --as {' and '.join(operations)}")
    try:
        text = renderer(options.format)(_draft(opened(options), options))
    except OSError as error:
        return usage(f"cannot read {error.filename}: {error.strerror}")
    except ProfileError as error:
        return told(error, "nothing is rendered", color=options.color, before="" if options.format == "json" else "# ")
    except ValueError as error:
        return usage(str(error))
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())  # a body is UTF-8, whatever the terminal speaks
    return FINE


def _draft(profile: Profile, options: Namespace) -> Draft:
    """What there is to render. Raises ProfileError for a variable that is missing, ValueError for a wrong request."""
    environment = os.environ if options.reveal else NAMES
    kind = profile.session_kind
    if options.operation == _SESSION:
        import json

        body = json.loads(profile.content(environment))
        return Draft(body, {} if options.reveal else {open_.path: open_ for open_ in profile.variables}, kind)
    brought = profile.body.get("sdp")
    is_brought = isinstance(brought, str) or (options.reveal and brought is not None)
    in_file = options.operation == "create" and (options.sdp is not None or not is_brought)
    request = profile.request(
        options.operation,
        # Whoever runs the result gives what is missing, and no format shows these.
        call_id=options.call_id if options.call_id is not None else "-",
        sdp="-" if in_file else None,
        ttl=options.ttl,
        event_id=options.event_id,
        environment=environment,
    )
    return Draft(
        request.body,
        {} if options.reveal else {open_.path: open_ for open_ in request.variables},
        kind,
        request,
        options.call_id,
        (_OFFER if options.sdp is None else options.sdp) if in_file else None,
        is_azure=(options.target or profile.target) != TARGETS[0],
    )
