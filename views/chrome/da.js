// Streamlit's own words are English and cannot be configured. This puts Danish in their place as they appear,
// mends the Back button, and lets a button print the page.
// Text that comes from the dashboard itself is Danish already and is never touched.
(() => {
  const dictionary = DICTIONARY;
  const [exact, parts] = [dictionary.exact, dictionary.parts].map((words) => new Map(Object.entries(words)));
  const patterns = Object.entries(dictionary.patterns).map(([from, to]) => [new RegExp(`^${from}$`, "s"), to]);
  const attributes = ["aria-label", "aria-roledescription", "aria-valuetext", "placeholder", "title"];
  const ours = "[data-testid=stMarkdownContainer], [data-testid=stIconMaterial], svg, canvas, textarea, script, style";
  // Its own words in a container of ours.
  const streamlits = "[data-testid=stExceptionMessage], [role=tooltip], [data-testid=stTopNavSection]";

  // The Danish for a whole string, or undefined. What a pattern caught ($1, $2) is looked up in its turn.
  const danish = (text) => {
    if (exact.has(text)) return exact.get(text);
    const [from, to] = patterns.find(([pattern]) => pattern.test(text)) ?? [];
    if (!from) return undefined;
    const caught = from.exec(text);
    return to.replace(/\$(\d)/g, (_, number) => part(caught[number]));
  };
  const part = (text) => parts.get(text) ?? danish(text) ?? text;

  const translateText = (node) => {
    const parent = node.parentElement;
    if (!parent || (parent.closest(ours) && !parent.closest(streamlits))) return;
    const text = node.data.trim();
    const replacement = text && danish(text);
    if (replacement && replacement !== text) node.data = replacement;
  };

  const translateAttribute = (element, name) => {
    const text = element.getAttribute(name);
    const single = name === "aria-roledescription" || name === "title"; // kinds of chart parts and of columns
    const replacement = text && (single ? part(text) : danish(text));
    if (replacement && replacement !== text) element.setAttribute(name, replacement);
  };

  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else if (node.nodeType === Node.ELEMENT_NODE) attributes.forEach((name) => translateAttribute(node, name));
    }
  };

  const onChange = ({ type, target, attributeName, addedNodes }) => {
    if (type === "attributes") translateAttribute(target, attributeName);
    else if (type === "characterData") translateText(target);
    else addedNodes.forEach(translate);
  };

  new MutationObserver((changes) => changes.forEach(onChange)).observe(document.documentElement, {
    attributeFilter: attributes, attributes: true, characterData: true, childList: true, subtree: true,
  });

  // Filling in the address is no step for the Back button: only another page is. And the page that a reader
  // leaves keeps its address: on the way out Streamlit empties it of filters that stand as long as the page does.
  const [pushState, replaceState] = [history.pushState.bind(history), history.replaceState.bind(history)];
  const standing = ["sammenlign", "tema", "fane", "grundlag", "del", "sekretariatdel"];
  const here = (filter) => new URLSearchParams(location.search).has(filter);
  const leaves = (url) => standing.some((filter) => here(filter) && !url.searchParams.has(filter));
  const write = (onward) => (state, title, to) => {
    const url = new URL(to ?? location.href, location.href);
    if (url.pathname !== location.pathname) return onward(state, title, to);
    return leaves(url) ? undefined : replaceState(state, title, to);
  };
  [history.pushState, history.replaceState] = [write(pushState), write(replaceState)];

  document.addEventListener("click", ({ target }) => target.closest(".st-key-udskriv button") && window.print());

  // A connection that is closed with 1008 is no longer the reader's: see gate.py. Then the page is asked for anew,
  // which is the way in. Only where the server says so, or a page that is let in would be fetched for ever.
  const isTurnedAway = async () => [401, 403].includes((await fetch(location.href, { method: "HEAD" })).status);
  window.WebSocket = class extends WebSocket {
    constructor(...parts) {
      super(...parts);
      this.addEventListener("close", async ({ code }) => {
        if (code === 1008 && (await isTurnedAway())) location.reload();
      });
    }
  };

  // Numbers, dates and calendars follow the browser's language: make it Danish for every reader.
  Object.defineProperty(navigator, "language", { get: () => "da-DK" });
  Object.defineProperty(navigator, "languages", { get: () => ["da-DK", "da"] });
})();
