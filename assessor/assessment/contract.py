"""The assessment as JSON: the documented contract, its schema and its bytes."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from assessor.assessment.models import SCHEMA, Assessment

_ADAPTER: TypeAdapter[Assessment] | None = None


def _adapter() -> TypeAdapter[Assessment]:
    global _ADAPTER
    if _ADAPTER is None:
        _ADAPTER = TypeAdapter(Assessment)
    return _ADAPTER


def to_json(assessment: Assessment) -> str:
    """The assessment as JSON text: keys in the order of the contract, dates as ISO 8601, ends with a newline."""
    data = _adapter().dump_python(assessment, mode="json", by_alias=True)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the contract."""
    schema = _adapter().json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **schema}
