"""Linking: which entity of the register a mention means, found by names over the whole text."""
