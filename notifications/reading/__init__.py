"""The reader of mail: bytes come in, a `Reading` says what they mean.

    read(raw, sent=issue_text, open_items=[311, 312], closed_items=[300])

The steps, one module each: `mime` (bytes to text), `classify` (person or machine), `lines` and `htmltext` (lines with
quote depth), `align` (known from the issue as sent), `quotes` (whose line it is, by the words in `attributions`),
`signatures`, `answers` (to which item; `tags`, `commands`). Pure: standard library, lxml, flufl.bounce; no database.
Time is linear in the size of the mail. `result.PROBLEMS` explains every problem that a reading may name.
"""

from .reader import read
from .result import PROBLEMS, Answer, Command, Failure, File, Reading

__all__ = ["PROBLEMS", "Answer", "Command", "Failure", "File", "Reading", "read"]
