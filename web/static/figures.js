// The slider says its day while it moves and asks when it rests; a figure of the palette goes into
// the text where the cursor stands. Pages work without this file.
"use strict";

const shown = (input) => {
  const day = new Date(`${input.dataset.first}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + Number(input.value));
  return day.toISOString().slice(0, 10);
};

document.addEventListener("input", (event) => {
  if (event.target.id === "field-day") {
    const day = shown(event.target);
    document.getElementById("day-shown").value = day;
    event.target.setAttribute("aria-valuetext", day);
  }
});

document.addEventListener("change", (event) => {
  if (event.target.id === "field-day") {
    event.target.form.requestSubmit();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-insert]");
  const text = document.getElementById("field-text");
  if (button === null || text === null) {
    return;
  }
  text.setRangeText(button.dataset.insert, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});
