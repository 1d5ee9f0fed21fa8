"""The university's pages: text blocks -> readings.

page       the way in: one page's blocks to all of its readings
recognition, sections    which page it is, by its own words; its parts, by their headings
vocabulary, words    the declared words of the pages; comparison of printed ones
lines, items    lines of a page; which of them make an item of news
dates, days, clock, spans    days, the day of a line, times of day, the time of an event
announced, events    which lines make an event; events
article, news, awards, highlights    announcements, listings, awards, firsts and goals
quantities, whole_figures, facts    a number with what it counts; put together; facts
ranking_words, ranks    the words of rankings; one printed rank
ranked, rankings    groups of lines that state ranks; rankings
identity, seen    one id for one title; captures of one page over time
"""
