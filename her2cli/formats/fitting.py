"""What our own YAML and JSON may hold, as `loading` checks it; values that it would refuse are left out and counted.

Other formats know compartments that are no location here, names over several lines, and hidden characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from her2cli.errors import Her2Error, shown
from her2cli.loading.source import UNPRINTABLE

_REQUIRED = {
    "source",
    "target",
    "effect",
    "blocks",
    "rule",
    "readout",
    "expect",
    "citation",
    "article",
    "status",
    "reason",
}


def fitted(content: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The sections of a file without the values that it would be refused for, and `63 locations` for what went.

    Raises `Her2Error` for an id or another text that an entry cannot do without.
    """
    lost: Counter[str] = Counter()
    found = {section: _visible(section, value, lost) for section, value in content.items()}
    for section, value in list(found.items()):
        for path in _refused(section, value):
            field = _take_out(found, section, path)
            lost[field if field.endswith("s") else f"{field}s"] += 1
    return found, tuple(f"{number} {what}" for what, number in lost.items() if number)


def _refused(section: str, value: Any) -> list[tuple[int | str, ...]]:
    """Where the values stand that the shape of this section refuses."""
    from pydantic import ValidationError

    from her2cli.loading import shape

    try:
        shape.adapter(section).validate_python(_as_read(value))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        paths = [item["loc"] for item in found]
        return list(dict.fromkeys(path for path in paths if path[-1:] != ("str",)))  # a rule is text or an entry
    return []


def _take_out(content: dict[str, Any], section: str, path: tuple[int | str, ...]) -> str:
    """Take the innermost field on *path* out of *content* and return its name."""
    holder, field, node = content, section, content[section]
    for step in path:
        if isinstance(node, dict) and step in node:
            holder, field = node, str(step)
        elif not isinstance(node, list) or not isinstance(step, int):
            break  # the branch of a union, or a key itself
        node = node[step]
    needless = field in ("title", "note") if holder is content else holder is not content[section]
    if not needless or field in _REQUIRED or path[-1:] == ("[key]",):
        raise _impossible(section, str(path[0]) if path else field)
    holder.pop(field, None)
    return field


def _visible(section: str, value: Any, lost: Counter[str]) -> Any:
    """*value* with a blank for every hidden character in its texts; a key with one raises `Her2Error`."""
    if isinstance(value, dict):
        for key in value:
            if not key.isprintable():
                raise _impossible(section, key)
        return {key: _visible(section, each, lost) for key, each in value.items()}
    if isinstance(value, list):
        return [_visible(section, each, lost) for each in value]
    if isinstance(value, str) and not value.isprintable():
        text, number = UNPRINTABLE.subn(" ", value)
        lost["hidden characters"] += number
        return text
    return value


def _impossible(section: str, name: str) -> Her2Error:
    return Her2Error(
        f"YAML and JSON cannot hold {shown(name)!r} among the {section.replace('_', ' ')}: names there are of one line "
        "of at most 500 characters, without hidden characters and blanks at their ends."
    )


def _as_read(value: Any) -> Any:
    """*value* as it is read again: every scalar is text."""
    if isinstance(value, dict):
        return {key: _as_read(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_read(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
