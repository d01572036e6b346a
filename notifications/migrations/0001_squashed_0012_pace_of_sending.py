"""Letters, digests and incoming mail: what the first twelve migrations came to. A fresh database takes this one step."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import notifications.models.letters
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("notifications", "0001_initial"),
        ("notifications", "0002_sending"),
        ("notifications", "0003_bounces"),
        ("notifications", "0004_delegations"),
        ("notifications", "0005_suspensions_and_retention"),
        ("notifications", "0006_letter_shows"),
        ("notifications", "0007_answer_delegation"),
        ("notifications", "0008_doors"),
        ("notifications", "0009_editions"),
        ("notifications", "0010_issues_have_editions"),
        ("notifications", "0011_items_stand_in_editions"),
        ("notifications", "0012_pace_of_sending"),
    ]

    initial = True

    dependencies = [
        ("forum", "0001_squashed_0006_post_carried_by"),
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailProfile",
            fields=[
                ("claimed_until", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mail",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[django.core.validators.MaxValueValidator(23)],
                        verbose_name="hour of the day",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(6)],
                        verbose_name="day of the week",
                    ),
                ),
                (
                    "size",
                    models.PositiveIntegerField(
                        default=25000,
                        validators=[
                            django.core.validators.MinValueValidator(10000),
                            django.core.validators.MaxValueValidator(100000),
                        ],
                        verbose_name="largest mail, in bytes",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("text", "Plain text only (lightest)"), ("html", "Plain text and light HTML")],
                        default="text",
                        max_length=4,
                        verbose_name="form",
                    ),
                ),
                (
                    "receipts_at_once",
                    models.BooleanField(default=False, verbose_name="send a receipt for each mail at once"),
                ),
                ("paused_until", models.DateTimeField(blank=True, null=True, verbose_name="pause until")),
                ("last_issue", models.PositiveIntegerField(default=0, editable=False)),
                ("last_item", models.PositiveIntegerField(default=10, editable=False)),
                ("next_issue_at", models.DateTimeField(blank=True, db_index=True, editable=False, null=True)),
                ("last_day", models.DateField(blank=True, editable=False, null=True)),
                ("stopping", models.BooleanField(default=False, editable=False)),
                ("next_probe_at", models.DateTimeField(blank=True, db_index=True, editable=False, null=True)),
                ("probes", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("suspended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("suspended_for", models.CharField(blank=True, editable=False, max_length=400)),
                ("revived_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("suspended_address", models.EmailField(blank=True, editable=False, max_length=254)),
                ("addresses_valid_from", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("suspended_at__isnull", False)),
                        fields=["suspended_at"],
                        name="mail_suspended",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("each", "Each post at once"),
                            ("daily", "Daily digest"),
                            ("weekly", "Weekly digest"),
                            ("monthly", "Monthly digest"),
                            ("none", "No mail"),
                        ],
                        default="daily",
                        max_length=8,
                        verbose_name="how often",
                    ),
                ),
                ("cursor", models.PositiveBigIntegerField(default=0)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="forum.thread",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="forum.workspace"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "cadence"], name="subscription_cadence")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("thread", None)),
                        fields=("member", "workspace"),
                        name="subscription_workspace_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("thread", None), _negated=True),
                        fields=("member", "thread"),
                        name="subscription_thread_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BinaryField(max_length=16)),
                ("message_id", models.CharField(max_length=998)),
                ("body", models.BinaryField(max_length=16)),
                ("words", models.BinaryField(max_length=16)),
                ("subject", models.BinaryField(blank=True, max_length=16)),
                ("is_reply", models.BooleanField(default=False)),
                ("wanted", models.BinaryField(blank=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "post",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="imported_mail",
                        to="forum.post",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="imported_mails", to="forum.workspace"
                    ),
                ),
            ],
            options={
                "verbose_name": "imported mail",
                "constraints": [models.UniqueConstraint(fields=("workspace", "key"), name="imported_mail_once")],
            },
        ),
        migrations.CreateModel(
            name="Destination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("domain", models.CharField(max_length=253, unique=True)),
                ("day", models.DateField(blank=True, null=True)),
                ("sent_today", models.PositiveIntegerField(default=0)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.CharField(blank=True, max_length=400)),
                ("full_until", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("leases", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "destination",
                "ordering": ("domain",),
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=400)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "began_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "pause of sending",
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1), condition=models.Q(("ended_at", None)), name="one_pause_in_force"
                    )
                ],
                "verbose_name_plural": "pauses of sending",
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("code", models.CharField(max_length=12)),
                (
                    "address",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address, if they have one"),
                ),
                ("consented_at", models.DateTimeField(blank=True, null=True)),
                ("consent", models.CharField(blank=True, max_length=400, verbose_name="how they agreed")),
                ("objected_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "courier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delegations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="couriers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "delegation",
                "ordering": ("courier", "name"),
                "constraints": [models.UniqueConstraint(fields=("courier", "code"), name="delegation_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=7)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("head", models.TextField(blank=True)),
                ("items", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("cursors", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="issues", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issues", to="notifications.edition"
                    ),
                ),
                ("last", models.PositiveIntegerField(default=0)),
                ("first_item", models.PositiveIntegerField(default=0)),
                ("last_item", models.PositiveIntegerField(default=0)),
                ("news", models.TextField(blank=True)),
                ("news_html", models.TextField(blank=True)),
                ("stop", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["member", "first_item"], name="issue_by_item")],
                "constraints": [models.UniqueConstraint(fields=("member", "number"), name="issue_number_unique")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claimed_until", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "code",
                    models.PositiveBigIntegerField(
                        default=notifications.models.letters.new_code, editable=False, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notice", "notice"),
                            ("post", "one post"),
                            ("issue", "digest"),
                            ("answer", "answer to a mail"),
                        ],
                        default="notice",
                        max_length=6,
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "now"), (3, "next"), (5, "soon"), (9, "in bulk")], default=5
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=60)),
                ("recipient", models.EmailField(max_length=254)),
                ("sender", models.CharField(max_length=254)),
                ("subject", models.CharField(max_length=400)),
                ("message_id", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="queued",
                        max_length=9,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.CharField(blank=True, max_length=400)),
                ("key", models.CharField(max_length=100, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("domain", models.CharField(blank=True, max_length=253)),
                ("pruned_at", models.DateTimeField(blank=True, null=True)),
                ("shows", models.JSONField(blank=True, null=True)),
                ("stored", models.BinaryField()),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="notifications.issue",
                    ),
                ),
                ("part", models.PositiveSmallIntegerField(default=0)),
                ("unanswered", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "letter",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["state", "priority", "due_at"], name="letter_queue"),
                    models.Index(condition=models.Q(("pruned_at", None)), fields=["id"], name="letter_with_bytes"),
                    models.Index(condition=models.Q(("member", None)), fields=["recipient"], name="letter_to_stranger"),
                    models.Index(
                        condition=models.Q(("sent_at__isnull", False)), fields=["sent_at"], name="letter_lately_sent"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("message_id",), name="letter_message_id_once"),
                    models.UniqueConstraint(fields=("key",), name="letter_key_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claimed_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("raw", models.BinaryField()),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("recipient", models.CharField(max_length=254)),
                ("envelope_sender", models.CharField(blank=True, max_length=254)),
                ("door", models.CharField(default="lmtp", max_length=10)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("read", "read"),
                            ("done", "done"),
                            ("held", "held"),
                            ("failed", "failed"),
                        ],
                        default="new",
                        max_length=6,
                    ),
                ),
                ("klass", models.CharField(blank=True, max_length=8)),
                ("outcome", models.CharField(blank=True, max_length=40)),
                ("problems", models.JSONField(blank=True, default=list)),
                ("error", models.TextField(blank=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("subject", models.CharField(blank=True, max_length=400)),
                ("from_address", models.CharField(blank=True, max_length=254)),
                ("message_id", models.CharField(blank=True, max_length=400)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="arrivals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="arrivals",
                        to="notifications.issue",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="arrivals",
                        to="notifications.letter",
                    ),
                ),
                ("pruned_at", models.DateTimeField(blank=True, null=True)),
                ("authenticity", models.CharField(blank=True, max_length=200)),
                ("is_known", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "arrival",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["envelope_sender", "-received_at"], name="arrival_by_sender"),
                    models.Index(fields=["state", "received_at"], name="arrival_queue"),
                    models.Index(fields=["member", "-received_at"], name="arrival_by_member"),
                    models.Index(condition=models.Q(("pruned_at", None)), fields=["id"], name="arrival_with_bytes"),
                    models.Index(fields=["from_address", "-received_at"], name="arrival_by_from"),
                    models.Index(fields=["recipient", "-received_at"], name="arrival_by_recipient"),
                    models.Index(fields=["is_known", "-received_at"], name="arrival_by_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(blank=True, max_length=20)),
                ("about", models.CharField(blank=True, max_length=60)),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("taken", "taken"),
                            ("waiting", "waiting for a moderator"),
                            ("held", "held"),
                            ("refused", "refused"),
                        ],
                        max_length=7,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("result", models.CharField(blank=True, max_length=60)),
                ("key", models.CharField(max_length=100, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "arrival",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="notifications.arrival"
                    ),
                ),
                (
                    "told_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="receipts",
                        to="notifications.issue",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="notifications.delegation",
                    ),
                ),
                ("on_behalf", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "answer",
                "ordering": ("arrival", "pk"),
                "indexes": [
                    models.Index(condition=models.Q(("told_at", None)), fields=["member"], name="answer_untold"),
                    models.Index(fields=["state", "created_at"], name="answer_by_state"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bounce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                ("is_hard", models.BooleanField()),
                ("status", models.CharField(blank=True, max_length=12)),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "arrival",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="bounces",
                        to="notifications.arrival",
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="bounce",
                        to="notifications.letter",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bounces", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "bounce",
                "ordering": ("-at", "-pk"),
                "indexes": [models.Index(fields=["member", "-at"], name="bounce_by_member")],
            },
        ),
    ]
