from .responses import Acknowledgement, BodyResponse, Comment
from .reviews import ProgressReview
from .versions import Rating, Target, Version

__all__ = ["Acknowledgement", "BodyResponse", "Comment", "ProgressReview", "Rating", "Target", "Version"]
