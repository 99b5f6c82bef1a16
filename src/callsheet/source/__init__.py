"""Text to document: YAML 1.2 and JSON as plain data, and for whoever asks, the exact place of every key and value."""
