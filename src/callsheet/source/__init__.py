"""Text to document: YAML 1.2 and JSON in which every key and every value knows its exact place."""
