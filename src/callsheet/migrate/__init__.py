"""From the flat shape of the beta API to today's.

`plan` decides from plain data what goes where; `plain` does it to data, `text` to a text that keeps its comments and
its style. Both follow the same plan, and what `text` writes is read again and held to what `plain` gives.
"""

from callsheet.migrate.plain import migrate_data
from callsheet.migrate.plan import NotFlat, Wishes

__all__ = ["NotFlat", "Wishes", "migrate_data"]
