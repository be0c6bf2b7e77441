"""Status words, money, and other short closed kinds of cell."""

from __future__ import annotations

import re

from extractor.text import key

_STATES = frozenset(
    """
    red|amber|green|blue|grey|gray|purple|black|white|yellow|amber green|green amber|amber red|red amber|n a|na
    |complete|completed|complete on time|review completed|actioned|achieved|fully achieved|partially achieved
    |partly achieved|not achieved|on track|on target|in progress|work in progress|underway|under way|ongoing|on going
    |not started|not yet started|not due|not yet due|not due to start|not yet scheduled|started|start|active|commenced
    |on hold|paused|deferred|delayed|some delay|slipped|behind schedule|off track|at risk|off target|lagging|overdue
    |closed|cancelled|superseded|withdrawn|postponed|postponed ongoing|pending|proposed|planned|open|ahead|blocked
    |unavailable|monitoring|insufficient progress|no progress|some progress|good progress|limited progress|to start
    |to be renegotiated|on schedule|ahead of schedule|business as usual|bau|done|met|not met|partially met|partly met
    |partially complete|partially completed|implemented|not implemented|partially implemented|partly implemented|fully implemented|mostly complete|nearly complete|stopped|live|embedded|new|tbc|high|medium|low
    |on track to original date|delayed under three months|action complete|carried forward|rolled forward|under review
    """.replace("\n", "").split("|")
)
STATES = frozenset(state.strip() for state in _STATES)
_SYMBOLS = re.compile("[\u2700-\u27bf\U0001f300-\U0001faff\u25a0-\u25ff\u2b00-\u2bff]")
_MONEY = re.compile(
    r"(?:[£€$]\s?\d|\d[\d,.]*\s?(?:k|m|million)\b|nil\b|none\b|not known|not yet known|existing (?:budgets?|resources)"
    r"|within existing|within (?:current|approved)|no (?:additional )?cost|tbc|to be confirmed|n/?a\b|officer time"
    r"|staff time|grant[- ]funded|externally[- ]funded|external funding|capital programme|[£€$]{1,4}(?=\s|$))",
    re.IGNORECASE,
)


_FINISHED = frozenset(
    """
    complete|completed|complete on time|completed on time|review completed|action complete|action completed|actioned
    |achieved|fully achieved|done|met|closed|cancelled|superseded|withdrawn|stopped|no longer required
    """.replace("\n", "").split("|")
)
FINISHED = frozenset(state.strip() for state in _FINISHED)
_FINISHED_SINCE = re.compile(r"(?:complete|completed|closed|achieved|done)(?: on| in| since| early| late)? \d")


def is_finished(text: str) -> bool:
    """Whether a status says that nothing more is to be done: finished, or given up.

    >>> is_finished("✔ Complete"), is_finished("Completed 31/03/24"), is_finished("Partially complete"), is_finished("Green")
    (True, True, False, False)
    """
    words = key(_SYMBOLS.sub(" ", text))
    return words in FINISHED or bool(_FINISHED_SINCE.match(words))


def is_state(text: str) -> bool:
    """Whether the text is a status word.

    >>> is_state("Not started"), is_state("✔ Complete"), is_state("Head of Housing")
    (True, True, False)
    """
    words = key(text if text.isascii() else _SYMBOLS.sub(" ", text))
    return words in STATES or (not words and bool(_SYMBOLS.search(text)))


def is_money(text: str) -> bool:
    """Whether the text opens as a budget cell does.

    >>> is_money("£1.24m, of which £400k is a grant"), is_money("Within existing resources"), is_money("Green")
    (True, True, False)
    """
    return bool(_MONEY.match(text.strip()))
