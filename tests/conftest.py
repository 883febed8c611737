"""What holds for every test."""

from hypothesis import settings

# A time limit on one example would fail on a busy machine what is right; the limit of pytest holds for the whole test.
settings.register_profile("ecograph", deadline=None)
settings.load_profile("ecograph")
