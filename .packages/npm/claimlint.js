#!/usr/bin/env node
// Runs the program from the package for this platform, as if it had been called itself.
"use strict";

const { spawnSync } = require("node:child_process");

const name = `claimlint-${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`${name}/claimlint${process.platform === "win32" ? ".exe" : ""}`);
} catch {
  console.error(`claimlint: the package ${name} is not installed: it is optional, and there is none for every platform`);
  process.exit(2);
}
const done = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (done.error) {
  console.error(`claimlint: ${done.error.message}`);
  process.exit(2);
}
if (done.signal) process.kill(process.pid, done.signal);
process.exit(done.status ?? 2);
