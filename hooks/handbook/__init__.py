"""The handbook as data: one parse of the authored pages, the rules, and what is derived.

This package imports nothing of MkDocs. The hooks beside it connect it to the build.
"""
