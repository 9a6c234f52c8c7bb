// Opens the pages that `cargo test --test sheet` left in the target folder in headless Chromium: what is seen, filters,
// keys, print, accessibility in light and dark, and that the page asks the network for nothing.
//
//   cargo test --test sheet && npm ci && npm test
//
// CHROMIUM names the browser (default: the one on the path).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = process.env.SHEETS ?? path.resolve(import.meta.dirname, "../../target/tmp/sheet");
const executablePath =
  process.env.CHROMIUM ?? execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"]).toString().trim();

let browser;
before(async () => {
  assert.ok(existsSync(path.join(pages, "two.html")), "run `cargo test --test sheet` first");
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});
after(() => browser?.close());

async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  page.asked = [];
  page.faults = [];
  page.on("request", (request) => page.asked.push(request.url()));
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("dialog", (dialog) => page.faults.push(dialog.message()) && dialog.dismiss());
  await page.goto(pathToFileURL(path.join(pages, name)).href);
  return page;
}

const shown = (page) => page.locator(".card:not(.off)").count();

for (const colorScheme of ["light", "dark"]) {
  for (const name of ["one.html", "two.html"]) {
    test(`${name} is accessible in ${colorScheme}`, async () => {
      const page = await open(name, { colorScheme });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
      const said = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")}`);
      assert.deepEqual(said, []);
    });
  }
}

test("asks the network for nothing and reports no fault", async () => {
  for (const name of ["one.html", "two.html", "evil.html"]) {
    const page = await open(name, { bypassCSP: false });
    assert.equal(page.asked.length, 1, page.asked.join(" "));
    assert.deepEqual(page.faults, []);
  }
});

test("filters by verdict, rule and subject", async () => {
  const page = await open("two.html");
  assert.equal(await shown(page), 12);
  await page.locator("input[value=supported]").uncheck();
  assert.equal(await shown(page), 10);
  assert.equal(await page.locator(".shown").textContent(), "10 of 12 shown");
  await page.locator("select[name=subject]").selectOption("Alpha");
  assert.equal(await shown(page), 10);
  assert.equal(await page.locator("mark.quiet").count(), 2);
  await page.keyboard.press("Escape");
  assert.equal(await shown(page), 12);
});

test("answers to keys", async () => {
  const page = await open("two.html");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await page.locator(".card.current").getAttribute("id"), "note-2");
  assert.ok(await page.locator("#mark-2").isVisible());
  await page.keyboard.press("k");
  assert.equal(await page.locator("mark.current").getAttribute("id"), "mark-1");
  await page.keyboard.press("1");
  assert.equal(await shown(page), 8);
  await page.keyboard.press("j");
  assert.ok(await page.locator(".card.current").isVisible());
});

test("a card stands beside its mark on a wide screen and below it on a narrow one", async () => {
  const wide = await open("one.html");
  const [mark, card] = [await wide.locator("#mark-1").boundingBox(), await wide.locator("#note-1").boundingBox()];
  assert.ok(card.x > mark.x + mark.width && Math.abs(card.y - mark.y) < 60);
  const narrow = await open("one.html", { viewport: { width: 380, height: 800 } });
  const below = [await narrow.locator("#mark-1").boundingBox(), await narrow.locator("#note-1").boundingBox()];
  assert.ok(below[1].y > below[0].y);
  const overflow = await narrow.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
});

test("prints without controls, with every card", async () => {
  const page = await open("one.html");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".keys").isVisible(), false);
  assert.equal(await page.locator(".card").first().isVisible(), true);
  assert.ok((await page.pdf()).length > 5000);
});

test("shows everything without scripts", async () => {
  const page = await open("one.html", { javaScriptEnabled: false });
  assert.equal(await page.locator(".card").count(), 6);
});
