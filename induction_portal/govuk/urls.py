from django.urls import path

from . import views

app_name = "govuk"
urlpatterns = [
    path("", views.components, name="components"),
    path("<slug:name>/", views.layout, name="layout"),
]
