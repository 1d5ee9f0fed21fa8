"""The registry of sources and robots.txt."""

from pathlib import Path

import pytest

from errors import DocumentRefused
from extract.web.robots import robots_for
from extract.web.sources import load_sources

ROOT = Path(__file__).parents[2]


def test_registry_of_the_project() -> None:
    sources = {source.name: source for source in load_sources(ROOT / "sources.toml", {})}
    assert list(sources) == ["home", "provost", "press", "ais", "jupas", "publication"]
    assert sources["home"].url == "https://www.hkust.edu.hk/"
    assert sources["home"].allowed_hosts == ("www.hkust.edu.hk", "hkust.edu.hk")
    assert sources["jupas"].kind == "index"


def test_a_url_is_a_setting() -> None:
    environment = {"ADMISSIONS_URL_HOME": "http://localhost:8000/home.html"}
    home = load_sources(ROOT / "sources.toml", environment)[0]
    assert home.url == "http://localhost:8000/home.html"
    assert "localhost" in home.allowed_hosts


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(
        """
        [[source]]
        name = "press"
        url = "https://press.example.org/"
        [[source]]
        name = "faculty"
        kind = "page"
        url = "https://faculty.example.org/"
        licence = "own"
        allowed_hosts = []
        """
    )
    environment = {"ADMISSIONS_SOURCES": str(own)}
    sources = {source.name: source for source in load_sources(ROOT / "sources.toml", environment)}
    assert sources["press"].url == "https://press.example.org/"
    assert sources["press"].allowed_hosts[0] == "hkust.edu.hk"
    assert sources["faculty"].allowed_hosts == ("faculty.example.org",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[source]]\nname = 1",
        "not toml",
        '[[source]]\nname = "x"\nurl = "https://x.org/"',
        '[[source]]\nname = "home"\nurl = "file:///etc/passwd"',
        '[[source]]\nname = "home"\nurl = "https://user:secret@x.org/"',
        '[[source]]\nname = "home"\nkind = "index"',
        '[[source]]\nname = "home"\ncolour = "red"',
        '[[source]]\nname = "home"\n[[source]]\nname = "home"',
    ],
)
def test_unusable_registry(tmp_path: Path, text: str) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(text)
    with pytest.raises(DocumentRefused):
        load_sources(ROOT / "sources.toml", {"ADMISSIONS_SOURCES": str(own)})


ROBOTS = """
# comment
User-agent: *
Disallow: /private
Allow: /private/public
Disallow: /*.php$
Disallow: /search?*q=
Disallow:

User-agent: BadBot
User-agent: hkust-admissions
Disallow: /only-us   # ours
Crawl-delay: 3
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/public/x", True),
        ("/a/b.php", False),
        ("/a/b.php?x=1", True),
        ("/search?a=1&q=2", False),
        ("/%70rivate", False),
        ("/only-us", True),
    ],
)
def test_robots_rules_for_everybody(path: str, allowed: bool) -> None:
    assert robots_for(ROBOTS, "somebody").allows(path) is allowed


def test_robots_rules_for_us_replace_those_for_everybody() -> None:
    ours = robots_for(ROBOTS, "hkust-admissions")
    assert not ours.allows("/only-us")
    assert ours.allows("/private/x")
    assert ours.delay_s == 3


def test_no_rules_allow() -> None:
    assert robots_for("<html>no robots here</html>", "hkust-admissions").allows("/x")
    assert robots_for("Disallow: /\n", "hkust-admissions").allows("/x")


def test_robots_patterns_take_linear_time() -> None:
    robots = robots_for(f"User-agent: *\nDisallow: /{'*a' * 5000}$\n", "x")
    assert robots.allows("/" + "a" * 4000)
