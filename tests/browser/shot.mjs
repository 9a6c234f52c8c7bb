// Takes a picture of a page: node shot.mjs FILE.html PICTURE.png [light|dark]
//
// The one in the README, in examples/pictures: claimlint report four-months.md -o sheet.html, and this on sheet.html.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page, picture, colorScheme = "light"] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? execFileSync("sh", ["-c", "command -v chromium || command -v google-chrome"]).toString().trim();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const tab = await browser.newPage({ viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 1.5, colorScheme });
await tab.goto(pathToFileURL(path.resolve(page)).href);
await tab.screenshot({ path: picture });
await browser.close();
