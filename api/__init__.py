"""The outer edge: HTTP API, command line, settings, and the only place that names an engine."""
