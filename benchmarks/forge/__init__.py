"""A forge of fictional plans: from a seed a public body and its plan, in many styles and forms, with gold.

It measures how plans are read that nobody tuned for. `subjects`, `times` and `bodies` are the words; `plans` draws a
plan; `layouts` puts it on a sheet in a style and tells the gold; `pages` and `papers` print the sheet; `forms` are the
files that come of it.
"""
