"""From the live statements of the ledger to the graph and the documents: computed whole, thrown away at will."""
