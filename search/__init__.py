"""Full text search: the seam (`index`), the query tree (`query`) and its engines."""
