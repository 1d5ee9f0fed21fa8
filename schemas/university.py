"""Tables about the university: scholarships, rankings, facts, and its news pages.

Input: nothing. Output: models for `scholarships`, `rankings`, `facts`, `news`, `events`,
`awards`, `highlights`, `sdgs`, `listings`. Grain: each table's docstring.
"""

from __future__ import annotations

from typing import Any

from schemas.columns import (
    Day,
    Flag,
    Integer,
    Moment,
    Number,
    Table,
    Text,
    Texts,
    column,
    edition_year,
    position,
)

SOURCES = ("brochure", "home", "provost", "press", "ais")
REGIONS = ("World", "Asia", "Hong Kong", "Greater China", "China")


def _source() -> Any:
    return column("Where it stands: the brochure or one of the university's pages", one_of=SOURCES)


def _item_id() -> Any:
    return column("Stable id of the item: the same on every page and at every refresh")


class Scholarships(
    Table,
    key=("edition", "stars_min"),
    non_descending=("stars_min", "stars_max"),
    any_present=("tuition", "allowance_hkd", "cash_hkd"),
):
    """One row per step of the admission scholarship scheme."""

    edition: Integer = edition_year()
    stars_min: Integer = column(
        "Least number of stars: subjects with 5** x 2 + subjects with 5*", unit="stars", at_least=1
    )
    stars_max: Integer = column(
        "Largest number of stars", null="for 'or above'", unit="stars", at_least=1
    )
    tuition: Text = column(
        "Part of the tuition fee that is paid", null="for none", one_of=("full", "half")
    )
    allowance_hkd: Integer = column(
        "Living allowance a year", null="for none", unit="HKD", at_least=1
    )
    cash_hkd: Integer = column("Amount paid once", null="for none", unit="HKD", at_least=1)
    renewable: Flag = column("Paid for the normal duration of study, not once")
    description: Text = column("The award as printed")


class Rankings(Table, key=("source", "ranking", "year", "subject", "region"), untidy=("subject",)):
    """One row per ranking, year, subject and region, as one source prints it."""

    source: Text = _source()
    ranking: Text = column("Name of the ranking, without its year")
    year: Integer = column("Year of the ranking", unit="year", at_least=1990, at_most=2099)
    subject: Text = column("Subject ranked; '' for the university overall")
    region: Text = column("Region within which the rank holds", one_of=REGIONS)
    publisher: Text = column("Who publishes the ranking", null="where not printed")
    rank: Integer = column("Rank, 1 is best", unit="rank", at_least=1)


class Facts(Table, key=("source", "label")):
    """One row per figure a source states about the university."""

    source: Text = _source()
    label: Text = column("What the figure counts, as printed")
    value: Number = column("The figure ('1,800 +' is 1800)", null="where none is printed")
    qualifier: Text = column("What qualifies it: '+', 'about', '>'", null="for none")
    unit: Text = column("Unit of the figure ('%', 'US$ million')", null="for none")
    text: Text = column("The statement as printed")


class News(Table, key=("source", "item_id"), non_descending=("first_seen", "last_seen")):
    """One row per news item: seen on several pages, it is one item of the first source."""

    source: Text = _source()
    item_id: Text = _item_id()
    section: Text = column("Section of the page by its heading ('Press Releases')")
    category: Text = column("Category printed at the item", null="for none")
    tags: Texts = column("Tags printed at the item, in printed order; empty for none")
    title: Text = column("Headline as printed")
    summary: Text = column("Text under the headline", null="for none")
    published_on: Day = column("Day of publication", null="where the text has none")
    url: Text = column("Address of the item", null="where it has no link")
    first_seen: Moment = column("Time of the first capture that has the item")
    last_seen: Moment = column("Time of the last capture that has the item")


class Events(Table, key=("source", "item_id"), non_descending=("starts_at", "ends_at")):
    """One row per event announced on a page."""

    source: Text = _source()
    item_id: Text = _item_id()
    title: Text = column("Name of the event as printed")
    category: Text = column("Category printed at the event", null="for none")
    starts_at: Moment = column("Start", null="where the text has no full date")
    ends_at: Moment = column("End", null="where not printed")


class Awards(Table, key=("source", "item_id")):
    """One row per award or recognition listed on a page."""

    source: Text = _source()
    item_id: Text = _item_id()
    recipient: Text = column("Person or group honoured, as printed")
    affiliation: Text = column("Position or unit of the recipient", null="for none")
    award: Text = column("Name of the award as printed")


class Highlights(Table, key=("source", "item_id")):
    """One row per first or milestone a page boasts of."""

    source: Text = _source()
    item_id: Text = _item_id()
    kind: Text = column("Kind: 'first', 'milestone', ...", pattern=r"^[a-z][a-z_]*$")
    title: Text = column("The highlight as printed")


class Sdgs(Table, key=("number",)):
    """One row per Sustainable Development Goal listed on the home page."""

    number: Integer = column("Number of the goal", at_least=1, at_most=17)
    title: Text = column("Name of the goal as printed")


class Listings(Table, key=("source", "list", "position")):
    """One row per item of a short list: recruiters, extended majors, ..."""

    source: Text = _source()
    list: Text = column("Name of the list")
    position: Integer = position("item within its list")
    item: Text = column("The item as printed")
