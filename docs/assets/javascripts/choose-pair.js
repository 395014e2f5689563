// Leads to the page that compares the two roles that were chosen, if this page lists it.
{
  const form = document.querySelector(".hb-choose");
  const selects = [...form.querySelectorAll("select")];
  const [first, second] = selects;
  const status = form.querySelector("[role=status]");
  const page = (a, b) => document.querySelector(`.hb-pairs a[href^="${a}/${b}/"]`);

  const say = (key) => {
    status.textContent = form.querySelector(`[data-say="${key}"]`)?.innerHTML ?? "";
    second.setAttribute("aria-invalid", key !== "");
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = selects.map(({ value }) => value);
    const link = page(...chosen) ?? page(...chosen.reverse());
    if (link) {
      location.assign(link.href);
    } else {
      say(first.value === second.value ? "same" : "no-page");
      second.focus();
    }
  });
  form.addEventListener("change", () => say(""));
  form.querySelector(".hb-choose__swap").addEventListener("click", () => {
    [first.value, second.value] = [second.value, first.value];
    say("");
  });

  // From a comparison the reader comes with its two roles.
  const asked = location.hash.slice(1).split("/");
  if (first.value === second.value) second.selectedIndex = 1; // not chosen while this was on its way
  selects.forEach((select, i) => {
    if ([...select.options].some(({ value }) => value === asked[i])) select.value = asked[i];
  });
  for (const button of form.querySelectorAll("button")) button.disabled = false;
  if (asked[1]) form.scrollIntoView({ block: "center" });
}
