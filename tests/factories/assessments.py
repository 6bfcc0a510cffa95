"""Formal assessments and what hangs on them, without the actions."""

import hashlib
import uuid
from datetime import date

from factory import LazyAttribute, LazyFunction, SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from assessments.models import (
    Assessment,
    AssessmentComment,
    AssessmentResponse,
    AssessmentVersion,
    DrawnFrom,
    HeadLetter,
    Judgement,
    LetterAcknowledgement,
    PaperComment,
    PaperSignature,
    Recommendation,
    Sending,
    Signature,
    VersionRead,
)

from .accounts import UserFactory
from .cases import PlacementFactory

DAY = date(2026, 7, 15)
EMPTY = hashlib.sha256(b"{}").hexdigest()


class AssessmentFactory(DjangoModelFactory):
    """A first assessment that is with the ECT for comments."""

    class Meta:
        model = Assessment

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    kind = "first"
    number = 1
    status = "commenting"
    turn = LazyAttribute(lambda made: {"commenting": "ect", "signing": "induction_tutor"}.get(made.status, ""))
    due_on = date(2026, 7, 20)
    period_starts_on = SelfAttribute("placement.starts_on")
    held_on = date(2026, 7, 10)
    latest = 1
    sent = LazyAttribute(lambda made: made.latest if made.status in ("sent", "accepted", "returned") else 0)
    written_by = SubFactory(UserFactory)


class AssessmentVersionFactory(DjangoModelFactory):
    class Meta:
        model = AssessmentVersion

    assessment = SubFactory(AssessmentFactory)
    number = 1
    content = "{}"
    sha256 = EMPTY
    tutor_part = EMPTY
    head_part = EMPTY
    ect_part = EMPTY
    sealed_by = SelfAttribute("assessment.written_by")
    sealed_on = DAY


class JudgementFactory(DjangoModelFactory):
    class Meta:
        model = Judgement

    version = SubFactory(AssessmentVersionFactory)
    standard = "TS1"
    satisfactory = True
    evidence = "Two visits"


class DrawnFromFactory(DjangoModelFactory):
    class Meta:
        model = DrawnFrom

    version = SubFactory(AssessmentVersionFactory)
    place = 1
    standard = "TS1"
    kind = "review"
    subject_id = LazyFunction(uuid.uuid4)
    says = "Progress review 1"


class VersionReadFactory(DjangoModelFactory):
    class Meta:
        model = VersionRead

    version = SubFactory(AssessmentVersionFactory)
    by = SubFactory(UserFactory)
    on = DAY


class AssessmentCommentFactory(DjangoModelFactory):
    class Meta:
        model = AssessmentComment

    version = SubFactory(AssessmentVersionFactory)
    text = "A fair picture"
    by = SubFactory(UserFactory)
    on = DAY


class SignatureFactory(DjangoModelFactory):
    """The induction tutor's."""

    class Meta:
        model = Signature

    version = SubFactory(AssessmentVersionFactory)
    role = "induction_tutor"
    status = "signed"
    sha256 = SelfAttribute("version.sha256")
    part = LazyAttribute(lambda made: made.version.parts.get(made.role, EMPTY))
    by = SubFactory(UserFactory)
    on = DAY


class PaperCommentFactory(DjangoModelFactory):
    """What the ECT said, recorded by somebody else."""

    class Meta:
        model = PaperComment

    version = SubFactory(AssessmentVersionFactory)
    way = "commented"
    text = "A fair picture"
    given_on = DAY
    by = SubFactory(UserFactory)
    on = DAY


class PaperSignatureFactory(DjangoModelFactory):
    """The ECT's, on paper."""

    class Meta:
        model = PaperSignature

    signature = SubFactory(SignatureFactory, role="ect")
    way = "signed"
    witness = "Elspeth Muir"
    given_on = DAY


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = Recommendation

    signature = SubFactory(SignatureFactory, role="headteacher")
    outcome = "satisfactory"
    content = "{}"
    sha256 = EMPTY
    status = "draft"


class HeadLetterFactory(DjangoModelFactory):
    class Meta:
        model = HeadLetter

    signature = SubFactory(SignatureFactory, role="headteacher")


class LetterAcknowledgementFactory(DjangoModelFactory):
    class Meta:
        model = LetterAcknowledgement

    letter = SubFactory(HeadLetterFactory)
    by = SubFactory(UserFactory)
    on = DAY


class SendingFactory(DjangoModelFactory):
    class Meta:
        model = Sending

    version = SubFactory(AssessmentVersionFactory)
    by = SubFactory(UserFactory)
    on = DAY


class AssessmentResponseFactory(DjangoModelFactory):
    class Meta:
        model = AssessmentResponse

    version = SubFactory(AssessmentVersionFactory)
    outcome = "accepted"
    by = SubFactory(UserFactory)
    on = DAY
