"""`manage.py outline FILE...`: one JSON object a line."""

import io
import json

import pytest
from django.core.management import call_command


def test_every_file_that_can_be_read_is_printed_and_the_others_are_told(tmp_path):
    good, bad, other = tmp_path / "good.txt", tmp_path / "bad.pdf", tmp_path / "other.md"
    good.write_text("I. Начало\n\n1. Первый пункт.\n\n2. Второй пункт.\n", encoding="utf-8")
    bad.write_bytes(b"%PDF")
    other.write_text("1. one\n1. two\n", encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("outline", str(good), str(bad), str(tmp_path / "none.txt"), str(other), stdout=out, stderr=err)

    first, second = [json.loads(line) for line in out.getvalue().splitlines()]
    assert ended.value.code == 1
    assert first["file"] == str(good)
    assert first["paragraphs"][0] == {"number": "1", "level": 1, "text": "Первый пункт."}
    assert first["headings"] == ["I. Начало"]
    assert first["problems"] == second["problems"] == []
    assert len(err.getvalue().splitlines()) == 2
    assert "Первый" in out.getvalue()


def test_a_file_whose_name_is_no_utf_8_is_printed_all_the_same(tmp_path, capsys):
    path = f"{tmp_path}/caf\udce9.txt"
    with open(path, "wb") as file:
        file.write(b"1. One.\n\n2. Two.\n")

    call_command("outline", path)

    assert json.loads(capsys.readouterr().out)["file"].endswith("caf\\udce9.txt")
