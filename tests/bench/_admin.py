"""Django's admin site over the same cases, for comparison alone: the portal does not install it."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path

from cases.models import Induction
from tests.bench._empty import handler403
from tests.bench._empty import urlpatterns as portal

__all__ = ["handler403", "urlpatterns"]

PER_PAGE = 25
body: list[UUID] = []


class OpenSite(admin.AdminSite):
    """Anybody who has signed in may look: what is measured is the list."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


class CaseAdmin(admin.ModelAdmin):
    """The cases of one body by name: fewer columns than the portal's list, in as few queries as the admin can."""

    list_display = ("name", "trn", "ends_on")
    list_select_related = ("teacher", "clock")
    list_per_page = PER_PAGE
    search_fields = ("teacher__sort_name",)
    ordering = ("teacher__sort_name", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(body_periods__body__in=body)

    def name(self, induction: Induction) -> str:
        return induction.teacher.name

    def trn(self, induction: Induction) -> str:
        return induction.teacher.trn

    def ends_on(self, induction: Induction) -> Any:
        return induction.clock.ends_on

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_delete_permission = lambda self, request, obj=None: False
    has_module_permission = has_view_permission


site = OpenSite()
site.register(Induction, CaseAdmin)
urlpatterns = [path("admin/", site.urls), *portal]
