// Drives a real VS Code in a browser: the packaged extension underlines a claim, shows its evidence and mends it, and all
// else that it adds to the editor is there.
//
//     BOX=where/setup/put/it node vscode.mjs WHOLE.vsix SMALL.vsix PROGRAMS PICTURES
//
// WHOLE holds the server; SMALL does not, and finds it in the folder PROGRAMS. Prints one line for each thing that was
// seen and ends with `N passed, N failed`.

import fs from "node:fs";
import path from "node:path";
import { close, start } from "./browser.mjs";

const [whole, small, programs, pictures] = process.argv.slice(2).map((file) => path.resolve(file));
const draft = fs.readFileSync(path.join(import.meta.dirname, "draft.md"), "utf8");
const FACT = "{openness: open-weight, from: 2026-05-04, quote: Today we publish the weights of Otter 1}";
const files = {
  "draft.md": draft,
  "empty.md": "\n",
  "claimlint.yaml": "facts: facts\nseeds: seeds\n",
  "facts/otter.yaml": `source: otter\nsubjects:\n  - subject: otter-1\n    kind: model\n    name: Otter 1\n    facts:\n      - ${FACT}\n`,
  "facts/new.yaml": "\n",
  "seeds/otter.md": "---\ntitle: Otter 1 is here\ndate: 2026-05-04\n---\nToday we publish the weights of Otter 1.\n",
};
let passed = 0;
let failed = 0;

function seen(what) {
  passed += 1;
  console.log(`  seen: ${what}`);
}

/** The draft: underlined, explained, mended. */
async function write({ page, see, ask, place, click, text, save }) {
  const picture = (name) => page.screenshot({ path: path.join(pictures, `vscode-${name}.png`) });
  // The side bar would take a third of each picture.
  await page.keyboard.press("Control+B");
  await see(".squiggly-error, .squiggly-warning");
  seen("the claim is underlined");
  await see(".codelens-decoration", "claims");
  seen("the lens counts the claims");
  await ask("Control+Shift+M", ".markers-panel .monaco-list-row", "license");
  const rows = await page.locator(".markers-panel .monaco-list-row").count();
  seen(`the Problems panel: ${rows} rows, related places among them`);

  const word = await place("open source");
  await page.mouse.move(word.x, word.y);
  await see(".monaco-hover:not(.hidden) .hover-row", "Fact");
  seen("the hover shows the fact");
  await picture("hover");

  await page.keyboard.press("Escape");
  const mend = async (word, title) => {
    await click(word);
    await ask("Control+.", ".action-widget .monaco-list-row", title);
    await picture("fixes");
    const fixes = await page.locator(".action-widget .monaco-list-row").allInnerTexts();
    seen(`fixes: ${fixes.filter(Boolean).join(" | ")}`);
    await page.keyboard.press("Enter");
  };
  await mend("open source", "Write “proprietary”");
  await see(".codelens-decoration", "3 supported");
  seen("the lens counts it as supported");
  await mend("ten times", "Meta says");
  await text((now) => now.includes("Meta says"));
  await page.locator(".squiggly-error, .squiggly-warning").first().waitFor({ state: "detached" });
  const mended = await save("draft.md", (now) => now.includes("Meta says"));
  seen(`the fixes are in the file: ${mended.split("\n")[6]}`);
  await picture("fixed");
  await page.keyboard.press("Control+Shift+M");
}

/** Status item, output, commands. */
async function run({ page, project, see, ask, command, open, text, save }, program) {
  await page.click("#status\\.languageStatus");
  await see(".monaco-hover .hover-language-status", program);
  const status = await page.locator(".monaco-hover .hover-language-status", { hasText: program }).first().innerText();
  seen(`the status item: ${status.replaceAll("\n", " ")}`);
  await page.keyboard.press("Escape");

  await ask("F1", ".quick-input-widget .monaco-list-row");
  await page.keyboard.type("claimlint:");
  for (const title of ["Fix All", "Open Settings", "Open a Sample", "Restart Server", "Show Output"]) {
    await see(".quick-input-widget .monaco-list-row", title);
  }
  await page.keyboard.press("Escape");
  seen("five commands in the palette");

  await command("claimlint: Show Output");
  await see(".output-view-content .view-lines, .panel .view-lines", "server:");
  seen("the output says which server runs");
  await page.keyboard.press("Control+J");

  const stale = "<!-- claimlint: allow license -- no longer needed -->\nNothing is said of models here.\n";
  fs.writeFileSync(path.join(project, "stale.md"), stale);
  await open("stale.md");
  await see(".squiggly-warning");
  await command("claimlint: Restart Server");
  await page.locator(".squiggly-warning").waitFor({ state: "detached" });
  await see(".squiggly-warning");
  seen("restarted, the server underlines again");
  await command("claimlint: Fix All That Can Be Fixed Safely");
  await text((now) => !now.includes("allow license"));
  await save("stale.md", (now) => !now.includes("allow license"));
  seen("what is safe is fixed at once");

  await command("claimlint: Open Settings");
  await see(".settings-editor .setting-item", "Inlay Hints");
  seen("the settings are described");
  while (await page.locator(".settings-editor").count()) {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(200);
  }
}

/** Facts, rules and configurations. */
async function describe({ page, see, ask, open, click, text }) {
  await open("facts/otter.yaml");
  await click("Today we publish");
  await page.keyboard.press("F12");
  await see(".tab.active", "otter.md");
  seen("definition leads from a fact's quote to the document");

  await open("claimlint.yaml");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("builtin_fact: false");
  await see(".squiggly-error");
  seen("an unknown key of claimlint.yaml is underlined");
  await page.keyboard.press("Control+Backspace");
  for (let left = 0; left < 5; left += 1) await page.keyboard.press("Control+Backspace");
  await text((now) => !now.includes("builtin"));
  await page.keyboard.press("Enter");
  await ask("Control+Space", ".suggest-widget .monaco-list-row", "overrides");
  seen("the keys of claimlint.yaml are offered");
  await page.keyboard.press("Escape");

  await open("facts/new.yaml");
  await page.keyboard.type("claimlint-facts");
  await ask("Control+Space", ".suggest-widget .monaco-list-row", "claimlint-facts");
  await page.keyboard.press("Enter");
  await text((now) => now.includes("subject: maker/model"));
  seen("the snippet for facts is expanded");

  await open("empty.md");
  await page.keyboard.type("claimlint-allow");
  await ask("Control+Space", ".suggest-widget .monaco-list-row", "claimlint-allow");
  await page.keyboard.press("Enter");
  await text((now) => now.includes("<!-- claimlint: allow rule -- reason -->"));
  seen("the snippet for an allowance is expanded");
}

/** What a newcomer sees first. */
async function welcome({ page, see, command, text }) {
  await command("Welcome: Open Walkthrough...");
  await see(".quick-input-widget .monaco-list-row", "Write with claimlint");
  await page.keyboard.type("Write with claimlint");
  await page.keyboard.press("Enter");
  await see(".getting-started-step", "See it at work");
  const steps = await page.locator(".getting-started-step").count();
  await page.locator(".getting-started-step button, .getting-started-step .monaco-button", { hasText: "Open a sample draft" }).click();
  await text((now) => now.includes("What Meta announced"));
  await see(".squiggly-error");
  seen(`the walkthrough of ${steps} steps opens a sample, underlined`);

  await command("Extensions: Show Installed Extensions");
  await page.locator(".extensions-list .monaco-list-row", { hasText: "claimlint" }).first().click();
  await see(".extension-editor", "A copy desk for coverage of AI models");
  const drawn = await page.locator(".extension-editor img.extension-icon, .extension-editor .icon-container img").first();
  if (!(await drawn.evaluate((icon) => icon.complete && icon.naturalWidth > 0))) throw new Error("no icon");
  seen("the extension's page has icon and description");
}

/**
 * Runs one session, whose steps share a window. One that fails is tried once more in a fresh window, as a busy machine may
 * lose a key or a message; a fault of ours fails twice.
 */
async function session(title, options, ...steps) {
  const before = passed;
  for (const attempt of [title, `${title}, once more`]) {
    console.log(`  ${attempt}`);
    passed = before;
    const fault = await once(options, steps, attempt);
    if (!fault) return;
    console.log(`  failed: ${fault}`);
  }
  failed += 1;
}

/** What went wrong in a session, if anything did. */
async function once(options, steps, title) {
  let window;
  try {
    window = await start({ files, open: "draft.md", ...options });
    for (const step of steps) await step(window);
  } catch (error) {
    const picture = path.join(pictures, `failed ${title}.png`);
    await window?.page.screenshot({ path: picture }).catch(() => undefined);
    return `${error.message}\n  picture: ${picture}`;
  } finally {
    await window?.stop();
  }
}

fs.mkdirSync(pictures, { recursive: true });
const hints = { "editor.inlayHints.enabled": "on", "claimlint.inlayHints": "all" };
await session("with the server in the package", { extension: whole, settings: hints }, write, (w) => run(w, "/server/claimlint"), describe, welcome);
await session("with the server on PATH", { extension: small, programs }, async ({ see }) => {
  await see(".squiggly-error");
  seen("the claim is underlined");
});
const nowhere = { "claimlint.server.path": path.join(programs, "no-such-program") };
await session("with a setting that leads nowhere", { extension: whole, settings: nowhere }, async ({ page, see, command }) => {
  const notice = ".notification-list-item";
  // A message may have come and gone before the window could show it; the list keeps it.
  await see(notice, "no-such-program", 10_000).catch(() => command("Notifications: Show Notifications"));
  await see(notice, "no-such-program");
  const told = await page.locator(notice, { hasText: "no-such-program" }).first().innerText();
  seen(`the setting comes before the package: ${told.replaceAll("\n", " ")}`);
});
await close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
