"""Judging a body: which kind it is, whether it has its kind's shape, and what to say where it has not."""
