"""What the record tells of papers: each version that came to the desk under an item, with its files."""

from consultations.hearings.minutes.sources import Told
from consultations.hearings.models import DeskVersion


def tell(hearing):
    rows = DeskVersion.objects.filter(document__hearing=hearing, document__item__isnull=False)
    rows = rows.select_related("document").prefetch_related("files__attachment").order_by("published_at", "pk")
    for row in rows:
        row.document.hearing = hearing
        facts = {
            "symbol": row.symbol,
            "titles": {code: title for code, (title, _text) in row.document.said().items()},
            "withdrawn": row.withdrawn_because if row.is_withdrawn else None,
            "files": [
                {"name": one.attachment.name, "language": one.language, "sha256": one.attachment.sha256}
                for one in ([] if row.is_withdrawn else row.files.all())
            ],
        }
        yield Told(row.document.item_id, "document", row.published_at, 5, facts)
