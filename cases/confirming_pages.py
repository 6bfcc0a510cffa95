"""What the pages are given on which a body answers a registration."""

from typing import Any

from django.urls import reverse

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.viewer import Viewer

from .forms.responsible import PeopleOfBody
from .matching import claim_met_by
from .models import BodyPeriod, Confirmation, Induction, Registration
from .querysets import in_force
from .registration_pages import as_it_was
from .registrations import cards, names_of, report_from, report_of, state_words
from .rules.eligibility import Report


def started_from(viewer: Viewer, registration: Registration) -> dict[str, Any]:
    """Values to begin with: what the school said where the body has to look itself stays empty; the kind of body as it
    was last time, and the people who look after the teacher already.
    """
    last = Confirmation.objects.filter(body=viewer.organisation).exclude(acts_as="").order_by("-decided_at").first()
    period = BodyPeriod.objects.filter(
        in_force("", on=viewer.on), body=viewer.organisation, induction__teacher__trn=registration.trn
    ).first()
    people = PeopleOfBody.chosen(period.officer, period.contact) if period else {}
    claim = claim_met_by(registration)
    soonest = claim.starts_on if claim else max(registration.starts_on, viewer.on)
    return {"starts_on": soonest, "acts_as": last.acts_as if last else ""} | people


def confirm_page(form: Any, registration: Registration, own: Induction | None) -> dict[str, Any]:
    """The journey of confirming: the form, what the school said to hold it against, and who the teacher may be."""
    return {
        "title": f"Confirm the registration of {registration.name}",
        "back": reverse("cases:registration", args=[registration.pk]),
        "form": form,
        "registration": registration,
        "cards": cards(report_of(registration), names_of(registration)),
        "check_identity": "identity_checked" in form.fields,
        "own_record": own,
        "claim": claim_met_by(registration),
    }


def moved_on(form: Any, registration: Registration) -> dict[str, Any]:
    """The school changed the registration, or somebody answered it, while the body was answering.

    What was typed stays in the form, which goes on from the version that is there now.
    """
    told = as_it_was(registration, form.version)
    then, now = _facts(report_from(told)) if told else {}, _facts(report_of(registration))
    rows = [
        {"key": key, "then": then.get(key, ""), "now": now.get(key, "")}
        for key in {**then, **now}
        if then.get(key) != now.get(key)
    ]
    form.version = registration.version
    waits = registration.state == Registration.State.SENT
    return {
        "title": "The registration has changed" if waits else "This registration does not wait for you any more",
        "back": reverse("cases:registration", args=[registration.pk]),
        "form": form,
        "registration": registration,
        "waits": waits,
        "state": state_words(registration),
        "rows": rows,
    }


def _facts(report: Report) -> dict[str, str]:
    """Everything a version says, by the words of its key."""
    people = User.objects.filter(pk__in=[report.tutor_id, report.mentor_id]).values_list("pk", "name")
    names = dict(people) | dict(Organisation.objects.filter(pk=report.body_id).values_list("pk", "name"))
    return {row["key"]: row["value"] for card in cards(report, names) for row in card.rows}
