"""Each issue written so far gets an edition of its own: its text has no slots, and its letters keep their bytes."""

from django.db import migrations

BATCH = 200


def give_editions(apps, schema_editor):
    Issue, Edition = apps.get_model("notifications", "Issue"), apps.get_model("notifications", "Edition")
    Letter, Answer = apps.get_model("notifications", "Letter"), apps.get_model("notifications", "Answer")
    while batch := list(Issue.objects.filter(edition=None).order_by("pk").select_related("member")[:BATCH]):
        for issue in batch:
            rows = list(issue.items.order_by("number").values_list("number", "about", "workspace", "title"))
            issue.edition = Edition.objects.create(
                language=issue.member.language,
                text=issue.text,
                items=[row[1:] for row in rows],
                created_at=issue.created_at,
            )
            issue.last = issue.number - 1
            if rows:
                issue.first_item, issue.last_item = rows[0][0], rows[-1][0]
            issue.save(update_fields=["edition", "last", "first_item", "last_item"])
            Letter.objects.filter(pk=issue.letter_id).update(issue=issue.pk)
    numbered = Answer.objects.filter(code="").exclude(item=None).select_related("item")
    for answer in numbered.iterator(chunk_size=BATCH):
        Answer.objects.filter(pk=answer.pk).update(code=str(answer.item.number))


class Migration(migrations.Migration):
    dependencies = [("notifications", "0009_editions")]

    operations = [migrations.RunPython(give_editions, migrations.RunPython.noop, elidable=True)]
