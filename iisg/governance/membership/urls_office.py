"""Addresses of membership for the Secretariat and the Board."""

from django.urls import path

from iisg.governance.membership.views import assessments, cases, inviting, lists, members, prospects

urlpatterns = [
    path("prospects/", prospects.prospects, name="prospects"),
    path("prospects/new/", prospects.prospect_new, name="prospect_new"),
    path("prospects/invite/", inviting.prospects_invite, name="prospects_invite"),
    path("prospects/import/", prospects.prospects_import, name="prospects_import"),
    path("prospects/template/<slug:form>/", prospects.prospects_template, name="prospects_template"),
    path("prospects/<int:pk>/", prospects.prospect, name="prospect"),
    path("prospects/<int:pk>/edit/", prospects.prospect_edit, name="prospect_edit"),
    path("prospects/<int:pk>/take-up/", prospects.prospect_take_up, name="prospect_take_up"),
    path(
        "prospects/<int:pk>/contacts/<int:contact>/remove/", prospects.contact_remove, name="contact_remove"
    ),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.case_new, name="case_new"),
    path("cases/<slug:ref>/", cases.case, name="case"),
    path("cases/<slug:ref>/do/<slug:deed>/", cases.case_deed, name="case_deed"),
    path("cases/<slug:ref>/form/", cases.case_form, name="case_form"),
    path("cases/<slug:ref>/files/<slug:what>/", cases.case_file, name="case_file"),
    path("cases/<slug:ref>/letters/", cases.case_letters, name="case_letters"),
    path("cases/<slug:ref>/record/", cases.case_record, name="case_record"),
    path("cases/<slug:ref>/assessment/", assessments.assessment, name="assessment"),
    path("cases/<slug:ref>/assessment/do/<slug:deed>/", assessments.assessment_deed, name="assessment_deed"),
    path(
        "cases/<slug:ref>/assessment/compare/<int:former>/<int:later>/",
        assessments.assessment_compare,
        name="assessment_compare",
    ),
    path(
        "cases/<slug:ref>/assessment/<int:number>/brief/",
        assessments.assessment_brief,
        name="assessment_brief",
    ),
    path("cases/<slug:ref>/assessment/<slug:part>/", assessments.assessment_part, name="assessment_part"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<slug:ref>/", lists.board_list, name="list"),
    path("lists/<slug:ref>/do/<slug:deed>/", lists.list_deed, name="list_deed"),
    path("lists/<slug:ref>/decision/", lists.list_decision, name="list_decision"),
    path("lists/<slug:ref>/paper/", lists.list_paper, name="list_paper"),
    path("lists/<slug:ref>/conclusions/", lists.list_conclusions, name="list_conclusions"),
    path("lists/<slug:ref>/brief/<int:line>/", lists.list_brief, name="list_brief"),
    path("organisations/<slug:ref>/membership/", members.member, name="member"),
]
