// The VS Code client: it finds the server, starts it and shows how it fares. All else is the server's.

import { existsSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions, State } from "vscode-languageclient/node";

const LANGUAGES = ["markdown", "mdx", "html", "plaintext"];
/** Settings that take effect by starting the server anew; all others the server asks for itself. */
const RESTARTS = ["claimlint.enable", "claimlint.server.path", "claimlint.server.arguments"];

let client: LanguageClient | undefined;
let output: vscode.LogOutputChannel;
let status: vscode.LanguageStatusItem;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  output = vscode.window.createOutputChannel("claimlint", { log: true });
  status = vscode.languages.createLanguageStatusItem("claimlint", [...LANGUAGES, "yaml"].map((language) => ({ language })));
  status.name = "claimlint";
  status.command = { command: "claimlint.showOutput", title: "Output" };
  const command = (name: string, run: () => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand(`claimlint.${name}`, run));
  command("restart", () => restart(context));
  command("showOutput", () => output.show());
  command("openSettings", () => vscode.commands.executeCommand("workbench.action.openSettings", "@ext:claimlint.claimlint"));
  command("openSample", () => openSample(context));
  command("fixAll", fixAll);
  context.subscriptions.push(
    output,
    status,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (RESTARTS.some((key) => change.affectsConfiguration(key))) void restart(context);
    }),
  );
  await start(context);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function restart(context: vscode.ExtensionContext): Promise<void> {
  const running = client;
  client = undefined;
  // A server that does not answer is not waited for.
  await running?.stop(2000).catch(() => undefined);
  await start(context);
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const settings = vscode.workspace.getConfiguration("claimlint");
  if (!settings.get<boolean>("enable")) {
    show("off", "turned off in the settings");
    return;
  }
  const run = { command: program(context), args: settings.get<string[]>("server.arguments") ?? ["lsp"] };
  const server: ServerOptions = { run, debug: run };
  const options: LanguageClientOptions = {
    documentSelector: [
      ...LANGUAGES.map((language) => ({ language })),
      // The server knows facts, rules and configurations among them, and leaves all others alone.
      { language: "yaml" },
      { scheme: "file", pattern: "**/seeds/**" },
    ],
    synchronize: { configurationSection: "claimlint" },
    initializationOptions: settings,
    outputChannel: output,
    traceOutputChannel: output,
  };
  const running = new LanguageClient("claimlint", "claimlint", server, options);
  client = running;
  running.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) show("busy", "starting");
    if (newState === State.Running) show("ready", [running.initializeResult?.serverInfo?.version, run.command].filter(Boolean).join(", "));
    if (newState === State.Stopped) show("failed", "stopped; see the output");
  });
  try {
    await client.start();
    output.info(`server: ${run.command} ${run.args.join(" ")}`);
  } catch (error) {
    show("failed", "could not be started; see the output");
    output.error(`${run.command} could not be started: ${error}`);
    const choice = await vscode.window.showErrorMessage(
      `claimlint: ${run.command} could not be started. Put claimlint on your PATH, or say in the settings where it is.`,
      "Settings",
      "Output",
    );
    if (choice === "Settings") await vscode.commands.executeCommand("claimlint.openSettings");
    if (choice === "Output") output.show();
  }
}

/** The program that the settings name, else the one in this extension, else the one on PATH. */
function program(context: vscode.ExtensionContext): string {
  const named = vscode.workspace.getConfiguration("claimlint").get<string>("server.path");
  if (named) return named.replace(/^~(?=[\\/])/, process.env.HOME ?? process.env.USERPROFILE ?? "~");
  const name = process.platform === "win32" ? "claimlint.exe" : "claimlint";
  const bundled = path.join(context.extensionPath, "server", name);
  return existsSync(bundled) ? bundled : name;
}

function show(state: "busy" | "ready" | "failed" | "off", detail: string): void {
  status.busy = state === "busy";
  status.text = state === "ready" ? "$(check) claimlint" : state === "failed" ? "$(error) claimlint" : "$(circle-slash) claimlint";
  if (state === "busy") status.text = "claimlint";
  status.detail = detail;
  status.severity = state === "failed" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
}

async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.claimlint", apply: "first" });
}

async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const sample = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, "media", "sample.md"));
  const content = new TextDecoder().decode(sample);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "markdown", content }));
}
