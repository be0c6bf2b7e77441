"use strict";
(() => {
  const form = document.getElementById("filters");
  const articles = [...document.querySelectorAll("article[data-kind]")];
  const groups = [...document.querySelectorAll("section[data-group]")];
  const words = new Map(articles.map((article) => [article, article.textContent.toLowerCase()]));
  const chosen = (name) => [...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value);
  const show = () => {
    const kinds = new Set(chosen("kind"));
    const labels = chosen("label");
    const doubt = form.elements.doubt.checked;
    const sought = form.elements.words.value.trim().toLowerCase();
    let shown = 0;
    for (const article of articles) {
      const own = article.dataset.labels.split(" ");
      const fits = kinds.has(article.dataset.kind)
        && (!labels.length || labels.some((label) => own.includes(label)))
        && (!doubt || article.dataset.doubt === "yes")
        && (!sought || words.get(article).includes(sought));
      article.hidden = !fits;
      shown += fits;
    }
    for (const group of groups) group.hidden = !group.querySelector("article:not([hidden])");
    document.getElementById("shown").textContent = `Showing ${shown} of ${articles.length} changes.`;
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
})();
