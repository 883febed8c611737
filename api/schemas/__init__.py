"""The JSON shapes of the API, by topic; docs/api.md describes the same shapes for readers."""
