"""The graph: the seam (`store`), its engines, paths, and who is the same (`resolve`)."""
