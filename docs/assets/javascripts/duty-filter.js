// Filters the table of duties. The choices are kept in the address, so that they can be passed on.
{
  const form = document.querySelector(".hb-filter");
  const rows = [...document.querySelectorAll(".hb-duty-table tbody tr")];
  const words = Object.fromEntries(
    [...form.querySelectorAll("template")].map((each) => [each.dataset.count, each.innerHTML]),
  );
  const selects = [...form.querySelectorAll("select")];

  const answers = (row, { name, value }) => !value || row.dataset[name].split(" ").includes(value);

  const apply = () => {
    for (const row of rows) row.hidden = !selects.every((select) => answers(row, select));
    const count = rows.filter((row) => !row.hidden).length;
    form.querySelector("[role=status]").textContent = (words[count] ?? words["#"]).replace("#", count);
  };

  const remember = () => {
    const chosen = new URLSearchParams(selects.filter((s) => s.value).map((s) => [s.name, s.value]));
    history.replaceState(history.state, "", `#${chosen}`);
  };

  const recall = () => {
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const select of selects) {
      const value = chosen.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    apply();
  };

  form.addEventListener("change", () => {
    remember();
    apply();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault(); // browsers would go back to what they restored
    for (const select of selects) select.value = "";
    remember();
    apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", recall);
  // Chosen while this was on its way; an address that says what to show goes before.
  if (!location.hash && selects.some(({ value }) => value)) remember();
  recall();
}
