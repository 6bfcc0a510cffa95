"""Pages of the headteacher's letter: read, acknowledged by the ECT, downloaded."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases.frame import frame
from induction_portal.accounts.permissions import Permission
from induction_portal.documents.responses import file_response
from induction_portal.pages import page

from .. import actions, letter_access, letter_document
from ..forms import AcknowledgeLetterForm
from ..letter_pages import letter_context
from ..models import HeadLetter


@page(needs=Permission.READ_ASSESSMENT, find=letter_access.letter)
def letter(request: HttpRequest, letter: HeadLetter) -> HttpResponse:
    return TemplateResponse(request, "assessments/letter.html", letter_context(request, letter))


@page(needs=Permission.COMMENT_ON_ASSESSMENT, find=letter_access.letter, methods="POST")
def letter_acknowledgement(request: HttpRequest, letter: HeadLetter) -> HttpResponse:
    form = AcknowledgeLetterForm(request.POST, acting=request.viewer)
    given = {"by": request.viewer, "on": request.viewer.on, "letter": letter}
    if form.is_valid() and form.apply(actions.acknowledge_letter, **given):
        messages.success(request, "Acknowledged. The headteacher and the induction tutor have been told.")
        return redirect("assessments:letter", letter.pk)
    context = letter_context(request, letter) | {"form": form}
    return TemplateResponse(request, "assessments/letter.html", context)


@page(needs=Permission.READ_ASSESSMENT, find=letter_access.letter)
def letter_pdf(request: HttpRequest, letter: HeadLetter) -> HttpResponse:
    if issued := letter_document.issued(letter):
        return file_response(issued)
    letter_document.ask_again(letter)
    assessment = letter.signature.version.assessment
    context = frame(request, assessment.induction) | {"title": "The letter is being prepared", "letter": letter}
    return TemplateResponse(request, "assessments/letter_preparing.html", context, status=202)
