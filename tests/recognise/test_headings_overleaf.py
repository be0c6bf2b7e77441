"""Bold lines that head a table, with the furniture of a page's end between the two."""

from __future__ import annotations

from extractor.document import Block, Cell, Document, Furniture, Line, Origin, Paragraph, Table
from extractor.profile import Profile
from extractor.recognise import recognise

HEADER = ("Ref", "Action", "Lead officer", "By when")


def table_of(*rows: tuple[str, ...]) -> Table:
    made = [
        tuple(Cell((Line(text),), row, column, header=not row) for column, text in enumerate(texts))
        for row, texts in enumerate((HEADER, *rows))
    ]
    return Table(tuple(made), None, 1)


def groups_of(*between: Block) -> list[str]:
    blocks = (
        Paragraph(Line("Homes", bold=True)),
        table_of(("1", "Mend all the boilers", "Head of Housing", "Q1")),
        *between,
        table_of(("2", "Paint all the gates", "Head of Parks", "Q2")),
    )
    document = Document(Origin("plan.pdf", "application/pdf", "0" * 64, 1), blocks, words=0)
    found = recognise(document, Profile())
    return [found.groups[row.group_index].title for row in found.rows if row.group_index is not None]


def test_a_bold_line_at_a_page_s_foot_heads_the_table_overleaf() -> None:
    foot = Furniture("Wold Council Page 2", "running foot")
    assert groups_of(Paragraph(Line("Parks", bold=True)), foot) == ["Homes", "Parks"]


def test_a_bold_line_with_text_below_it_is_no_heading() -> None:
    assert groups_of(Paragraph(Line("Parks", bold=True)), Paragraph(Line("All gates are green."))) == ["Homes", "Homes"]
