"""Supervision: what the registers contradict each other in, and what a permit lacks."""
