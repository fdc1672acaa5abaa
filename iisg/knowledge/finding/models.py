"""The index of search: one entry for each record and circle of readers, in step with the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import connections, models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can, PillarCode
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action, Party, PartyRole
from iisg.knowledge.finding.asked import Asked
from iisg.knowledge.needs.models import Need

PARTNER_BITS = {code: 1 << n for n, code in enumerate(("AL", "BA", "XK", "ME", "MK", "RS"))}
PILLAR_BITS = {code: 1 << n for n, code in enumerate(PillarCode.values)}
TITLE, NAMES, TEXT = 10.0, 4.0, 1.0
"""How much a word weighs in the title, in names, and in the rest of a record."""
CONFIGURATION = "iisg"
"""PostgreSQL: English stems and no stop words, as FTS5 has it; made by the migration."""


class EntryKind(models.TextChoices):
    """What is found."""

    NEED = "need", _("Needs")
    ACTION = "action", _("Actions")
    ORGANISATION = "organisation", _("Organisations")


class Audience(models.TextChoices):
    """For whom the words of an entry were chosen; the public's entries hold public facts only (rules.md 7)."""

    MEMBERS = "members", _("members")
    PUBLIC = "public", _("everybody")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Questions about what can be found."""

    def visible_to(self, reader: object) -> Self:
        """Members find needs, actions and organisations; the public published actions and public bodies.

        The public is asked of the records themselves too, so that an entry left behind could tell nothing.
        """
        if sees(reader, Can.READ_ACTIONS) and sees(reader, Can.READ_NEEDS):
            return self.filter(audience=Audience.MEMBERS)
        named = Party.objects.filter(
            organisation=OuterRef("organisation"),
            role__in=(PartyRole.FUNDING, PartyRole.IMPLEMENTING),
            action__is_public=True,
        )
        public_body = Q(kind=EntryKind.ORGANISATION) & (Q(organisation__confirmed=True) | Exists(named))
        public_action = Q(kind=EntryKind.ACTION, action__in=Action.objects.published())
        return self.filter(public_body | public_action, audience=Audience.PUBLIC)

    def holding(self, words: str, *, any_word: bool = False) -> Self:
        """Entries that hold every word, or any of them, in any script; in no order, and none for no words."""
        asked = Asked.read(words)
        if not asked:
            return self.none()
        return self._matching(asked, any_word=any_word, weighed=False)

    def found(self, words: str, *, any_word: bool = False) -> Self:
        """As `holding`, the best first.

        Ranked by where the words stand (title, names, text) and how rare they are; a reference as typed leads.
        """
        asked = Asked.read(words)
        if not asked:
            return self.none()
        matching = self._matching(asked, any_word=any_word, weighed=True)
        if connections[self.db].vendor == "postgresql":
            weights = [0.0, TEXT / TITLE, NAMES / TITLE, 1.0]
            query = _query(asked, any_word=any_word)
            rank: Any = SearchRank(F("vector"), query, weights=weights, normalization=Value(1))
        else:
            rank = -_Bm25()
        named = Case(When(ref__iexact=words.strip(), then=Value(0)), default=Value(1))
        return matching.order_by(named, rank.desc() if hasattr(rank, "desc") else rank, "pk")

    def _matching(self, asked: Asked, *, any_word: bool, weighed: bool) -> Self:
        if connections[self.db].vendor == "postgresql":
            return self.filter(vector=_query(asked, any_word=any_word))
        return self.filter(words__everything__match=asked.for_fts5(any_word=any_word, weighed=weighed))

    def of_kind(self, kind: EntryKind) -> Self:
        """Only needs, actions or organisations."""
        return self.filter(kind=kind)

    def needs(self) -> models.QuerySet[Entry, int | None]:
        """Keys of the needs among them."""
        return self.filter(kind=EntryKind.NEED).order_by().values_list("need", flat=True)

    def reaching(self, code: str) -> Self:
        """Of the partner, or reaching it."""
        return self.alias(of_partner=F("partners").bitand(PARTNER_BITS[code])).filter(of_partner__gt=0)

    def perhaps_reaching(self, codes: Iterable[str]) -> Self:
        """Of any of the partners, or of none that is known."""
        asked = sum({PARTNER_BITS[code] for code in codes})
        return self.alias(of_partners=F("partners").bitand(asked)).filter(
            Q(of_partners__gt=0) | Q(partners=0)
        )

    def under(self, pillar: str) -> Self:
        """Of the pillar."""
        return self.alias(of_pillar=F("pillars").bitand(PILLAR_BITS[pillar])).filter(of_pillar__gt=0)

    def tally(self) -> Tally:
        """How many entries there are, by kind, partners and pillars; one query whatever is counted of it."""
        groups = self.order_by().values_list("kind", "partners", "pillars").annotate(number=Count("pk"))
        return Tally(tuple(groups))


def _query(asked: Asked, *, any_word: bool) -> SearchQuery:
    return SearchQuery(asked.for_tsquery(any_word=any_word), config=CONFIGURATION, search_type="raw")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of entries by (kind, bits of partners, bits of pillars), from which every facet is told."""

    groups: tuple[tuple[str, int, int, int], ...]

    def chosen(self, kind: str = "", partner: str = "", pillar: str = "") -> Tally:
        """What the choices let through; blank chooses nothing."""
        return Tally(
            tuple(
                group
                for group in self.groups
                if (not kind or group[0] == kind)
                and (not partner or group[1] & PARTNER_BITS[partner])
                and (not pillar or group[2] & PILLAR_BITS[pillar])
            )
        )

    @property
    def total(self) -> int:
        """How many entries."""
        return sum(number for *_, number in self.groups)

    def facets(self) -> dict[str, int]:
        """How many entries there are of each kind, partner and pillar, by their codes."""
        counted = dict.fromkeys([*EntryKind.values, *PARTNER_BITS, *PILLAR_BITS], 0)
        for kind, partners, pillars, number in self.groups:
            counted[kind] += number
            for held, bits in ((partners, PARTNER_BITS), (pillars, PILLAR_BITS)):
                for code, bit in bits.items():
                    counted[code] += number if held & bit else 0
        return counted


class Entry(models.Model):
    """What of a record can be found, by whom, and by which words; its words are folded once, here."""

    handling = Handling(Marking.MEMBERS, "as its record")

    kind = models.CharField(_("kind"), max_length=12, choices=EntryKind.choices)
    audience = models.CharField(_("for"), max_length=8, choices=Audience.choices)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, null=True, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    ref = models.CharField(_("reference"), max_length=120)
    partners = models.PositiveSmallIntegerField(_("partners, a bit for each"), default=0)
    pillars = models.PositiveSmallIntegerField(_("pillars, a bit for each"), default=0)
    title = models.TextField(_("words of the title"))
    names = models.TextField(_("words of names"), blank=True)
    text = models.TextField(_("all other words"), blank=True)
    vector = SearchVectorField(null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the index")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=[record, "audience"], name=f"one_entry_per_{record}_and_audience")
            for record in ("need", "action", "organisation")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Match(models.Lookup[str]):
    """FTS5's own operator."""

    lookup_name = "match"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} MATCH {right}", (*left_values, *right_values)


class EverythingField(models.TextField[str, str]):
    """The column of an FTS5 table that stands for all its columns."""


EverythingField.register_lookup(Match)


class _Bm25(models.Func):
    """FTS5's rank, the lower the better; reference and kind have no weight of their own."""

    template = f'bm25("finding_words", {TITLE}, {NAMES}, {TEXT})'
    output_field = models.FloatField()
    arity = 0


class Words(models.Model):
    """SQLite only: the FTS5 table over the entries' words, kept in step by triggers of the migration."""

    handling = Handling(Marking.INTERNAL, "as its entry")

    entry = models.OneToOneField(
        Entry, primary_key=True, db_column="rowid", on_delete=models.DO_NOTHING, related_name="words"
    )
    everything = EverythingField(db_column="finding_words")

    class Meta:
        managed = False
        db_table = "finding_words"
        verbose_name = _("words of an entry")

    def __str__(self) -> str:
        return str(self.entry_id)
