"""What the cells of an imported row mean in a consultation: its question or paragraph, who said it, for whom, where."""

from functools import cached_property, partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from consultations import importing
from consultations.models import Paragraph
from consultations.models.consultations import Participation
from consultations.services import comments
from core import languages
from core import text as texts
from core.access import Refused
from forum import rules as forum_rules
from members import countries
from members.models import Category, Member, Organisation, Region
from members.models.members import normalise_address


class Names:
    """What the names in cells mean here; each is asked of the database once, however many rows there are."""

    def __init__(self, consultation):
        self.consultation = consultation
        self._paragraphs, self._members = {}, {}

    def place(self, words):
        """(the Question, None), or (the Paragraph, how words are written to it)."""
        found = importing.place(words)
        question = self._questions.get(found.question) if found else None
        if question:
            return question, None
        paragraph = self._paragraph(found) if found and found.document else None
        if paragraph is None:
            raise Refused(_("There is no question or paragraph “%(place)s” here.") % {"place": words.strip()[:60]})
        return paragraph, partial(comments.write, paragraph=paragraph)

    @cached_property
    def _questions(self):
        rows = self.consultation.questions.select_related("phase", "thread")
        found = {}
        for question in rows:
            question.consultation = question.phase.consultation = self.consultation
            if question.thread:
                question.thread.workspace = self.consultation.workspace
            found[question.number] = question
        return found

    def _paragraph(self, place):
        if place not in self._paragraphs:
            rows = Paragraph.objects.with_all().filter(
                version__document__consultation=self.consultation,
                version__document__number=place.document,
                version__published_at__isnull=False,
                label=place.label,
            )
            rows = rows.filter(version__number=place.version) if place.version else rows
            found = rows.order_by("-version__number").first() if place.label else None
            if found:
                document = found.version.document
                document.consultation = document.phase.consultation = self.consultation
            self._paragraphs[place] = found
        return self._paragraphs[place]

    def organisation(self, words):
        """(the Organisation of this name or acronym or None, the name)."""
        name = texts.clean_line(words, 200)
        found = self._organisations.get(name.casefold()) if name else None
        if name and found is None and self.consultation.participation == Participation.ORGANISATIONS:
            raise _unknown("organisation", name)
        return found, name

    @cached_property
    def _organisations(self):
        rows = list(Organisation.objects.select_related("region").order_by("-pk"))
        by_acronym = {row.acronym.casefold(): row for row in rows if row.acronym}
        return by_acronym | {row.name.casefold(): row for row in rows}

    def meet(self, addresses):
        """Ask at once who owns these addresses."""
        wanted = {normalise_address(address) for address in addresses if address.strip()} - self._members.keys()
        owners = Member.objects.by_addresses(wanted) if wanted else {}
        members = Member.objects.in_bulk(set(owners.values()))
        self._members |= {address: members.get(owners.get(address)) for address in wanted}

    def member(self, address):
        """The member who owns an address, under whose name the words will stand; None for somebody who is none."""
        member = self._members.get(normalise_address(address))
        if member and not forum_rules.may_write(member, self.consultation.workspace):
            raise Refused(
                _("The address is that of a member who may not write here. Give them a seat, and import the row again.")
            )
        return member

    def address(self, words):
        address = normalise_address(words)
        try:
            if address:
                validate_email(address)
        except ValidationError as invalid:
            raise _unknown("email", words) from invalid
        return address

    def category(self, words):
        return self._choice("category", words, self._categories)

    @cached_property
    def _categories(self):
        found = {value: value for value in Category.values}
        for language in languages.LANGUAGES:
            with languages.speaking(language):
                found |= {str(label).casefold(): value for value, label in Category.choices}
        return found

    def region(self, words):
        return self._choice("region", words, self._regions) or None

    @cached_property
    def _regions(self):
        rows = list(Region.objects.all())
        names = {name.casefold(): row for row in rows for name in (row.name, *row.names.values())}
        return names | {row.code: row for row in rows}

    def country(self, words):
        return self._choice("country", words, self._countries)

    @cached_property
    def _countries(self):
        return countries.codes() | {code.casefold(): code for code, _name in countries.choices() if code}

    def language(self, words):
        code = words.strip().casefold()
        return self._choice("language", code.split("-")[0].split("_")[0], self._languages)

    @cached_property
    def _languages(self):
        own = {name.casefold(): code for code, (name, *_rest) in languages.LANGUAGES.items()}
        return own | {code: code for code in languages.LANGUAGES}

    def _choice(self, column, words, known):
        wanted = words.strip().casefold()
        if not wanted:
            return ""
        if wanted not in known:
            raise _unknown(column, words)
        return known[wanted]


def _unknown(column, value):
    facts = {"value": texts.clean_line(value, 60), "column": column}
    return Refused(_("“%(value)s” in the column “%(column)s” is not known here.") % facts)
