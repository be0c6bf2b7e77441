"""The parts of the reader for web pages; `extractor.read.from_html.read_html` puts them together.

`markup` (bytes -> tree), `standard` (a broken page -> a browser's tree), `styles` (what is shown), `paths` (where
it stands), `flow` (text -> lines), `grids` (tables), `furniture` (what is no content), `page` (tree -> blocks),
`wording` (words shown).
"""

from __future__ import annotations

from extractor.loading import load_beautifulsoup

load_beautifulsoup()
