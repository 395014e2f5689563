// The reader's own role: chosen on its page, kept in this browser alone, marked in the navigation;
// the home page opens with it.
{
  const KEY = "handbook.role";
  const own = document.querySelector(".hb-mine");
  const buttons = document.getElementsByClassName("hb-mine__button");
  let store;
  try {
    store = localStorage;
  } catch {
    // It is forbidden: then there is nothing to choose.
  }

  const show = () => {
    const role = store?.getItem(KEY);
    const found = [...document.querySelectorAll(".hb-mine template")].find((each) => each.dataset.role === role);
    own?.querySelector("section")?.remove();
    if (found) own.append(found.content.cloneNode(true));
    if (own) own.firstElementChild.hidden = found || !store;
    for (const button of buttons) {
      button.hidden = !store;
      button.ariaPressed &&= button.dataset.role === role;
    }
    for (const link of document.querySelectorAll(".hb-nav a")) {
      link.classList.toggle("hb-mine__link", link.href.replace("index.html", "").endsWith(`/roles/${role}/`));
    }
  };

  addEventListener("click", ({ target }) => {
    if (!target.matches?.(".hb-mine__button")) return;
    const { role } = target.dataset;
    try {
      if (store.getItem(KEY) === role) store.removeItem(KEY);
      else store.setItem(KEY, role);
    } catch {
      // It is full: the choice is not kept, and not shown.
    }
    show();
    if (!target.isConnected) own.firstElementChild.focus();
  });
  addEventListener("pageshow", show); // a page that the browser has kept may show an earlier choice
  show();
}
