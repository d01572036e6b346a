"""Phrases: what the generated documents are made of, in the six languages of the United Nations."""

import json
import pathlib

WORDS = json.loads(pathlib.Path(__file__).with_name("phrases.json").read_text(encoding="utf-8"))
