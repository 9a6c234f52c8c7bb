// Asks the server behind the YAML extension what it makes of the schemas that the VS Code package declares.
//
//     BOX=where/setup/put/it node schemas.mjs EXTENSION-FOLDER REPOSITORY
//
// Every rule, fact and configuration file of the repository must pass, and what is wrong must not.

import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [extension, repository] = process.argv.slice(2).map((file) => path.resolve(file));
const require = createRequire(path.join(process.env.BOX, "package.json"));
const rpc = createRequire(require.resolve("yaml-language-server"))("vscode-languageserver/node");
const { yamlValidation } = JSON.parse(fs.readFileSync(path.join(extension, "package.json"), "utf8")).contributes;

const server = spawn(path.join(process.env.BOX, "node_modules/.bin/yaml-language-server"), ["--stdio"]);
const wire = rpc.createProtocolConnection(server.stdout, server.stdin);
const waiting = new Map();
wire.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => waiting.get(uri)?.(diagnostics));
wire.onRequest("workspace/configuration", ({ items }) => items.map(({ section }) => (section === "yaml" ? yaml : {})));
wire.onRequest("client/registerCapability", () => null);
const schemas = yamlValidation.map(({ url, fileMatch }) => [pathToFileURL(path.join(extension, url)).href, fileMatch]);
const yaml = { schemas: Object.fromEntries(schemas), validate: true, completion: true, schemaStore: { enable: false } };
wire.listen();
await wire.sendRequest("initialize", {
  processId: process.pid,
  rootUri: pathToFileURL(repository).href,
  capabilities: { workspace: { configuration: true } },
});
await wire.sendNotification("initialized", {});

/** What is wrong with a text under that name. */
async function problems(name, text) {
  const uri = pathToFileURL(path.join(repository, name)).href;
  const answer = new Promise((resolve) => waiting.set(uri, resolve));
  await wire.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  const found = await answer;
  await wire.sendNotification("textDocument/didClose", { textDocument: { uri } });
  return found.map(({ message, range }) => `${name}:${range.start.line + 1}: ${message}`);
}

function files(folder) {
  return fs.readdirSync(path.join(repository, folder), { recursive: true })
    .map((file) => path.join(folder, file))
    .filter((file) => file.endsWith(".yaml"));
}

let failed = 0;
const good = [...files("rules"), ...files("examples"), ...files("tests/worlds")];
for (const file of good) {
  for (const problem of await problems(file, fs.readFileSync(path.join(repository, file), "utf8"))) {
    failed += 1;
    console.log(`  failed: ${problem}`);
  }
}
const bad = { "claimlint.yaml": "fact: here\n", "facts/new.yaml": "subject: a/b\nkinds: [model]\nnam: B\n", "rules/new.yaml": "rule: new\nseverity: fatal\n" };
for (const [file, text] of Object.entries(bad)) {
  const found = await problems(file, text);
  if (found.length === 0) failed += 1;
  console.log(`  ${found.length ? "seen" : "failed"}: ${file}: ${found[0] ?? "nothing is wrong"}`);
}
console.log(`  seen: ${good.length} files of the repository`);
server.kill();
process.exit(failed ? 1 : 0);
