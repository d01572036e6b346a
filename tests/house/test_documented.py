"""Documentation keeps up: every setting and every command has its entry, and no entry outlives its thing."""

import ast
import re

from tests.house import house

SETTINGS = house.ROOT / "docs" / "settings.md"
COMMANDS = house.ROOT / "docs" / "commands.md"


def read_settings():
    """The names config/settings.py asks the environment for: `env.str("NAME", ...)` and its like."""
    tree = ast.parse((house.ROOT / "config" / "settings.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.fullmatch(r"env(\.\w+)?", ast.unparse(node.func)):
            yield ast.literal_eval(node.args[0])


def own_commands():
    return {
        path.stem
        for path in house.modules(*house.FLOORS)
        if path.parent.parts[-2:] == ("management", "commands") and not path.name.startswith("_")
    }


def test_every_setting_is_explained_and_nothing_else():
    explained = re.findall(r"^\| `([A-Z][A-Z0-9_]*)` \|", SETTINGS.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(explained) == sorted(set(read_settings()))


def test_every_command_is_explained_and_nothing_else():
    explained = re.findall(r"^## `([a-z_]+)`", COMMANDS.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(explained) == sorted(own_commands())


def test_every_page_of_the_documentation_leads_somewhere():
    dead = [
        f"{page.relative_to(house.ROOT)}: {target}"
        for page in house.files()
        if page.suffix == ".md"
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert dead == []


def test_every_page_is_reached_from_the_readme():
    seen, waiting = set(), [house.ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        seen.add(page)
        links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+\.md)", page.read_text(encoding="utf-8"))
        waiting += {(page.parent / link).resolve() for link in links} - seen

    pages = {page for page in house.files() if page.suffix == ".md" and page.relative_to(house.ROOT).parts[0] == "docs"}
    assert {str(page.relative_to(house.ROOT)) for page in pages - seen} == set()
