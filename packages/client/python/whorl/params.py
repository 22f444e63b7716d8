import json
from collections.abc import Mapping


def params_of(config):
    """The leaves of a config as texts: {"optimizer": {"lr": 0.1}} is optimizer.lr = 0.1. A list is one param, as JSON."""
    params = {}

    def visit(path, value):
        if isinstance(value, Mapping):
            for key in value:
                visit(f"{path}.{key}" if path else str(key), value[key])
        elif isinstance(value, (list, tuple)):
            params[path] = json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=_plain)
        else:
            params[path] = _text(value)

    visit("", config if isinstance(config, Mapping) else vars(config))
    return params


def texts_of(values):
    return {str(key): _text(value) for key, value in pairs_of(values)}


def pairs_of(values):
    """The entries of a dict. Raises TypeError for what is none."""
    if not isinstance(values, Mapping):
        raise TypeError(f"expected a dict, got {type(values).__name__}")
    return values.items()


def _text(value):
    """As @whorl/client has it, so that programs in both languages are compared by the same texts."""
    value = value.item() if hasattr(value, "item") else value
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain(value):
    """What JSON can have in place of what it cannot."""
    return value.item() if hasattr(value, "item") else str(value)
