"""Models made by `make models`; `docs/models.md` says from what and how good they are."""
