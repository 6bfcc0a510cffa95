from .reviews import AcceptanceForm, AcknowledgementForm, CommentForm, ReturnForm, ReviewForm

__all__ = ["AcceptanceForm", "AcknowledgementForm", "CommentForm", "ReturnForm", "ReviewForm"]
