"""The language server: what an editor asks about the profiles that are open in it, saved or not.

`server` speaks the protocol, by way of pygls (extra `lsp`); `desk` holds what is open and checks it. The rest answers
one question each: `diagnosis`, `mending`, `hover`, `completion`, `definition`.
"""
