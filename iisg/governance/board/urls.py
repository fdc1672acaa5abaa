"""Addresses of the Board."""

from django.urls import path

from iisg.governance.board.views import decisions, home, proposals, silences

urlpatterns = [
    path("", home.board, name="board"),
    path("seats/", home.seats, name="seats"),
    path("seats/do/<slug:deed>/", home.seats_deed, name="seats_deed"),
    path("rules/", home.rules, name="board_rules"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<slug:ref>/", proposals.proposal, name="proposal"),
    path("proposals/<slug:ref>/comment/", proposals.proposal_comment, name="proposal_comment"),
    path("proposals/<slug:ref>/silence/", proposals.silence_open, name="silence_open"),
    path("proposals/<slug:ref>/decision/", proposals.meeting_decision, name="meeting_decision"),
    path("proposals/<slug:ref>/do/<slug:deed>/", proposals.proposal_deed, name="proposal_deed"),
    path(
        "proposals/<slug:ref>/texts/<int:number>/<slug:what>/", proposals.proposal_text, name="proposal_text"
    ),
    path("silence/<int:pk>/", silences.silence, name="silence"),
    path("silence/<int:pk>/position/", silences.position, name="position"),
    path("silence/<int:pk>/do/<slug:deed>/", silences.silence_deed, name="silence_deed"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/file/<slug:form>/", decisions.decisions_file, name="decisions_file"),
    path("decisions/<slug:number>/", decisions.decision, name="decision"),
    path("decisions/<slug:number>/package/", decisions.decision_package, name="decision_package"),
    path("decisions/<slug:number>/extract/", decisions.decision_extract, name="decision_extract"),
]
