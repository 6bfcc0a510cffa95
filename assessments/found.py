"""What a review or an assessment found that may give cause for a concern (R69)."""

from django.urls import reverse

from cases.rules.assessing import Report
from cases.rules.standards import Rating
from support_plans.actions import Finding

from .content import Answers
from .models import Assessment, ProgressReview


def of_review(review: ProgressReview, answers: Answers) -> Finding:
    """Every Standard rated "Attention needed" or "Cause for concern", and whether the ECT is on track."""
    low = tuple(standard for standard, rating in answers.ratings.items() if rating <= Rating.ATTENTION)
    url = reverse("assessments:review", args=[review.pk])
    return Finding(review.pk, str(review), url, low, answers.on_track is not False)


def of_assessment(assessment: Assessment, report: Report) -> Finding:
    """Every Standard in which performance is not satisfactory, and whether progress is."""
    low = tuple(standard for standard, judged in report.judged.items() if judged.satisfactory is False)
    url = reverse("assessments:assessment", args=[assessment.pk])
    return Finding(assessment.pk, str(assessment), url, low, report.satisfactory is not False)
