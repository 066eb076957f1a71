"""Request bodies: decoded strictly, straight into their type, with faults that name the field.

The framework itself would take "5" for 5 and decode twice; here a body is read once, as it is.
"""

import re
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Generic, TypeVar, get_args

import msgspec
from litestar._openapi.schema_generation import SchemaCreator
from litestar.datastructures import UploadFile
from litestar.dto.base_dto import AbstractDTO
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

from timcheh.calendar import is_plausible
from timcheh.errors import FieldError, Invalid, pointer
from timcheh.web.errors import BadJson

T = TypeVar("T")

_DECODER: Final = "timcheh_decoder"
# The escape of NUL itself, not a backslash (escaped) before the letters u0000.
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A point in time, sent with its distance from UTC."""
LONGEST_FIELD: Final = 4_000
"""Characters of a form's field. What people type is far shorter, and reading it takes time."""


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what the API takes: a field that we don't know is a fault, not a surprise.

    A subclass says `frozen=True` again: the type checker does not pass it on.
    """


class BodyDecoder(Generic[T]):
    """Reads the bodies of one handler."""

    def __init__(self, kind: type[T]) -> None:
        """TypeError for a type that JSON can't hold (a form with files)."""
        self._decoder = msgspec.json.Decoder(kind)
        self._moments = _moments_in(kind)

    def decode(self, body: bytes) -> T:
        """The body as the handler's type. Raises BadJson (400) or Invalid (422)."""
        value = decode_json(self._decoder, body)
        for name in self._moments:
            moment = getattr(value, name)
            if moment is not None and not is_plausible(moment):
                raise Invalid.field(f"/{name}", "bad_datetime")
        return value


def _moments_in(kind: Any) -> list[str]:
    """The fields of a body that hold a moment. Bodies have them at their top only."""
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return []
    return [field.name for field in msgspec.structs.fields(kind) if _names_moment(field.type)]


def _names_moment(annotation: Any) -> bool:
    return annotation is datetime or any(_names_moment(part) for part in get_args(annotation))


def decode_json(decoder: "msgspec.json.Decoder[T]", body: bytes) -> T:
    """The body as the decoder's type. Raises BadJson (400) or Invalid (422)."""
    if b"\\u0000" in body and _NUL.search(body):
        raise BadJson  # PostgreSQL can't hold it in a text
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise Invalid(errors=faults_of(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadJson from None


class StrictBody(AbstractDTO[Any]):
    """Litestar's hook for decoding; the application uses it for every handler with `data`."""

    _decoders: ClassVar[dict[str, BodyDecoder[Any]]] = {}
    _types: ClassVar[dict[str, Any]] = {}

    def decode_bytes(self, value: bytes) -> Any:
        handler = self.asgi_connection.route_handler
        try:
            decoder = handler.opt[_DECODER]
        except KeyError:  # asking for the handler's id is slow: once is enough
            decoder = handler.opt[_DECODER] = self._decoders[handler.handler_id]
        return decoder.decode(value)

    def decode_builtins(self, value: dict[str, Any]) -> Any:
        """A form: everything comes as text, so numbers are read from it."""
        _refuse_unreadable(value)
        try:
            kind = self._types[self.asgi_connection.route_handler.handler_id]
            return msgspec.convert(value, kind, strict=False, dec_hook=_file)
        except msgspec.ValidationError as error:
            raise Invalid(errors=faults_of(str(error))) from None

    @classmethod
    def create_for_field_definition(
        cls, field_definition: FieldDefinition, handler_id: str, backend_cls: Any = None
    ) -> None:
        cls._types[handler_id] = field_definition.annotation
        with suppress(TypeError):  # a form with files, which is never JSON
            cls._decoders[handler_id] = BodyDecoder(field_definition.annotation)

    @classmethod
    def is_supported_model_type_field(cls, field_definition: FieldDefinition) -> bool:
        return False  # what handlers return is encoded as it is

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: SchemaCreator
    ) -> Reference | Schema:
        return schema_creator.for_field_definition(field_definition)

    @classmethod
    def generate_field_definitions(cls, model_type: type[Any]) -> Any:
        raise NotImplementedError("bodies are decoded as they are declared")

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        return False


def _refuse_unreadable(form: dict[str, Any]) -> None:
    """Raises BadJson for a NUL character, Invalid for fields that nobody types so long."""
    texts = {name: text for name, text in form.items() if isinstance(text, str)}
    if any("\0" in name or "\0" in text for name, text in texts.items()):
        raise BadJson
    long = [name for name, text in texts.items() if len(text) > LONGEST_FIELD]
    if long:
        params = {"maximum": LONGEST_FIELD}
        raise Invalid(errors=[FieldError(pointer(name), "too_long", params) for name in long])


def _file(target: Any, value: Any) -> Any:
    if target is UploadFile and isinstance(value, UploadFile):
        return value
    raise TypeError(f"can't read {target}")


# msgspec's messages, which its documentation shows but doesn't promise; a test holds each.
_PLACE: Final = re.compile(r" - at `(?:key in )?\$(?P<path>[^`]*)`$")
_FIELD: Final = re.compile(r"^Object (missing required|contains unknown) field `(?P<name>[^`]+)`")
_LENGTH: Final = re.compile(r"^Expected `(?P<type>\w+)` of length (?P<op>[<>]=?) (?P<n>\d+)")
_BOUND: Final = re.compile(r"^Expected `(?:int|float|decimal)` (?P<op>[<>]=?) (?P<n>-?[\d.e+]+)")
_TYPE: Final = re.compile(r"^Expected `(?P<type>[^`]+)`, got")
_WRONG_TYPE: Final = {
    "int": "not_an_integer",
    "float": "not_a_number",
    "str": "not_text",
    "bool": "not_a_boolean",
    "object": "not_an_object",
    "array": "not_a_list",
    "uuid": "bad_uuid",
    "datetime": "bad_datetime",
    "date": "bad_date",
}
_MEANING: Final = {
    "Invalid UUID": "bad_uuid",
    "Invalid RFC3339 encoded datetime": "bad_datetime",
    "Invalid RFC3339 encoded date": "bad_date",
    "Expected `datetime` with a timezone component": "bad_datetime",
}


def faults_of(message: str) -> list[FieldError]:
    """msgspec's message as a field error; it reports the first fault only."""
    place = _PLACE.search(message)
    pointer = _pointer(place["path"]) if place else ""
    text = message[: place.start()] if place else message
    if field := _FIELD.match(text):
        code = "required" if field[1] == "missing required" else "unknown_field"
        return [FieldError(f"{pointer}/{field['name']}", code)]
    if length := _LENGTH.match(text):
        return [_length_fault(pointer, length["type"], length["op"], int(length["n"]))]
    if bound := _BOUND.match(text):
        return [_bound_fault(pointer, bound["op"], bound["n"])]
    if wrong := _TYPE.match(text):
        kind = wrong["type"].split(" | ")[0]
        return [FieldError(pointer, _WRONG_TYPE.get(kind, "invalid"))]
    return [FieldError(pointer, _MEANING.get(text, "invalid"))]


def _pointer(path: str) -> str:
    """`.lines[0].quantity` as a JSON pointer; a map's key isn't told, so it ends there."""
    steps = re.findall(r"\.([^.\[\]]+)|\[(\d+)\]|(\[\.\.\.\])", path)
    parts = []
    for name, index, unknown in steps:
        if unknown:
            break
        parts.append((name or index).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{part}" for part in parts)


def _length_fault(pointer: str, kind: str, operator: str, number: int) -> FieldError:
    text = kind in ("str", "bytes")
    if operator.startswith(">"):
        minimum = number + (operator == ">")
        return FieldError(pointer, "too_short" if text else "too_few", {"minimum": minimum})
    maximum = number - (operator == "<")
    return FieldError(pointer, "too_long" if text else "too_many", {"maximum": maximum})


def _bound_fault(pointer: str, operator: str, number: str) -> FieldError:
    limit: int | str = int(number) if re.fullmatch(r"-?\d+", number) else number
    if operator.startswith(">"):
        return FieldError(pointer, "below_minimum", {"minimum": limit})
    return FieldError(pointer, "above_maximum", {"maximum": limit})
