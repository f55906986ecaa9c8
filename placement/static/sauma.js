// Small comforts. Every page works without this file.
(() => {
  "use strict";

  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();

  // One press, one sending. The guard is lifted when the page is shown again, and after
  // a while, so that a file download or a lost connection does not leave a dead button.
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled='true'][data-held]").forEach((button) => {
      button.removeAttribute("aria-disabled");
      delete button.dataset.held;
    });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || (form.getAttribute("method") || "").toLowerCase() !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter;
    if (button && form.contains(button)) {
      button.setAttribute("aria-disabled", "true");
      button.dataset.held = "1";
    }
    window.setTimeout(() => release(form), 10000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  // data-auto-submit sends its form when the value changes; the button beside it stays.
  document.addEventListener("change", (event) => {
    const element = event.target.closest("[data-auto-submit]");
    const form = element && (element.form || element.closest("form"));
    if (form) form.requestSubmit();
  });

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
