// What HTML alone cannot: the summary of errors takes the focus, so that a keyboard or a screen
// reader begins there. Pages work without this file.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const summary = document.getElementById("error-summary");
  if (summary !== null) {
    summary.focus();
  }
});

// A part of a page may be refused because the session has ended: then the whole page is due.
document.addEventListener("htmx:responseError", () => {
  window.location.reload();
});
