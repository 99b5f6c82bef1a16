"""Check OpenAI Realtime session profiles before a caller finds the mistake."""
