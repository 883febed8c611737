"""The tables of the ledger and all SQL on them; `ingest.ledger` is the door for everyone else."""
