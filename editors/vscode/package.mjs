// Packs the extension: npm run package [-- --server PROGRAM] [-- --target PLATFORM] [-- --without-server]
//
// By default the server is built here and packed with the extension, for this platform. `--server` packs that program
// instead, `--target` says for which platform (alpine-x64, say, for one without libc). `--without-server` makes one package
// for every platform, which runs the claimlint on PATH. The schemas of the files that people write are the server's own.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

const windows = process.platform === "win32";
const name = windows ? "claimlint.exe" : "claimlint";
const { values } = parseArgs({
  options: { server: { type: "string" }, target: { type: "string" }, "without-server": { type: "boolean" } },
});
const given = values.server && path.resolve(values.server);
process.chdir(import.meta.dirname);

function run(program, ...args) {
  execFileSync(program, args, { stdio: "inherit", shell: windows });
}

function build() {
  const checkout = path.resolve("../..");
  run("cargo", "build", "--release", "--locked", "--manifest-path", path.join(checkout, "Cargo.toml"));
  return path.join(process.env.CARGO_TARGET_DIR ?? path.join(checkout, "target"), "release", name);
}

const server = given ?? build();
for (const folder of ["server", "schemas"]) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
}
// Other tools have files called rules and facts, too: a schema speaks only where one of its keys stands.
const marks = { rule: ["rule"], facts: ["subject", "subjects", "attributes", "sources"], config: [] };
for (const [kind, keys] of Object.entries(marks)) {
  const schema = JSON.parse(execFileSync(server, ["rules", "schema", kind]));
  const { $schema, $defs, ...then } = schema;
  const guarded = keys.length ? { $schema, $defs, if: { anyOf: keys.map((key) => ({ required: [key] })) }, then } : schema;
  fs.writeFileSync(path.join("schemas", `${kind}.json`), JSON.stringify(guarded));
}
const platform = [];
if (!values["without-server"]) {
  fs.copyFileSync(server, path.join("server", name));
  platform.push("--target", values.target ?? `${process.platform}-${process.arch}`);
}
run("npm", "run", "--silent", "typecheck");
run("npm", "run", "--silent", "build");
run("npx", "vsce", "package", "--no-dependencies", "--skip-license", "--allow-missing-repository", "-o", "claimlint.vsix", ...platform);
