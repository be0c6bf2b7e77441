"""The ways that a run is refused, each with its exit status and what to do next.

An `ExtractorError` means that the caller or the world is wrong (no such file, an unknown format, a full
disk). What is odd in a document is an `Issue`, never an error; what is wrong with us is any other exception.
"""

from __future__ import annotations


class ExtractorError(Exception):
    """A run that cannot go on. `message` says what is wrong, `remedy` what to do about it."""

    exit_status = 2
    remedy = ""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        if remedy:
            self.remedy = remedy

    def __str__(self) -> str:
        return self.message


class SourceMissing(ExtractorError):
    """There is no such file, or it may not be read."""

    remedy = "Check the path; use - to read from standard input."


class SourceEmpty(ExtractorError):
    """The source holds no bytes, or nothing but white space."""

    remedy = "Download or paste the document again: what arrived is empty."


class SourceTooLarge(ExtractorError):
    """The source is larger than the caller allows."""

    remedy = "Raise the limit with --max-bytes if the file really is a plan."


class SourceUnreadable(ExtractorError):
    """The bytes are of no kind that a reader knows, or are damaged beyond reading."""

    remedy = "Give a plan as text, HTML or PDF."


class LimitExceeded(ExtractorError):
    """Reading took more time, pages or memory than the caller allows."""

    remedy = "Raise --max-seconds or --max-pages if the document really is that long."


class PasswordNeeded(ExtractorError):
    """The PDF is encrypted and the password is missing or wrong."""

    remedy = "Give the password with --password, or save an open copy of the document."


class PageMissing(ExtractorError):
    """A page was asked for that the document does not have."""

    remedy = "Give the pages that there are, such as --pages 3-7,12; the first is 1."


class NoPlanFound(ExtractorError):
    """The document was read, and holds no rows of a plan."""

    remedy = (
        "Check that this is the page or file with the table of actions; "
        "a profile (--profile) can name header words that the tool does not know."
    )


class ProfileInvalid(ExtractorError):
    """A profile, decisions file or other settings file cannot be used."""

    remedy = "Correct the file; the message names the place."


class OutputRefused(ExtractorError):
    """The output cannot be written where or as the caller asked."""

    remedy = "Choose another output path or format."


class OutputInvalid(ExtractorError):
    """A file made earlier is no valid plan."""

    exit_status = 1
    remedy = "See what is wrong with `extractor validate`, or extract the plan again."


class PartMissing(ExtractorError):
    """An optional part of the tool is not installed."""

    remedy = "Install it with pip, as the message says."

    @classmethod
    def of(cls, extra: str, library: str, purpose: str) -> PartMissing:
        """The refusal for a library that an extra of this package brings along.

        >>> print(PartMissing.of("parquet", "pyarrow", "Parquet").remedy)
        pip install 'extractor[parquet]'
        """
        return cls(f"{purpose} needs {library}, which is not installed", f"pip install 'extractor[{extra}]'")
