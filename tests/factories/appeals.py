"""Appeals against decisions, without the actions."""

from factory import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from assessments.models import Appeal, AppealGround, AppealHearing, AppealReply, AppealRequest, AppealTime

from .accounts import UserFactory
from .assessments import EMPTY
from .deciding import DAY, DecisionFactory


class OfDecision(DjangoModelFactory):
    class Meta:
        abstract = True

    decision = SubFactory(DecisionFactory)
    induction = SelfAttribute("decision.induction")
    placement = SelfAttribute("decision.placement")
    school = SelfAttribute("decision.school")
    body = SelfAttribute("decision.body")


class AppealTimeFactory(OfDecision):
    class Meta:
        model = AppealTime


class AppealFactory(OfDecision):
    class Meta:
        model = Appeal

    status = "made"
    made_on = DAY
    learned = "copy"
    copy_on = DAY
    by = SubFactory(UserFactory)
    on = DAY


class AppealGroundFactory(DjangoModelFactory):
    class Meta:
        model = AppealGround

    appeal = SubFactory(AppealFactory)
    number = 1
    text = "TS7 was not observed"


class StepFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    appeal = SubFactory(AppealFactory)
    number = 1
    by = SubFactory(UserFactory)
    on = DAY


class AppealReplyFactory(StepFactory):
    class Meta:
        model = AppealReply

    sent_on = DAY
    content = "{}"
    sha256 = EMPTY


class AppealHearingFactory(StepFactory):
    class Meta:
        model = AppealHearing

    held_on = DAY.replace(year=DAY.year + 1)
    noticed_on = DAY


class AppealRequestFactory(StepFactory):
    class Meta:
        model = AppealRequest

    asked_on = DAY
    wanted_by = DAY
    text = "The minutes"
