"""Notices of decisions, and the wording of letters, without the actions."""

from factory import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from assessments.models import LetterWording, Notice

from .accounts import BodyFactory, UserFactory
from .assessments import EMPTY
from .deciding import DAY, DecisionFactory


class NoticeFactory(DjangoModelFactory):
    """One that the mail server accepted."""

    class Meta:
        model = Notice

    decision = SubFactory(DecisionFactory)
    induction = SelfAttribute("decision.induction")
    placement = SelfAttribute("decision.placement")
    school = SelfAttribute("decision.school")
    body = SelfAttribute("decision.body")
    to = "ect"
    status = "sent"
    addressee = "Alex Example"
    content = "{}"
    sha256 = EMPTY
    by = SubFactory(UserFactory)
    on = DAY
    sent_on = DAY


class LetterWordingFactory(DjangoModelFactory):
    class Meta:
        model = LetterWording

    organisation = SubFactory(BodyFactory)
    starts_on = DAY
    by = SubFactory(UserFactory)
    on = DAY
