"""The words of the field: classes, properties, value types and errors. Knows nothing of storage or the web."""
