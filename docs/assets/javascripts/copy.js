// Copies the link to a place, a duty as text for a chat, a whole page; a duty's tools are one stop for Tab.
{
  const [copied, notCopied, copyText] = [...document.getElementById("hb-words").content.children]
    .map((each) => each.textContent);
  const dialog = document.querySelector(".md-dialog");
  const status = dialog.firstElementChild;
  const SHOWN = 10_000; // milliseconds: slow readers and slow devices
  let shown;

  const say = (text) => {
    clearTimeout(shown);
    status.textContent = text;
    dialog.classList.add("md-dialog--active");
    shown = setTimeout(() => {
      dialog.classList.remove("md-dialog--active");
      status.textContent = "";
    }, SHOWN);
  };

  // Where the page has come by plain HTTP, or in an older browser.
  const copyAsBefore = (text) => {
    const focused = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hb-unseen";
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    focused.focus();
    if (!copied) throw new Error("not copied");
  };

  const plain = async (text) => new Blob([await text], { type: "text/plain" });

  // Of a text that is still to come the browser must be told at once, while the reader acts.
  const write = async (text) => (text instanceof Promise
    ? navigator.clipboard.write([new ClipboardItem({ "text/plain": plain(text) })])
    : navigator.clipboard.writeText(text));

  const copy = async (text, hash) => {
    try {
      await write(text).catch(async () => copyAsBefore(await text));
      say(copied);
    } catch {
      if (hash) location.hash = hash;
      say(notCopied);
    }
  };

  const textAt = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  };

  const address = (hash) => `${location.href.split(/[?#]/)[0]}${hash}`;

  const textOf = (heading) => {
    const lines = [heading.innerText.trim()];
    for (let next = heading.nextElementSibling; next && !/^H[1-3]$/.test(next.tagName);
      next = next.nextElementSibling) {
      if (next.matches(".duty-purpose")) lines.push(next.innerText);
      if (next.matches("ul, ol")) lines.push(...[...next.children].map((task) => `· ${task.innerText}`));
    }
    const edition = document.querySelector(".hb-edition")?.innerText;
    return [...lines, address(`#${heading.id}`), edition].filter(Boolean).join("\n");
  };

  const icon = (shape) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    path.setAttribute("d", shape);
    svg.append(path);
    return svg;
  };
  const SHEETS = "M19 21H8V7h11m0-2H8a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2m-3-4H4a2 2 0 0 0-2 2v14h2V3h12z";
  const LANGUAGES = "m12.87 15.07-2.54-2.51.03-.03A17.5 17.5 0 0 0 14.07 6H17V4h-7V2H8v2H1v2h11.17C11.5 7.92 10.44 9.75 9 11.35 8.07 10.32 7.3 9.19 6.69 8h-2c.73 1.63 1.73 3.17 2.98 4.56l-5.09 5.02L4 19l5-5 3.11 3.11zM18.5 10h-2L12 22h2l1.12-3h4.75L21 22h2zm-2.62 7 1.62-4.33L19.12 17z";

  const tool = (element, title, shape) => {
    element.className = "hb-tool";
    element.title = title;
    element.tabIndex = -1;
    element.append(icon(shape));
    return element;
  };

  const both = document.querySelector(".hb-in-both a");
  const arrange = () => {
    for (const link of document.querySelectorAll("h3[id^='duty-'] + .hb-link")) {
      const heading = link.previousElementSibling;
      const number = heading.querySelector(".duty-number")?.textContent;
      if (!number) continue;
      const focused = document.activeElement === link;
      const bar = document.createElement("div");
      bar.className = "hb-tools";
      bar.setAttribute("role", "toolbar");
      bar.setAttribute("aria-label", number);
      link.replaceWith(bar);
      if (both) {
        const way = document.createElement("a");
        way.href = `${both.href.split("#")[0]}${link.hash}`;
        bar.append(tool(way, `${both.textContent} ${number}`, LANGUAGES));
      }
      const button = document.createElement("button");
      button.type = "button";
      button.addEventListener("click", () => copy(textOf(heading), link.hash));
      bar.append(tool(button, copyText.replace("#", number), SHEETS), link); // which stays where it was
      if (focused) link.focus();
    }
  };
  // What moves while it is pressed is not clicked.
  if (document.querySelector(".hb-link:active")) {
    for (const end of ["pointerup", "pointercancel"]) {
      addEventListener(end, () => setTimeout(arrange), { once: true });
    }
  } else {
    arrange();
  }

  addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const bar = event.target.closest?.(".hb-tools");
    if (!step || !bar) return;
    event.preventDefault();
    const tools = [...bar.children];
    const next = tools.at((tools.indexOf(event.target) + step) % tools.length);
    for (const each of tools) each.tabIndex = each === next ? 0 : -1;
    next.focus();
  });

  addEventListener("click", (event) => {
    const link = event.target.closest?.(".hb-link, .hb-text");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const whole = link.matches(".hb-text");
    if (whole && location.protocol === "file:") return; // which no script may read
    event.preventDefault();
    if (whole) copy(textAt(link.href), "");
    else copy(address(link.hash), link.hash);
  });
}
