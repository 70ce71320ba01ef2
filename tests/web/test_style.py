"""The style sheet: small, and readable in light and dark (WCAG AA)."""

import re

import pytest

PAIRS = [
    ("ink", "paper"),
    ("muted", "paper"),
    ("muted", "raised"),
    ("muted", "hit-ground"),
    ("link", "paper"),
    ("link", "raised"),
    ("visited", "paper"),
    ("hit", "hit-ground"),
    ("hit", "pointed"),
    ("ink", "pointed"),
    ("muted", "pointed"),
    ("ink", "hit-ground"),
    ("brand", "paper"),
    ("white", "seal"),
]


@pytest.fixture
def style(client):
    with client.get("/static/style.css") as answer:
        return answer.text


def themes(style):
    roots = re.findall(r":root \{([^}]+)\}", style)[:2]
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", root)) for root in roots)
    return {"light": light, "dark": light | dark}


def brightness(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_says():
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable_on_its_ground(style, theme, text, ground):
    colours = themes(style)[theme] | {"white": "#ffffff"}
    assert contrast(colours[text], colours[ground]) >= 4.5


def test_marks_are_told_by_more_than_colour(style):
    rule = re.search(r"^mark \{([^}]+)\}", style, re.MULTILINE)
    assert rule
    assert "font-weight: 700" in rule[1]
    assert "text-decoration: underline" in rule[1]


def test_the_style_sheet_is_small(style):
    assert len(style.encode()) < 30_000


def test_the_one_script_is_small_and_puts_no_text_in_as_markup(client):
    with client.get("/static/site.js") as answer:
        script = answer.text
    assert len(script.encode()) < 30_000
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert way not in script
