"""The plan of the house: which face answers where; the desk first, its addresses below the public's are longer."""

from django.urls import include, path

urlpatterns = [
    path("", include("iisg.faces.desk.urls")),
    path("", include("iisg.faces.public.urls")),
    path("board/", include("iisg.governance.board.urls")),
    path("", include("iisg.governance.meetings.urls")),
    path("", include("iisg.governance.membership.urls")),
    path("", include("iisg.governance.membership.urls_office")),
    path("", include("iisg.office.pillars.urls")),
    path("", include("iisg.knowledge.analysis.urls")),
    path("", include("iisg.knowledge.finding.urls")),
    path("imports/", include("iisg.knowledge.actions.urls")),
    path("letters/", include("iisg.office.letters.urls")),
    path("", include("iisg.foundations.accounts.urls")),
    path("accounts/", include("allauth.urls")),
]
