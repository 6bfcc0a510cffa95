"""The pages of an organisation's people: invited, given roles, leaving."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from ...govuk.words import day
from ...pages import page
from .. import actions
from ..forms import EndRoleForm, GrantRoleForm, InviteForm, ResendForm, WithdrawForm
from ..giving import given_by
from ..models import Invitation, Membership, User
from ..people import invitation, membership, people_of, person, state_of
from ..permissions import Permission
from ..throttle import held_back
from ..work import draft_of

LIST = "accounts:people"


@page(needs=Permission.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a role here, and who is invited."""
    context = people_of(request.viewer, request.GET)
    title = "People whose roles have ended" if context["former"] else "People"
    return TemplateResponse(request, "accounts/people.html", context | {"title": title})


@page(needs=Permission.MANAGE_PEOPLE, methods="GET POST")
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody to a role here."""
    viewer = request.viewer
    form = InviteForm(request.POST or None, draft=draft_of(request), acting=viewer, roles=given_by(viewer.roles))
    if form.is_valid():
        if wait := held_back(request, "send_link"):
            return wait
        if form.apply(actions.invite, by=viewer, on=viewer.on, organisation=viewer.organisation):
            messages.success(request, f"Invitation to {form.cleaned_data['email']} is on its way.")
            return redirect(LIST)
    return TemplateResponse(
        request, "accounts/invite.html", {"form": form, "title": "Invite somebody", "back": reverse(LIST)}
    )


@page(needs=Permission.MANAGE_PEOPLE, find=invitation)
def shown_invitation(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """One invitation, to be sent again or withdrawn."""
    state, colour = state_of(invitation, request.viewer.on)
    context = {"title": invitation.name, "invitation": invitation, "state": state, "colour": colour}
    context |= {"resend": ResendForm(acting=request.viewer), "withdraw": WithdrawForm(acting=request.viewer)}
    return TemplateResponse(request, "accounts/shown_invitation.html", context)


@page(needs=Permission.MANAGE_PEOPLE, find=invitation, methods="POST")
def resend(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Send an invitation again; the earlier link is dead."""
    form = ResendForm(request.POST, acting=request.viewer)
    if wait := held_back(request, "send_link"):
        return wait
    if form.is_valid() and form.apply(
        actions.resend, by=request.viewer, on=request.viewer.on, invitation_id=invitation.pk
    ):
        messages.success(request, f"A new invitation to {invitation.email} is on its way. The earlier link is dead.")
    _say_what_is_wrong(request, form)
    return redirect(LIST)


@page(needs=Permission.MANAGE_PEOPLE, find=invitation, methods="POST")
def withdraw(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Take an invitation back."""
    form = WithdrawForm(request.POST, acting=request.viewer)
    if form.is_valid() and form.apply(
        actions.withdraw, by=request.viewer, on=request.viewer.on, invitation_id=invitation.pk
    ):
        messages.success(request, f"The invitation to {invitation.email} is withdrawn. Its link is dead.")
    _say_what_is_wrong(request, form)
    return redirect(LIST)


def _say_what_is_wrong(request: HttpRequest, form: ResendForm | WithdrawForm) -> None:
    for problem in form.problems:
        messages.warning(request, problem.message)


@page(needs=Permission.MANAGE_PEOPLE, find=person, methods="GET POST")
def give_role(request: HttpRequest, person: User) -> HttpResponse:
    """Give somebody who is here already another role."""
    viewer = request.viewer
    roles, initial = given_by(viewer.roles), {"starts_on": viewer.on}
    form = GrantRoleForm(request.POST or None, draft=draft_of(request), acting=viewer, roles=roles, initial=initial)
    if form.is_valid() and (
        held := form.apply(
            actions.grant_membership, by=viewer, on=viewer.on, user=person, organisation=viewer.organisation
        )
    ):
        messages.success(request, f"{person.name} is {held.label.lower()} from {day(held.starts_on)}.")
        return redirect(LIST)
    context = {"form": form, "title": f"Give {person.name} a role", "back": reverse(LIST)}
    return TemplateResponse(request, "layouts/form.html", context)


@page(needs=Permission.MANAGE_PEOPLE, find=membership, methods="GET POST")
def end_role(request: HttpRequest, membership: Membership) -> HttpResponse:
    """End a role after its last day."""
    viewer = request.viewer
    form = EndRoleForm(request.POST or None, draft=draft_of(request), acting=viewer)
    if form.is_valid() and form.apply(actions.end_membership, by=viewer, on=viewer.on, membership_id=membership.pk):
        last = day(form.cleaned_data["last_day"])
        messages.success(request, f"{membership.user.name} is {membership.label.lower()} until {last}.")
        return redirect(LIST)
    title = f"End {membership.user.name}’s role of {membership.label.lower()}"
    return TemplateResponse(request, "accounts/end_role.html", {"form": form, "title": title, "back": reverse(LIST)})
