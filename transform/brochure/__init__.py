"""Pages of the brochure without tables.

facts      a page's rankings, facts and lists: calls the others
big_figures, tiles    big figures, each with its small label
fact_rows, fact_texts    facts in rows; figure and label in one text
rank_headings, rank_subjects    which ranking and which subject a rank is for
ranks, stated_ranks    rows of ranks; ranks in one text with what they are for
lists      short lists under a declared heading
"""
