"""The floors of the house: who may know whom. docs/tour.md tells why."""

import pytest

from tests.house import house


@pytest.mark.parametrize("floor", house.FLOORS)
def test_an_app_imports_only_from_floors_below_its_own(floor):
    above = set(house.FLOORS[house.FLOORS.index(floor) + 1 :])

    wrong = [
        f"{path.relative_to(house.ROOT)} imports {name}"
        for path in house.modules(floor)
        for name, _ in house.imports(path)
        if name.split(".")[0] in above
    ]

    assert wrong == []


def test_the_house_imports_nothing_from_its_tests_or_benchmarks():
    wrong = [
        f"{path.relative_to(house.ROOT)} imports {name}"
        for path in house.modules(*house.FLOORS)
        for name, _ in house.imports(path)
        if name.split(".")[0] in {"tests", "benchmarks"}
    ]

    assert wrong == []


def test_no_import_hides_inside_a_function():
    # An import inside a function is how a ring between two floors is usually dodged.
    wrong = [
        f"{path.relative_to(house.ROOT)} imports {name} inside a function"
        for path in house.modules(*house.FLOORS)
        for name, inside in house.imports(path)
        if inside
    ]

    assert wrong == []


def test_every_app_has_a_floor_of_its_own():
    apps = {path.relative_to(house.ROOT).parts[0] for path in house.files() if path.name == "apps.py"}

    assert apps == set(house.FLOORS)
    assert len(house.FLOORS) == len(set(house.FLOORS))


def test_the_top_of_the_house_holds_only_floors_and_shelves():
    folders = {path.relative_to(house.ROOT).parts[0] for path in house.files() if path.parent != house.ROOT}

    assert {name for name in folders if not name.startswith(".")} <= {*house.FLOORS, *house.SHELVES}


def test_no_app_listens_to_the_signals_of_another():
    # Readers of the journal come by themselves; a signal would be a call nobody sees at the place it is made.
    wrong = [
        f"{path.relative_to(house.ROOT)} imports {name}"
        for path in house.modules(*house.FLOORS)
        for name, _ in house.imports(path)
        if name in {"django.dispatch", "django.db.models.signals"}
    ]

    assert wrong == []
