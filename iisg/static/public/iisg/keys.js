// Single keys on a page: an element says by data-iisg-key which key presses it, or takes you into it if one writes
// there (Escape leaves it again); one check box turns all of them off.
const REMEMBERED = "iisg-keys-off";
const panel = document.querySelector("[data-iisg-keys]");
const box = panel?.querySelector("input");

if (panel && box) {
  panel.hidden = false;
  box.checked = localStorage.getItem(REMEMBERED) === null;
  box.addEventListener("change", () => {
    if (box.checked) {
      localStorage.removeItem(REMEMBERED);
    } else {
      localStorage.setItem(REMEMBERED, "1");
    }
  });
}

const FIELDS = "input:not([type=checkbox]), textarea, select";

document.addEventListener("keydown", (event) => {
  const writing = event.target instanceof Element && event.target.closest(FIELDS);
  if (writing instanceof HTMLElement && event.key === "Escape") {
    writing.blur();
    return;
  }
  const off = localStorage.getItem(REMEMBERED) !== null;
  if (off || writing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const pressed = document.querySelector(`[data-iisg-key="${CSS.escape(event.key)}"]`);
  if (pressed instanceof HTMLElement) {
    event.preventDefault();
    if (pressed.matches(FIELDS)) {
      pressed.focus();
    } else {
      pressed.click();
    }
  }
});
