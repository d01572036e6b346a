"""Ballots that were opened before there were rolls get one: those who voted, and those who may write in the room.

Rankings were counted by Borda's points; from now on all of them are counted by Schulze's method.
"""

from django.db import migrations


def fill(apps, schema_editor):
    Ballot = apps.get_model("consultations", "Ballot")
    Elector = apps.get_model("consultations", "Elector")
    Vote = apps.get_model("consultations", "Vote")
    Seat = apps.get_model("forum", "Seat")
    Ballot.objects.filter(kind="ranking", method="").update(method="schulze")
    for ballot in Ballot.objects.exclude(announced_at=None).iterator():
        voted = set(Vote.objects.filter(ballot=ballot).values_list("member", flat=True))
        seats = Seat.objects.filter(workspace=ballot.workspace_id, member__is_active=True).exclude(role="observer")
        others = set(seats.values_list("member", flat=True)) - voted
        Elector.objects.bulk_create(
            [
                Elector(ballot=ballot, member_id=pk, has_voted=pk in voted, is_present=pk in voted)
                for pk in sorted(voted | others)
            ],
            batch_size=500,
        )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_phases_never_overlap"), ("forum", "0001_squashed_0006_post_carried_by")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
