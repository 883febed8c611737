"""Seeded variants of real names of organisations, the pairs made of them, and the training of the weights."""
