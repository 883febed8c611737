"""Which ids name the same thing: judgements laid over the ledger, computed anew and never written into it."""
