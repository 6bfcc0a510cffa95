"""What an ECT writes, and a body decides, without the actions."""

from datetime import date
from decimal import Decimal

from factory import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from assessments.models import Decision, DecisionApproval, Representation
from cases.models import DecisionExtension

from .accounts import UserFactory
from .assessments import EMPTY, RecommendationFactory
from .cases import InductionFactory

DAY = date(2027, 7, 22)
ASSESSMENT = "recommendation.signature.version.assessment"


class DecisionExtensionFactory(DjangoModelFactory):
    class Meta:
        model = DecisionExtension

    induction = SubFactory(InductionFactory)
    number = 1
    terms = Decimal("1.5")
    decided_on = DAY


class _OfRecommendation(DjangoModelFactory):
    """A record about one recommendation, at the school and body of its report."""

    class Meta:
        abstract = True

    recommendation = SubFactory(RecommendationFactory, status="sent")
    induction = SelfAttribute(f"{ASSESSMENT}.induction")
    placement = SelfAttribute(f"{ASSESSMENT}.placement")
    school = SelfAttribute(f"{ASSESSMENT}.school")
    body = SelfAttribute(f"{ASSESSMENT}.body")
    by = SubFactory(UserFactory)
    on = DAY


class RepresentationFactory(_OfRecommendation):
    class Meta:
        model = Representation

    text = "I was ill for half of the term"
    waives = False


class DecisionFactory(_OfRecommendation):
    """A pass that was made."""

    class Meta:
        model = Decision

    assessment = SelfAttribute(ASSESSMENT)
    report = SelfAttribute("recommendation.signature.version")
    outcome = "pass"
    reasons = "Every Standard is met"
    status = "passed"
    made_on = DAY
    content = "{}"
    sha256 = EMPTY


class DecisionApprovalFactory(DjangoModelFactory):
    class Meta:
        model = DecisionApproval

    decision = SubFactory(DecisionFactory)
    outcome = "approved"
    by = SubFactory(UserFactory)
    on = DAY
