"""The commands of `ecograph`: each module has `register(app)`, which adds its commands to the given Typer app."""
