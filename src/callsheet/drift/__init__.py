"""Whether callsheet has fallen behind: its shapes against those of the `openai` package and of an OpenAPI document.

Both are read as text into the shapes that callsheet itself has, and compared as tables. What differs is either known
and held on purpose, with a reason, or it is news: the API has moved.
"""
