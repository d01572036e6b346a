"""Threads of questions and topic notes that were there before threads had titles in several languages get them."""

from django.db import migrations


def fill(apps, schema_editor):
    Thread = apps.get_model("forum", "Thread")
    for name in ("Question", "Consultation"):
        rows = apps.get_model("consultations", name).objects.exclude(thread=None).exclude(versions={})
        for thread, versions in rows.values_list("thread", "versions").iterator():
            titles = {code: version["title"] for code, version in versions.items() if version["title"]}
            Thread.objects.filter(pk=thread).update(titles=titles)


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0006_imports"),
        ("forum", "0009_thread_titles_in_languages"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
