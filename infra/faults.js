// What a machine sees amiss on a page as it stands (infra/every_view.py): answers one line a fault.
({ language, texts }) => {
  const found = [];
  const shown = (each) => each.checkVisibility({ visibilityProperty: true });
  const brief = (each) => each.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(`wider than the window by ${wide} px`);

  const heads = [...document.querySelectorAll("h1")].filter(shown);
  if (heads.length !== 1) found.push(`${heads.length} first headings`);
  const names = [...document.querySelectorAll("main h2, main h1")].filter(shown).map((each) => each.innerText.trim());
  for (const name of new Set(names)) if (names.filter((each) => each === name).length > 1) found.push(`heading twice: ${name}`);

  const first = [...document.querySelectorAll("main .btn--primary")].filter(shown);
  if (first.length > 1) found.push(`${first.length} primary buttons: ${first.map((each) => each.innerText.trim()).join(" | ")}`);
  const marked = [...document.querySelectorAll(".nav [aria-current], .club .tabbar [aria-current]")];
  if (!marked.length && document.querySelector(".nav, .tabbar")) found.push("no place of the menu is marked");

  const scrolls = (each) => each && each !== document.body && (
    /auto|scroll/.test(getComputedStyle(each).overflowX) || scrolls(each.parentElement));
  for (const each of document.querySelectorAll("main *")) {
    if (!shown(each)) continue;
    const style = getComputedStyle(each);
    const cut = each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1;
    if (cut && /hidden|clip/.test(style.overflowX) && each.innerText && !each.closest(".visually-hidden")) found.push(`cut off: ${brief(each)}`);
    if (cut && each.matches(".btn, .badge, .chip, .figure, .card, td, th, .choice span") && !scrolls(each)) found.push(`burst: ${brief(each)}`);
    if (each.matches(".tablebox__scroll, .table-scroll") && cut) found.push(`a table ${each.scrollWidth - each.clientWidth} px wider than its box`);
    if (each.matches("img") && each.complete && !each.naturalWidth) found.push(`no picture: ${brief(each)}`);
    if (each.matches(".btn") && each.getBoundingClientRect().height > 64) found.push(`a button on several lines: ${brief(each)}`);
  }

  // Words and digits of the other language; what is marked as Latin (codes, keys) may be.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const known = new Set(texts);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const parent = walker.currentNode.parentElement;
    if (!text || !shown(parent) || parent.closest("script, style, code, kbd, .mono, [lang]:not(html), textarea")) continue;
    const latin = parent.closest("[dir=ltr]:not(html)");
    if (language === "fa") {
      if (/[0-9]/.test(text) && !latin) found.push(`Latin digits: ${text.slice(0, 60)}`);
      if (/[A-Za-z]{3,}/.test(text) && !latin) found.push(`Latin words: ${text.slice(0, 60)}`);
      if (/[يك]/.test(text)) found.push(`Arabic letters: ${text.slice(0, 60)}`);
      if (/(^|\s)(می|نمی) \S|\S (ها|های|هایی|ترین)(\s|$)/.test(text)) found.push(`a half-space is missing: ${text.slice(0, 60)}`);
    } else if (!/[\u0621-\u064a\u067e-\u06d3]{2}/.test(text.replace(/[٪٫٬]/g, ""))) { // names and goods are as they are
      if (/[۰-۹]/.test(text)) found.push(`Persian digits: ${text.slice(0, 60)}`);
      if (/[٬٫٪،؛؟]/.test(text)) found.push(`Persian signs: ${text.slice(0, 60)}`);
    }
    if (language !== "fa" && known.has(text)) found.push(`Persian words: ${text.slice(0, 60)}`);
    if (/\b(None|undefined|NaN|null)\b|\{\s*\$|[a-z]+-[a-z-]+\.[a-z]+$/.test(text)) found.push(`no text for people: ${text.slice(0, 60)}`);
  }
  return [...new Set(found)];
}
