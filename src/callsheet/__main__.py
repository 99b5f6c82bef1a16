"""`python -m callsheet`."""

from callsheet.cli import script

script()
