"""Readers of documents: HTML, PDF, DOCX, EML and plain text become one kind of value, a text with its origin."""
