// Filters and keys. Without this script the page shows everything.
const form = document.querySelector(".filters");
const cards = [...document.querySelectorAll(".card")];
const boxes = [...form.querySelectorAll("input")];
let current = null;

function apply() {
  const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const { rule, subject } = form.elements;
  let shown = 0;
  for (const card of cards) {
    const { verdict, subject: about, rules } = card.dataset;
    const on = verdicts.has(verdict)
      && (!rule.value || rules.split(" ").includes(rule.value))
      && (!subject.value || about === subject.value);
    card.classList.toggle("off", !on);
    document.getElementById(card.id.replace("note", "mark"))?.classList.toggle("quiet", !on);
    shown += on;
  }
  form.querySelector(".shown").textContent = shown === cards.length ? "" : `${shown} of ${cards.length} shown`;
}

function go(step) {
  const open = cards.filter((card) => !card.classList.contains("off"));
  if (!open.length) return;
  const at = open.indexOf(current);
  const next = open[at < 0 ? (step > 0 ? 0 : open.length - 1) : (at + step + open.length) % open.length];
  select(next);
  (document.getElementById(next.id.replace("note", "mark")) ?? next).scrollIntoView({ block: "center" });
  next.querySelector("a").focus({ preventScroll: true });
}

function select(card) {
  for (const old of document.querySelectorAll(".current")) old.classList.remove("current");
  current = card;
  card.classList.add("current");
  document.getElementById(card.id.replace("note", "mark"))?.classList.add("current");
}

function all() {
  form.reset();
  apply();
}

form.addEventListener("change", apply);
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (mark) select(document.getElementById(`note-${mark.dataset.note}`));
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select")) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "Escape") all();
  else if (boxes[event.key - 1]) {
    boxes[event.key - 1].click();
  } else return;
  event.preventDefault();
});
apply();
