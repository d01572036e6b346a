"""A page of a deed is drawn for those whom a rule lets see it, be it with a refusal: every deed names its rule."""

import ast

from tests.house import house


def test_every_deed_names_the_rule_of_its_page():
    calls = [(path, call) for path in house.modules(*house.FLOORS) for call in performed(path)]

    silent = [f"{path.relative_to(house.ROOT)}:{call.lineno}" for path, call in calls if not names_its_rule(call)]

    assert silent == []
    assert len(calls) > 100


def performed(path):
    """The calls of `core.deeds.perform` in a module."""
    text = path.read_text(encoding="utf-8")
    if "from core.deeds import" not in text or "perform(" not in text:
        return
    tree = ast.parse(text)
    imported = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "core.deeds"]
    if any(alias.name == "perform" for node in imported for alias in node.names):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "perform":
                yield node


def names_its_rule(call):
    """A rule, or a function that asks one; nothing that is true of everybody without having a name."""
    rules = {word.arg: word.value for word in call.keywords if word.arg in ("rule", "sees")}
    made_here = [value for value in rules.values() if isinstance(value, ast.Lambda)]
    asks = all(any(isinstance(node, ast.Call) for node in ast.walk(value.body)) for value in made_here)
    return "rule" in rules and not isinstance(rules["rule"], ast.Constant) and asks
