"""Wiring: the `admissions` command, and the refresh that Prefect runs.

The command
    cli, commands    the process and its exit codes; names, options and help
    cli_scoring, tracing, differences, detecting, summary, reporting    what each command does
    releases    the release that a command asks
    console, plain_text, output, progress    how it is shown, on a terminal or without one
A refresh
    booting, preloading, settings    from a cold start, what takes seconds side by side
    running, refresh, steps    the flow, its tasks, and what they do in which order
    outcome, last_check, failure    how it ended, for the command and for who looks later
Its documents
    gathering, documents, fetching    given, archived, downloaded
    reading, extracting, cache    one document to readings; its cells, kept
    tables, broken_rows    what all gave, as frames; where a row that breaks a rule was read
    drawing    pictures of their pages
Prefect's own
    prefect_server, scheduling    a server for one run; the yearly rhythm
"""
