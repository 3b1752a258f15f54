"""What every part of a meeting file is made of: a group of keys, and the kinds of values that they hold."""

import datetime as dt
from functools import partial
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from exports import meeting_file_values as values

Text = Annotated[str, BeforeValidator(values.text)]
Line = Annotated[str, BeforeValidator(values.line)]
Short = Annotated[str, BeforeValidator(partial(values.short, 40))]
Tiny = Annotated[str, BeforeValidator(partial(values.short, 10))]
Id = Annotated[str, BeforeValidator(values.identifier)]
Symbol = Annotated[str, BeforeValidator(partial(values.short, 60))]
Slug = Annotated[str, BeforeValidator(values.slug)]
Zone = Annotated[str, BeforeValidator(values.zone)]
Country = Annotated[str, BeforeValidator(values.country)]
Language = Annotated[str, BeforeValidator(values.language)]
Email = Annotated[str, BeforeValidator(values.email)]
WebAddress = Annotated[str, BeforeValidator(values.web_address)]
Date = Annotated[dt.date, BeforeValidator(values.date)]
Time = Annotated[dt.time, BeforeValidator(values.time)]
Instant = Annotated[dt.datetime, BeforeValidator(values.instant)]
Minutes = Annotated[int, BeforeValidator(partial(values.whole_number, 0, 1440))]
CouncilNumber = Annotated[int, BeforeValidator(partial(values.whole_number, 1, 999))]
AgendaNumber = Annotated[int, BeforeValidator(partial(values.whole_number, 1, 10))]


class Part(BaseModel):
    """One group of keys: unknown keys are refused, nothing is converted, and null or blank counts as absent.

    All keys are written, but those in `spared` only where they do not have their default: they came to the format
    later, and files that do without them stay as they are.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    spared: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _without_spared(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        plain = type(self).model_fields
        return {
            key: value
            for key, value in write(self).items()
            if key not in self.spared or getattr(self, key) != plain[key].get_default(call_default_factory=True)
        }

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if key not in cls.model_fields or not is_blank(value)}


def is_blank(value: object) -> bool:
    """Whether a value counts as absent: null, or text of nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())
