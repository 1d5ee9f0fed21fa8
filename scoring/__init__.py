"""Rules as data to scores, eligibility, explanations. Reads releases, never a document.

What scores are made by
    rules, ruleset    an edition's rules, read from a release; the same as values
    levels, figures    what a level counts; figures as exact numbers, and as shown
One applicant
    profile    results as written on a command line
    exact, eligibility    the score; the requirements that are not met
    standing, advice    where it stands against last year; what would help most
    counsel, explanation    all of that for every programme; one of them in words
    effects    fixed applicants by an old and a new formula
A million
    batch, on_dask    a file on all cores; many files on a cluster
    applicant_files, applicant_rows, ragged_rows    rows of applicants
    partition, encoding    rows in, scores out; the rows as codes
    plan, codes, requirement_tables    the rules as tables of integers
    totals, eligible_many    all scores at once, all unmet requirements at once
    score_files    rows of scores
"""
