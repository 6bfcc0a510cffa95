"""Input of a colleague: asked for, sent again, withdrawn, opened, given, read (ADR 0076)."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models.functions import Now

from cases.models import Appointment, Induction, Placement
from cases.querysets import in_force
from cases.rules.colleague_input import check_answer, check_colleague, check_request, said, works_until
from cases.rules.errors import RuleBroken
from cases.rules.standards import Standard
from induction_portal import clock
from induction_portal.accounts.links import wake_after_commit
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import canonical, case_chain, record

from .. import tell_inputs as tell
from ..models import InputAnswer, InputRequest
from ..serving import origin, refuse

PAGE = System("input page")
GONE = "This link does not work any more. Ask whoever sent it to send it again"


@action
def ask_colleague(
    *, by: Viewer, on: date, placement: Placement, name: str, post: str, email: str, standards: list[Standard],
    question: str, answer_by: date,
) -> InputRequest:  # fmt: skip
    """Ask a colleague by a link that works once; the ECT is told.

    Raises RuleBroken for a request without a name, a post, Standards or a question, a day that is past or far off, the
    address of the ECT, their mentor or the asker, and one that has not been answered yet.
    """
    placement = _locked_placement(placement)
    words = {"name": name.strip(), "post": post.strip(), "question": question.strip()}
    refuse(check_request(standards=standards, answer_by=answer_by, today=on, **words))
    email = email.strip().lower()
    _check_colleague(by, on, placement, email)
    asked = InputRequest.objects.create(
        email=email,
        standards=[each.value for each in Standard if each in standards],
        answer_by=answer_by,
        expires_on=works_until(answer_by, today=on),
        asked_by=by.user,
        asked_on=on,
        **words,
        **origin(placement, on=on),
    )
    after = {"standards": asked.standards, "answer_by": answer_by, "expires_on": asked.expires_on}
    _record(by, on, Event.INPUT_ASKED, asked, after=after)
    tell.asked(asked)
    wake_after_commit()
    return asked


@action
def ask_again(*, by: Viewer, on: date, asked: InputRequest) -> InputRequest:
    """Send the mail again, with a new link; the earlier one is dead at once. Raises RuleBroken once it was answered or
    withdrawn.
    """
    asked = _locked_open(asked.pk)
    before = {"expires_on": asked.expires_on}
    asked.link_digest, asked.sent_at, asked.failure, asked.attempts = "", None, "", 0
    asked.expires_on, asked.next_attempt_at = works_until(asked.answer_by, today=on), Now()
    asked.save()
    _record(by, on, Event.INPUT_ASKED_AGAIN, asked, before=before, after={"expires_on": asked.expires_on})
    wake_after_commit()
    return asked


@action
def withdraw_request(*, by: Viewer, on: date, asked: InputRequest) -> InputRequest:
    """Take a request back; its link is dead at once. Raises RuleBroken once it was answered or withdrawn."""
    asked = _locked_open(asked.pk)
    asked.withdrawn_on = on
    asked.save(update_fields=["withdrawn_on"])
    _record(by, on, Event.INPUT_WITHDRAWN, asked)
    return asked


@action
def note_opened(*, on: date, asked_id: UUID) -> None:
    """The colleague's page was shown for the first time: the ECT's name was told (R78). Again, it changes nothing."""
    asked = _locked(asked_id)
    if asked.opened_at is None and asked.works(on=on):
        asked.opened_at = clock.now()
        asked.save(update_fields=["opened_at"])
        _record(PAGE, on, Event.INPUT_OPENED, asked)


@action
def give_input(*, on: date, asked_id: UUID, words: Mapping[Standard, str], nothing_to_say: bool) -> InputRequest:
    """The colleague answers, once; the asker, the tutor and the ECT are told.

    Raises RuleBroken for a link that does not work (any more), an answer that says nothing or of other Standards.
    """
    asked = _locked(asked_id)
    if not asked.works(on=on):
        raise RuleBroken(GONE)
    refuse(check_answer(words, nothing_to_say=nothing_to_say, asked=asked.asked))
    told = said(words)
    asked.answered_on, asked.nothing_to_say = on, nothing_to_say
    asked.save(update_fields=["answered_on", "nothing_to_say"])
    InputAnswer.objects.bulk_create(
        InputAnswer(request=asked, standard=standard, words=text) for standard, text in told.items()
    )
    digest = sha256(canonical({s.value: text for s, text in told.items()}).encode()).hexdigest()
    after = {"standards": [s.value for s in told], "nothing_to_say": nothing_to_say, "sha256": digest}
    _record(PAGE, on, Event.INPUT_GIVEN, asked, after=after)
    tell.given(asked)
    return asked


@action
def read_input(*, by: Viewer, on: date, asked: InputRequest) -> InputRequest:
    """The school has read the answer; said twice, it stands once. Raises RuleBroken before there is one."""
    asked = _locked(asked.pk)
    if asked.answered_on is None:
        raise RuleBroken("There is no answer to read yet")
    if asked.read_on is None:
        asked.read_on = on
        asked.save(update_fields=["read_on"])
        _record(by, on, Event.INPUT_READ, asked)
    return asked


def _check_colleague(by: Viewer, on: date, placement: Placement, email: str) -> None:
    """Whose the address is, as far as the school knows: the ECT's own personal address is theirs to tell."""
    ect = placement.induction.teacher.user
    mentors = Appointment.objects.filter(in_force("", on=on), placement=placement, kind=Appointment.Kind.MENTOR)
    refuse(
        check_colleague(
            is_ect=ect is not None and ect.email.lower() == email,
            is_self=by.user.email.lower() == email,
            is_mentor=mentors.filter(user__email__iexact=email).exists(),
        )
    )
    asked = InputRequest.objects.open().filter(induction=placement.induction, school=placement.school_id, email=email)
    if asked.exists():
        raise RuleBroken("This colleague has been asked and has not answered: send it again, or withdraw it", "email")


def _locked_placement(placement: Placement) -> Placement:
    Induction.objects.locked(placement.induction_id)
    return Placement.objects.select_related("induction__teacher__user").get(pk=placement.pk)


def _locked(asked_id: UUID) -> InputRequest:
    """The request as it is now, after its case was locked."""
    Induction.objects.locked(InputRequest.objects.values_list("induction", flat=True).get(pk=asked_id))
    rows = InputRequest.objects.select_related("placement", "induction__teacher__user", "asked_by")
    return rows.select_for_update(of=("self",)).get(pk=asked_id)


def _locked_open(asked_id: UUID) -> InputRequest:
    asked = _locked(asked_id)
    if asked.answered_on:
        raise RuleBroken("Your colleague has answered already")
    if asked.withdrawn_on:
        raise RuleBroken("This was withdrawn already. Ask your colleague anew")
    return asked


def _record(by: Viewer | System, on: date, event: Event, asked: InputRequest, **told: Any) -> None:
    """In the chain of the case; never the address, the question or the answer."""
    record(by, event, asked, chain=case_chain(asked.induction_id), on=on, **told)
