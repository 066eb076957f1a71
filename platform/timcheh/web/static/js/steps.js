// A row of points is one stop of the Tab key: arrows, Home and End go from one to the next.
const STEPS = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

export function wireSteps(root) {
  for (const row of root.querySelectorAll("[data-steps]")) {
    const points = [...row.children];
    const rest = (chosen) => points.forEach((point) => (point.tabIndex = point === chosen ? 0 : -1));
    rest(points.at(-1)); // the newest first
    const turn = getComputedStyle(row).direction === "rtl" ? -1 : 1;
    row.addEventListener("focusin", (event) => rest(event.target));
    row.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const arrow = event.key.startsWith("Arrow");
      const next = points.indexOf(document.activeElement) + step * (arrow ? turn : 1);
      points[Math.min(Math.max(next, 0), points.length - 1)].focus();
    });
  }
}
