"""How problems are told: one module for each format, each a function of the problems.

Whatever a page says, nothing that they write is a command to the runner of a job; see `job_log`.
"""
