// Keys that come faster than the page. Loaded before the first field, so that what is typed on from
// a field (Enter, a function key, and all that follows) waits until the page's own script can take
// it, and again while that script waits for an answer. Then it is typed once more, in order.
(() => {
  const ON = /^(?:Enter|F\d+)$/;
  const waiting = [];
  let state = "early"; // "early": holds from the first key that leads on; "held": holds; "ready"

  document.addEventListener(
    "keydown",
    (event) => {
      if (state === "ready" || !event.isTrusted || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.isComposing || (state === "early" && !waiting.length && !ON.test(event.key))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { key, code, shiftKey } = event;
      waiting.push({ key, code, shiftKey, bubbles: true, cancelable: true });
    },
    { capture: true },
  );

  function play(key) {
    const field = document.activeElement ?? document.body;
    if (!field.dispatchEvent(new KeyboardEvent("keydown", key))) return;
    if (key.key === "Enter" && field.matches("button, a")) field.click();
    else if (key.key === "Tab") step(field, key.shiftKey ? -1 : 1);
    else if (field.matches("input, textarea")) type(field, key.key);
  }

  function step(field, by) {
    const all = [...document.querySelectorAll("a[href], button:enabled, input:enabled, select:enabled, textarea:enabled")];
    const open = all.filter((each) => each === field || (each.tabIndex >= 0 && each.checkVisibility()));
    open[open.indexOf(field) + by]?.focus();
  }

  function type(field, key) {
    const [start, end] = [field.selectionStart, field.selectionEnd];
    if (key.length === 1) field.setRangeText(key, start, end, "end");
    else if (key === "Backspace") field.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
    else return;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function go() {
    state = "ready";
    while (waiting.length && state === "ready") play(waiting.shift());
  }

  window.typeahead = {
    ready: go,
    async during(work) {
      state = "held";
      try {
        return await work;
      } finally {
        go();
      }
    },
  };
  addEventListener("load", () => state === "early" && go()); // the script never came
})();
