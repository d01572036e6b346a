"""Runs by itself, one process for each part of a paper, so that its memory returns when the part is printed.

    python -I press.py families
    python -I press.py measure FOLDER PART FIRST-PAGE
    python -I press.py print FOLDER PART FIRST-PAGE

It reads PART.typ of the folder and knows nothing of the rest of the house. `measure` prints how many pages there are
and the place of each mark; `print` writes PART.pdf. Nothing is fetched: a part imports only paper.typ, beside it.
"""

import json
import sys
from pathlib import Path

import typst

_PLACES = """(
  query(<mark>).map(it => {
    let at = it.location().position()
    (..it.value, at.page, at.y.pt())
  }),
  query(<end>).first().location().page(),
)"""


def main(job, folder="", part="", first="1"):
    if job == "families":
        return sorted(typst.Fonts().families())
    source = Path(folder, f"{part}.typ")
    compiler = typst.Compiler(source, root=folder, sys_inputs={"first": first}, package_path=folder)
    if job == "measure":
        marks, pages = json.loads(compiler.eval(_PLACES))
        return {"pages": pages, "marks": marks}
    compiler.compile(output=Path(folder, f"{part}.pdf"), format="pdf", timestamp=0)
    return {}


if __name__ == "__main__":
    try:
        sys.stdout.write(json.dumps(main(*sys.argv[1:])))
    except typst.TypstError as error:
        sys.exit(f"{error} {getattr(error, 'diagnostic', '')}"[:4000])
