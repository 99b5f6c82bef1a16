"""Shapes to JSON Schema: draft-07 keywords only, because editors support nothing later well.

The same text is valid under 2020-12. Shapes are written out in place, so that every editor shows their
descriptions; only the two placeholders of profiles are referred to, and nothing ever stands beside a `$ref`.
"""
