"""Rows of pydantic models as a pandas frame. Knows pandas, and nothing of what the models mean."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from extractor.errors import PartMissing

if TYPE_CHECKING:
    import pandas

_DTYPES = {str: "string", int: "Int64", float: "Float64", bool: "boolean", dt.date: "datetime64[s]"}


def dtype_of(annotation: Any) -> str:
    """The pandas type of a field: nullable ones for texts, numbers and truths; `object` for what is nested.

    >>> dtype_of(str | None), dtype_of(dt.date), dtype_of(tuple[str, ...])
    ('string', 'datetime64[s]', 'object')
    """
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        annotation = next(part for part in typing.get_args(annotation) if part is not type(None))
    return "string" if typing.get_origin(annotation) is Literal else _DTYPES.get(annotation, "object")


def dtypes_of(model: type[BaseModel], prefix: str = "") -> dict[str, str]:
    """The pandas types of a model's fields, by their prefixed names."""
    return {prefix + name: dtype_of(field.annotation) for name, field in model.model_fields.items()}


def values_of(record: BaseModel | None, prefix: str = "") -> dict[str, Any]:
    """The values of a record by their prefixed names, what is nested as dictionaries and lists; nothing for None."""
    values = record.model_dump() if record is not None else {}
    return {prefix + name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def frame(dtypes: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> pandas.DataFrame:
    """The rows as a frame with these columns; what a row lacks is missing there. Raises `PartMissing`."""
    try:
        import pandas
    except ModuleNotFoundError as problem:
        raise PartMissing.of("dataframe", "pandas", "A data frame") from problem
    return pandas.DataFrame(
        {name: pandas.Series([row.get(name) for row in rows], dtype=dtype) for name, dtype in dtypes.items()}
    )
