import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** What the stub answers: JSON, or how it fails. */
export type AzAnswer = { readonly json: unknown } | { readonly stderr: string } | { readonly text: string };

/** One call of az: `GET <address>` and the like of `az rest`, else its words. */
export interface AzCall {
  readonly call: string;
  readonly body: unknown;
}

export interface StubAz {
  /** With the stub first, and Node to run it. */
  readonly path: string;
  calls(): readonly AzCall[];
}

/** An `az` that answers what it is given, in order for a call that is made again, and writes down what it was asked; what nobody foresaw fails. */
export function createStubAz(folder: string, answers: Readonly<Record<string, readonly AzAnswer[]>>): StubAz {
  mkdirSync(folder, { recursive: true });
  const log = join(folder, "calls.jsonl");
  const file = join(folder, "az");
  writeFileSync(join(folder, "answers.json"), JSON.stringify(answers));
  writeFileSync(file, program);
  chmodSync(file, 0o755);
  return {
    path: [folder, dirname(process.execPath)].join(delimiter),
    calls: () =>
      existsSync(log)
        ? readFileSync(log, "utf8")
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line))
        : [],
  };
}

const program = `#!/usr/bin/env node
const { appendFileSync, existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const argv = process.argv.slice(2);
const option = (name) => (argv.includes(name) ? argv[argv.indexOf(name) + 1] : undefined);
const call = argv[0] === "rest" ? option("--method") + " " + option("--url") : argv.join(" ");
const body = option("--body");
const log = join(__dirname, "calls.jsonl");
const earlier = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\\n").map((line) => JSON.parse(line)) : [];
const content = body === undefined ? null : JSON.parse(readFileSync(body.replace(/^@/, ""), "utf8"));
appendFileSync(log, JSON.stringify({ call, body: content }) + "\\n");
const answers = JSON.parse(readFileSync(join(__dirname, "answers.json"), "utf8"))[call] ?? [];
const before = earlier.filter((one) => one.call === call).length;
const answer = answers[Math.min(before, answers.length - 1)] ?? { stderr: "ERROR: nobody foresaw " + call };
if (answer.stderr !== undefined) {
  process.stderr.write(answer.stderr);
  process.exitCode = 1;
} else process.stdout.write(answer.text ?? JSON.stringify(answer.json));
`;
