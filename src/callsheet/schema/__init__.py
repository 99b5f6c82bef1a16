"""Shapes to JSON Schema: draft-07 keywords only, because editors support nothing later well.

The same text is valid under 2020-12. In the schemas of today shapes are written out in place, so that every editor
shows their descriptions, and only the two placeholders of profiles are referred to. In those of a date, which have no
descriptions, what stands at several places is referred to as well. Nothing ever stands beside a `$ref`.
"""
