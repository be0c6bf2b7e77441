"""Pages that set each line of their text at a place of its own."""

from __future__ import annotations

import pytest

from extractor.errors import SourceUnreadable
from extractor.pipeline import extract_bytes

_HEADER = ("Ref", "Action", "Lead officer", "Due")
_LEFT = (40, 90, 420, 600)


def lines() -> list[tuple[int, int, str]]:
    """The words of a table of actions with the points at which they stand."""
    rows = [_HEADER, *((f"1.{n}", f"Plant {n} hundred trees", "Head of Parks", "June 2025") for n in range(1, 9))]
    return [(x, 40 + 20 * y, text) for y, row in enumerate(rows) for x, text in zip(_LEFT, row, strict=True)]


@pytest.mark.parametrize("style", ["inline", "classes", "shares"])
def test_a_pdf_turned_into_a_web_page_is_refused_with_a_remedy(style: str) -> None:
    sheet, body = "", ""
    for number, (left, top, text) in enumerate(lines()):
        if style == "inline":
            body += f'<p style="position:absolute;top:{top}px;left:{left}px"><b>{text}</b></p>'
        elif style == "shares":
            body += f'<span style="left: {left / 8}%; top: {top / 11}%;">{text}</span>'
        else:
            sheet += f".x{number}{{left:{left}px}} .y{number}{{bottom:{800 - top}px}} "
            body += f'<div class="t x{number} y{number}">{text}</div>'
    page = f"<html><head><style>.t{{position:absolute}} {sheet}</style></head><body><div>{body}</div></body></html>"
    with pytest.raises(SourceUnreadable, match="at a place of its own") as refused:
        extract_bytes(page.encode(), "plan.html")
    assert "Give the PDF itself" in refused.value.remedy


def test_a_page_that_sets_its_parts_at_places_is_read() -> None:
    texts = [text for _, _, text in lines()]
    rows = [texts[at : at + 4] for at in range(0, len(texts), 4)]
    table = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    menu = "".join(f'<li style="position:absolute;left:0;top:{n}px">Part {n}</li>' for n in range(25))
    page = f'<body><ul>{menu}</ul><main style="position:absolute;top:0;left:9em"><table>{table}</table></main></body>'
    plan = extract_bytes(page.encode(), "plan.html")
    assert [activity.ref for activity in plan.activities] == [f"1.{n}" for n in range(1, 9)]


@pytest.mark.parametrize(
    "written",
    ['<td><p class="moved">{}</p></td>', '<td><div style="position:absolute;left:0;top:0">{}</div></td>'],
    ids=["moved from where they are", "within the cells of a table"],
)
def test_what_stands_in_the_order_of_its_words_is_read(written: str) -> None:
    texts = [text for _, _, text in lines()]
    cells = [written.format(text) for text in texts]
    table = "".join(f"<tr>{''.join(cells[at : at + 4])}</tr>" for at in range(0, len(cells), 4))
    sheet = ".moved { position: relative; left: 0; top: 0 }"
    page = f"<html><head><style>{sheet}</style></head><body><table>{table}</table></body></html>"
    plan = extract_bytes(page.encode(), "plan.html")
    assert [activity.ref for activity in plan.activities] == [f"1.{n}" for n in range(1, 9)]
