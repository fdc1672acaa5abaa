// First thing in the body: tells the styles that scripts run, so that the menu folds only where it can be unfolded.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
