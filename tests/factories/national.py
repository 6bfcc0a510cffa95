"""Files of the national service, imports, and claims that a body brought along."""

from datetime import UTC, date, datetime
from hashlib import sha256

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from cases.models import EarlierClaim, ImportBatch, ImportRow, NationalFile, NationalRow

from .accounts import BodyFactory, UserFactory
from .cases import STARTED, BodyPeriodFactory

CONTENT = '"TRN","Date of birth","Induction programme","Induction period start date"\n'
CONTENT += '"3000000","2001-03-04","provider-led","2025-09-01"\n'


class NationalFileFactory(DjangoModelFactory):
    class Meta:
        model = NationalFile

    body = SubFactory(BodyFactory)
    kind = "claims"
    content = CONTENT
    digest = LazyAttribute(lambda file: sha256(file.content.encode()).hexdigest())
    row_count = 1
    made_by = SubFactory(UserFactory)
    made_on = date(2025, 10, 1)


class NationalRowFactory(DjangoModelFactory):
    class Meta:
        model = NationalRow

    file = SubFactory(NationalFileFactory)
    kind = SelfAttribute("file.kind")
    position = 1
    period = SubFactory(BodyPeriodFactory)


class ImportBatchFactory(DjangoModelFactory):
    class Meta:
        model = ImportBatch

    body = SubFactory(BodyFactory)
    row_count = 1
    checked_by = SubFactory(UserFactory)
    checked_on = STARTED
    kept_until = datetime(2025, 9, 2, 12, tzinfo=UTC)


class ImportRowFactory(DjangoModelFactory):
    class Meta:
        model = ImportRow

    batch = SubFactory(ImportBatchFactory)
    number = Sequence(lambda n: n + 2)
    cells = {"TRN": "7000001"}
    state = "ready"


class EarlierClaimFactory(DjangoModelFactory):
    class Meta:
        model = EarlierClaim

    body = SubFactory(BodyFactory)
    trn = Sequence(lambda n: f"{7_100_000 + n}")
    date_of_birth = date(2001, 3, 4)
    route = "school_led"
    starts_on = STARTED
    imported_on = date(2025, 10, 1)
