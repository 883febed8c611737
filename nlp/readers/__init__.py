"""Structured readers: what a decision, an approval, an order, a complaint or a news item says, field by field."""
