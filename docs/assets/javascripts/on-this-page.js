// Marks in the list of the page's parts the one that is read, names it on a phone, and keeps it in
// the address once the reader has moved: who changes the language or copies the address stays there.
{
  const list = document.getElementById("hb-toc");
  const name = document.querySelector(".hb-here b");
  const links = [...(list?.querySelectorAll("a") ?? [])];
  const parts = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
  const LINE = 96; // pixels from the top of the window: what begins above is read
  let current;
  let moved = false;
  let waiting = 0;

  const read = () => {
    const root = document.documentElement;
    const asked = links.findIndex(({ hash }) => hash === location.hash);
    let at = -1;
    parts.forEach((part, each) => {
      if (part && part.getBoundingClientRect().top < LINE) at = each;
    });
    // At the end of the page its last parts cannot reach the line.
    const atEnd = scrollY > 0 && scrollY + innerHeight >= root.scrollHeight - 2;
    return links[atEnd ? (asked > at ? asked : links.length - 1) : at];
  };

  const keep = () => {
    if (moved) history.replaceState(history.state, "", current?.hash || location.pathname + location.search);
  };

  const show = (link, within) => {
    const [top, low] = [link.offsetTop, link.offsetTop + link.offsetHeight];
    if (top < within.scrollTop || low > within.scrollTop + within.clientHeight) {
      within.scrollTop = top - within.clientHeight / 2;
    }
  };

  const mark = () => {
    const now = read();
    if (now === current) return;
    current?.removeAttribute("aria-current");
    current = now;
    current?.setAttribute("aria-current", "location");
    if (name) name.textContent = current?.textContent ?? "";
    if (current && !list.contains(document.activeElement)) show(current, list);
    clearTimeout(waiting);
    waiting = setTimeout(keep, 250);
  };

  const contents = document.getElementById("hb-nav");
  const here = contents?.querySelector("[aria-current]");
  if (here) show(here, contents);

  if (links.length) {
    let drawn = false;
    addEventListener("scroll", () => {
      if (drawn) return;
      drawn = true;
      requestAnimationFrame(() => {
        drawn = false;
        mark();
      });
    }, { passive: true });
    for (const act of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(act, ({ target }) => {
        // A press moves the page on its scroll bar only.
        moved ||= act !== "pointerdown" || target === document.documentElement;
      }, { passive: true });
    }
    // A place that a link names is more exact than the part that it is in.
    addEventListener("hashchange", () => {
      moved = false;
    });
    list.addEventListener("click", ({ target }) => {
      if (target.closest("a") && list.hidePopover && list.matches(":popover-open")) list.hidePopover();
    });
    document.querySelector(".hb-here label")?.addEventListener("click", () => {
      document.querySelector(".md-search__input")?.focus();
    });
    mark();
  }
}
