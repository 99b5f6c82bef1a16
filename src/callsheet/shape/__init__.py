"""The shape of every body of the API as plain data, derived from the models.

Everything that has to look at the models looks at this instead: the linter, the JSON Schemas, the tables of
the documentation. The linter takes it frozen, from `data.py`, so that it never has to import pydantic.
"""
