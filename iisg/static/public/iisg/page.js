// Behaviour that pages may do without: the kit's own parts, filters open on wide screens, the print button.
import { initAll } from "./govuk-frontend.min.js";

initAll();

const wide = window.matchMedia("(min-width: 48.0625em)");

function unfoldFilters() {
  for (const filter of document.querySelectorAll("details.iisg-filter")) {
    filter.open = wide.matches;
  }
}

if (wide.matches) {
  unfoldFilters();
}
wide.addEventListener("change", unfoldFilters);

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-iisg-print]")) {
    window.print();
  }
});

for (const button of document.querySelectorAll("[data-iisg-print]")) {
  button.hidden = false;
}

document.addEventListener("htmx:afterSettle", (event) => initAll({ scope: event.target }));
