"""What is odd, doubtful or wrong: an issue is data, and every kind of it stands in one catalogue.

1. `info`: inherited, inferred or normalised without any doubt. `warning`: a doubt. `error`: surely wrong or
   missing. Only warnings and errors count as flags, and a tool that doubts everything says nothing.
2. A code is kebab-case and names the trouble.
3. Inside the stages an issue is a `Doubt`: it does not know its record yet. `normalise` gives it one, and makes it an
   `Issue` (`records`).
"""

from __future__ import annotations

from typing import Literal

from extractor.fixed import fixed
from extractor.locations import NOWHERE, Location, has_middle_of

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@fixed(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue: what an issue of this code means and what a person can do about it."""

    code: str
    severity: Severity
    title: str
    meaning: str
    remedy: str


@fixed(frozen=True, slots=True)
class Doubt:
    """An issue on its way: raised by a stage, before the record it concerns has its id."""

    code: str
    message: str
    field: str | None = None
    location: Location = NOWHERE
    severity: Severity | None = None  # None: the catalogue's


UNSURE_ITEMS = Doubt("items-inferred", "where the items of this list begin is a guess", "items")
UNSURE_NOTE = Doubt(
    "border-inferred", "whether what ends the text in brackets is a note of its own is a guess", "notes"
)


def take_within(place: Location, waiting: dict[int | None, list[Doubt]]) -> list[Doubt]:
    """The doubts that stand within a place, of those that wait by page, where they wait no longer."""
    if place.bbox is None or place.page not in waiting:
        return []
    found: list[Doubt] = []
    left: list[Doubt] = []
    for doubt in waiting[place.page]:
        (found if has_middle_of(place.bbox, doubt.location.bbox) else left).append(doubt)
    if found:
        waiting[place.page] = left
    return found


def _kinds(*kinds: Kind) -> dict[str, Kind]:
    return {kind.code: kind for kind in kinds}


CATALOGUE: dict[str, Kind] = _kinds(
    # Borders and columns
    Kind(
        "border-inferred",
        "warning",
        "A border between two columns is a guess",
        "The text has no delimiter here, and a second place for the border is about as good.",
        "Compare the value with the publication; extract from the web page or PDF if there is one.",
    ),
    Kind(
        "column-inferred",
        "warning",
        "A column's meaning was inferred from its content",
        "The header is missing, unknown or contradicts what stands below it.",
        "Name the header word in a profile (--profile), or check the column.",
    ),
    Kind(
        "column-unknown",
        "info",
        "A column without a known meaning",
        "The header is not one that the tool knows; its cells are kept under `extra`.",
        "Nothing, or name the header word in a profile.",
    ),
    Kind(
        "layout-scrambled",
        "error",
        "The text of this row is scrambled",
        "Columns are interleaved or letters spaced so that no reading is safe; nothing was guessed here.",
        "Extract from another form of the document.",
    ),
    Kind(
        "row-incomplete",
        "warning",
        "A row is cut off or has cells that belong nowhere",
        "The row has more or fewer cells than its table can explain.",
        "Compare the row with the publication.",
    ),
    Kind(
        "pages-facing",
        "warning",
        "Columns that may belong to the rows of the page before",
        "The table of a page seems to go on beside it, on the facing page, but the rows of the two do not match.",
        "Compare the records with both pages: what the second page says of them is missing.",
    ),
    Kind(
        "table-unclear",
        "warning",
        "A table that may go on the activities above it, or say more of one of them",
        "It has no header of its own and as many columns as the table of activities before it, or it stands within a cell "
        "of that table, or its rows have refs as the plan's; it was kept as a table.",
        "Look at the table under `tables`: where its rows are activities, they are missing.",
    ),
    Kind(
        "row-unclear",
        "warning",
        "Where this row begins or ends is a guess",
        "Nothing but the content parts this row from its neighbour.",
        "Compare the row with the publication.",
    ),
    Kind(
        "row-unread",
        "warning",
        "A paragraph that may be a row of the plan",
        "It begins with a ref of the plan's kind that no record bears, and stands in no table; or it is the first of a "
        "list that says who and when in brackets, where tables hold the plan's activities. As a note: a sentence that runs "
        "over a table's whole width, and heads nothing.",
        "Compare the paragraph with the publication: its activity may be missing.",
    ),
    Kind(
        "group-empty",
        "warning",
        "A heading of a group without a record",
        "It is labelled as the headings that actions stand under, and none was read below it.",
        "Compare with the publication: its activities may be missing, or it stands over text alone.",
    ),
    Kind(
        "text-unread",
        "warning",
        "Words of the source that are in no record",
        "The words belong to no record, heading, kept table or known page furniture.",
        "Look at `coverage.unread`; --require-coverage makes this an error.",
    ),
    Kind(
        "text-unmapped",
        "warning",
        "Characters that the PDF does not map to text",
        "The font has no table from its glyphs to characters, so the words cannot be known, or only by the glyphs' codes.",
        "Ask the publisher for another file, or use --ocr.",
    ),
    Kind(
        "text-struck",
        "warning",
        "Text that is struck out",
        "The publisher struck this out and, as a rule, put something beside it; the new text counts.",
        "Nothing, if the value is the new one.",
    ),
    Kind(
        "text-hidden",
        "info",
        "Words that the page does not show",
        "The words are in the page's source, but a reader of the page does not see them; they were left out.",
        "Nothing.",
    ),
    Kind(
        "page-scripted",
        "error",
        "A page whose content is fetched when it is opened",
        "The file holds scripts and hardly a word: what a browser shows is not in it. No script is run here.",
        'Save the page from the browser once it shows the plan ("Web page, complete"), or print it to PDF.',
    ),
    Kind(
        "footnote-mark",
        "info",
        "A footnote mark was taken out of the text",
        "The mark is no part of the value; the note itself is text of the page.",
        "Read the note: it may limit what the value says.",
    ),
    Kind(
        "text-repaired",
        "info",
        "White space, encoding or markup was repaired",
        "The text was damaged in a way that can be undone without a guess.",
        "Nothing.",
    ),
    Kind(
        "text-from-ocr",
        "info",
        "The text was read by optical character recognition",
        "The page is an image; every value on it is as good as the recognition.",
        "Compare figures and names with the page.",
    ),
    Kind(
        "text-uncertain",
        "warning",
        "Words that optical character recognition is unsure of",
        "The recogniser's confidence in these words is low.",
        "Compare the value with the page.",
    ),
    Kind(
        "pdf-no-text",
        "error",
        "Pages without text",
        "These pages hold images only, so nothing on them could be read.",
        "Read them with --ocr (extra: pip install 'extractor[ocr]').",
    ),
    Kind(
        "pdf-tags-distrusted",
        "info",
        "The PDF's tags contradict its pages",
        "The tag tree loses or repeats words of the page, so the cells were found by lines or alignment.",
        "Nothing, unless rows are missing.",
    ),
    Kind(
        "pdf-repaired",
        "warning",
        "The PDF is damaged",
        "The file's index is broken and was rebuilt; pages may be missing.",
        "Download the file again.",
    ),
    Kind(
        "pages-left-out",
        "info",
        "Pages that were not read",
        "The caller asked for some pages of the PDF only.",
        "Leave --pages away to read all.",
    ),
    Kind(
        "pages-ignored",
        "warning",
        "Pages asked for of a source that has none",
        "Only a PDF has pages: the whole of the source was read.",
        "Leave --pages away, or give the PDF.",
    ),
    Kind(
        "markup-limit",
        "warning",
        "Markup beyond all reason",
        "A table claims more rows, columns or nesting than a page can hold; it was read up to the limit.",
        "Check the page's source.",
    ),
    Kind(
        "colour-unread",
        "warning",
        "A cell that says something by its colour alone",
        "It holds no word, and has a colour of its own; what the colour means stands in a key, if anywhere.",
        "Look at the page, and enter what the colour means.",
    ),
    # Refs
    Kind(
        "ref-missing",
        "warning",
        "A row without a ref among rows that have one",
        "The ref is missing and its neighbours do not give it.",
        "Compare the row with the publication.",
    ),
    Kind(
        "ref-inferred",
        "warning",
        "A ref was lost and is inferred from its neighbours",
        "The numbers before and after leave room for exactly the rows that have none.",
        "Check the number against the publication.",
    ),
    Kind(
        "ref-gap",
        "warning",
        "Refs skip a number",
        "A number is missing in the sequence of refs: a row may be lost, or the publisher skipped it.",
        "Look for the missing ref in the publication.",
    ),
    Kind(
        "ref-duplicate",
        "warning",
        "A ref occurs more than once",
        "Two records bear the same ref, so the ref does not identify either.",
        "Use the record's `id`.",
    ),
    Kind(
        "ref-order",
        "info",
        "Refs are not in order",
        "A ref is lower than the one before it.",
        "Nothing, if the publication has them so.",
    ),
    # Fields
    Kind(
        "activity-missing",
        "error",
        "A record without the text of its activity",
        "The row has other cells but no activity.",
        "Compare the row with the publication.",
    ),
    Kind(
        "officer-missing",
        "warning",
        "A row without a lead officer",
        "The plan has a column of owners, and this row's cell is empty; or other records name one, and this one does not.",
        "Ask the publisher who is responsible.",
    ),
    Kind(
        "timescale-missing",
        "warning",
        "A row without a timescale",
        "The plan has a column of timescales, and this row's cell is empty.",
        "Ask the publisher by when it is to be done.",
    ),
    Kind(
        "timescale-unresolved",
        "warning",
        "A timescale that cannot be dated",
        "The words are no date, or a date that depends on something the plan does not say.",
        "Read `as_published`.",
    ),
    Kind(
        "timescale-ambiguous",
        "warning",
        "A timescale that can be read in two ways",
        "A single year may be a calendar or a financial year, or the day and month could be exchanged.",
        "Check against the publisher's usage.",
    ),
    Kind(
        "timescale-approximate",
        "warning",
        "A timescale without exact days",
        "Seasons and parts of years are read as their usual months.",
        "Do not use the days as a deadline.",
    ),
    Kind(
        "timescale-inferred",
        "info",
        "A timescale's year comes from the plan's period",
        "The words name a quarter or month without a year.",
        "Nothing.",
    ),
    Kind(
        "timescale-outside-period",
        "info",
        "A timescale outside the plan's period",
        "The dates end before the plan begins, or begin after it ends.",
        "Nothing, if the plan looks ahead; else check for a misprint.",
    ),
    Kind(
        "value-inherited",
        "info",
        "A value comes from another row",
        'The cell is merged, empty under a sub-item, or says "as above".',
        "Nothing.",
    ),
    Kind(
        "people-unparted",
        "warning",
        "Several people may stand in one value",
        "The form ran several values of one cell together, and the document does not show where they part.",
        "Compare the value with the publication.",
    ),
    Kind(
        "people-parted",
        "warning",
        "One cell was parted into several people by inference",
        "The form ran the values of one cell together; the document's other rows show where they part.",
        "Compare the values with the publication.",
    ),
    Kind(
        "name-left-out",
        "info",
        "A person's name was left out",
        "The caller asked for roles only, and a role stands beside the name.",
        "Leave --roles-only away to keep names as published.",
    ),
    Kind(
        "lead-in-inferred",
        "warning",
        "A lead-in was told from its sub-item by its wording only",
        "The letter of the sub-item does not stand in the text, so that nothing marks where the shared words end.",
        "Compare the lead-in with the publication.",
    ),
    Kind(
        "items-inferred",
        "warning",
        "List items were inferred",
        "The lines follow text that ends in a colon, but their bullets are gone.",
        "Compare the items with the publication.",
    ),
    Kind(
        "note-inferred",
        "warning",
        "A note was told from the text by inference",
        "The form lost the line break before a bracket.",
        "Compare the activity with the publication.",
    ),
    Kind(
        "link-unresolved",
        "warning",
        "A cross-link names no group of this plan",
        "The note says that the activity also links to something that is no heading here.",
        "It may name a theme of another page of the same plan; extract both with --merge.",
    ),
    Kind(
        "link-approximate",
        "info",
        "A cross-link names a group in other words",
        "The words differ from the heading's beyond case and punctuation.",
        "Check that the right group is linked.",
    ),
    Kind(
        "hyphen-unsure",
        "warning",
        "A hyphen at the end of a line may be the typesetter's",
        "Nothing in the document tells whether the word is written with a hyphen or was only divided there.",
        "Compare the value with the publication.",
    ),
    Kind(
        "word-doubled",
        "info",
        "A misprint was left as published",
        "A word stands twice, or a hyphen is followed by a blank.",
        "Nothing: the publisher's words are never changed.",
    ),
    # The plan
    Kind(
        "period-inferred",
        "info",
        "The plan's period is inferred",
        "A single year is read as the financial year that starts in it.",
        "Give --period if that is wrong.",
    ),
    Kind(
        "period-missing",
        "warning",
        "The plan names no period",
        "No year was found in the title or text, so quarters and months without a year stay undated.",
        "Give --period, such as --period 2024/25.",
    ),
    Kind(
        "title-missing",
        "warning",
        "The plan has no title",
        "No heading names the plan.",
        "Nothing, or give a profile.",
    ),
    Kind(
        "group-missing",
        "info",
        "Rows before the first heading",
        "These rows stand under no heading of the plan.",
        "Nothing, if the plan has none.",
    ),
    Kind(
        "value-incoherent",
        "warning",
        "A value that does not make sense beside the other records",
        "The value would do by itself; the other records show that it may be another field's, or be cut: refs at the head "
        "of every activity, a column whose values fill runs of rows as headings do, a line that stands in record after "
        "record as a label does.",
        "Compare the record with the publication; name the header or label in a profile if it was not understood.",
    ),
    Kind(
        "count-differs",
        "error",
        "The number of records is not the one expected",
        "The caller, or the document itself, states another number of activities.",
        "Compare the records with the publication.",
    ),
    Kind(
        "profile-unfit",
        "warning",
        "The profile does not fit this document",
        "A header word or phrase that the profile names does not occur, or a new one does.",
        "Edit the profile, or write a new one with `extractor profile`.",
    ),
)
