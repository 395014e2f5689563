"""The files under `docs/`: their names, what they hold, drawings."""
