// The wall of a meeting: a clicker's keys, full screen, and what is typed of a decision kept letter by letter.
(() => {
  const scene = () => document.querySelector(".st-key-scene");
  const dialog = () => document.querySelector("[role=dialog]");
  // Whoever comes by the link of a screen that presents follows it: only this browser may take it up again.
  const meeting = (address) => address.searchParams.get("moede")?.match(/(\d+)\)?$/)?.[1];
  const presents = (address) => address.searchParams.get("rolle")?.toLowerCase() === "vis";
  const came = new URL(location.href);
  if (presents(came) && localStorage.getItem(`viser-${meeting(came)}`) === null) {
    came.searchParams.delete("rolle");
    history.replaceState(history.state, "", came);
  }
  const remember = () => {
    const here = new URL(location.href);
    if (presents(here)) localStorage.setItem(`viser-${meeting(here)}`, "");
  };

  const isTyping = (target) =>
    target.closest?.("input, textarea, select, [contenteditable=true], [role=listbox], [role=spinbutton]");

  // Streamlit gives a button one key; a clicker sends these two. And none of the keys may work behind a dialog.
  const turns = { PageUp: "forrige", PageDown: "naeste" };
  const keys = [...Object.keys(turns), "ArrowLeft", "ArrowRight", "b", "t", "n"];
  let unfolded = false; // Escape folds that up, and leads out only when nothing is
  document.documentElement.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && unfolded) event.stopPropagation();
  });
  addEventListener("keydown", (event) => {
    unfolded = scene() && document.querySelector("[role=listbox], [data-testid=stPopoverBody]");
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!scene() || !keys.includes(key) || isTyping(event.target)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (dialog()) return event.stopImmediatePropagation();
    if (!turns[key]) return;
    event.preventDefault();
    document.querySelector(`.st-key-${turns[key]} button:not(:disabled)`)?.click();
  }, { capture: true });

  document.addEventListener("click", ({ target }) => {
    if (!target.closest(".st-key-fuld-skaerm button")) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });

  // What is typed under an item, by the names of its fields, until the server says that it has been saved.
  const DRAFT = "st-key-kladde-", SAVED = "st-key-kladde-gemt-";
  const named = (element, prefix) => [...element.classList].find((one) => one.startsWith(prefix));
  const fields = (box) => box.querySelectorAll("textarea, input[type=text]:not([role=combobox])");
  const kept = (name) => JSON.parse(localStorage.getItem(name) ?? "{}");
  // Less than the store would take: rather a phone number not kept here than a CPR number kept. See texts.py.
  const UNSEEN = /[\s\p{C}\p{M}\u115f\u1160]/gu;
  const NUMBER = /(?:\p{N}[^\p{L}\p{N}]*){10}|\p{N}[^\p{L}\p{N}]\p{N}{1,2}[^\p{L}\p{N}]?\p{N}{2,4}[^\p{L}\p{N}]\p{N}{4}/u;
  const ADDRESS = /@|[([{<](?:at|snabel-?a)[)\]}>]/i;
  const isPersonal = (text) =>
    [NUMBER, ADDRESS].some((form) => form.test(text.normalize("NFKC").replace(UNSEEN, "")));
  // An earlier version of this may have kept more.
  Object.keys(localStorage).filter((name) => name.startsWith(DRAFT) && Object.values(kept(name)).some(isPersonal))
    .forEach((name) => localStorage.removeItem(name));
  const boxOf = (field) => field.closest?.(`[class*=${DRAFT}]`);

  const write = (field, text) => {
    const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }))); // else it is not sent
  };

  document.addEventListener("input", ({ target }) => {
    const box = boxOf(target);
    if (!box || ![...fields(box)].includes(target)) return;
    const name = named(box, DRAFT);
    const text = isPersonal(target.value) ? "" : target.value;
    localStorage.setItem(name, JSON.stringify({ ...kept(name), [target.getAttribute("aria-label")]: text }));
  });

  const bringBack = (field) => {
    const box = boxOf(field);
    field.dataset.seen = "";
    if (field.tagName === "TEXTAREA") field.focus();
    const text = kept(named(box, DRAFT))[field.getAttribute("aria-label")];
    if (!text || text === field.value) return;
    write(field, text);
    box.querySelector(".kladde-hentet")?.removeAttribute("hidden");
  };

  const look = () => {
    if (scene()) remember();
    document.querySelectorAll(`[class*=${SAVED}]`).forEach((mark) =>
      localStorage.removeItem(named(mark, SAVED).replace("gemt-", "")));
    document.querySelectorAll(`[role=dialog] [class*=${DRAFT}]`).forEach((box) =>
      [...fields(box)].filter((field) => !("seen" in field.dataset)).forEach(bringBack));
  };
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
})();
