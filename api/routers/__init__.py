"""Routes of the API by topic: each asks the services once and returns a shape."""
