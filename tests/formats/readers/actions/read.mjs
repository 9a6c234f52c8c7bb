// Lets GitHub's own toolkit write the annotations of a JSON report, to be compared with ours: REPORT.json
import { error, notice, warning } from "@actions/core";
import { readFileSync } from "node:fs";

const write = { error, warning, info: notice, hint: notice };
for (const { severity, message, path, rule, start, end, fact } of JSON.parse(readFileSync(process.argv[2])).findings) {
  const source = fact?.source && [fact.source.title, fact.source.date].filter(Boolean).join(", ") + (fact.source.url ? ` <${fact.source.url}>` : "");
  const text = [message, fact?.quote && `“${fact.quote}”`, source].filter(Boolean).join("\n");
  const endColumn = start.line === end.line ? end.column : undefined;
  write[severity](text, { title: rule, file: path, startLine: start.line, endLine: end.line, startColumn: start.column, endColumn });
}
