"""Addresses of the letters."""

from django.urls import path

from iisg.office.letters import views

urlpatterns = [
    path("", views.letters, name="letters"),
    path("export/", views.letters_export, name="letters_export"),
    path("new/", views.letter_new, name="letter_new"),
    path("register/", views.letter_register, name="letter_register"),
    path("told/", views.told, name="letters_told"),
    path("wordings/", views.wordings, name="letters_wordings"),
    path("wordings/<slug:kind>/<slug:language>/", views.wording, name="letters_wording"),
    path("<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/change/", views.letter_change, name="letter_change"),
    path("<int:pk>/preview/", views.letter_preview, name="letter_preview"),
    path("<int:pk>/paper/<slug:form>/", views.letter_paper, name="letter_paper"),
    path("<int:pk>/files/<int:file>/", views.letter_file, name="letter_file"),
    path("<int:pk>/files/<int:file>/detach/", views.letter_detach, name="letter_detach"),
    path("<int:pk>/do/<slug:deed>/", views.letter_deed, name="letter_deed"),
    path("<int:pk>/to/<int:person>/<slug:deed>/", views.letter_way, name="letter_way"),
]
