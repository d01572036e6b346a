"""Rooms of consultations that were there before rooms had names in several languages get them."""

from django.db import migrations


def fill(apps, schema_editor):
    Workspace = apps.get_model("forum", "Workspace")
    rows = apps.get_model("consultations", "Consultation").objects.exclude(versions={})
    for workspace, versions in rows.values_list("workspace", "versions").iterator():
        names = {code: version["title"][:120] for code, version in versions.items() if version["title"]}
        Workspace.objects.filter(pk=workspace).update(names=names)


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0008_translations_of_syntheses"),
        ("forum", "0010_workspace_names_in_languages"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
