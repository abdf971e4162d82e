import Table from "cli-table3";
import { createColors } from "picocolors";
import { guideA, guideB, shortfalls } from "../controls/guides.ts";
import { catalogue } from "../controls/index.ts";
import { findProfile, profileNames } from "../controls/profiles.ts";
import { type Control, groupsReadBy, type Part } from "../domain/control.ts";
import type { Remediation } from "../domain/remediation.ts";
import { renderControlDocs } from "../presenters/control-docs.ts";
import { renderGuideDocs } from "../presenters/guide-docs.ts";
import { paragraph, wrapCommand } from "../presenters/terminal-text.ts";
import { isColoured, readFormat } from "./arguments.ts";
import type { CommandLine } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { assertWritable, writeFileWhole, writeStandardOutput } from "./output.ts";
import { UsageError } from "./usage-error.ts";

const columns = 100;

export interface ControlsOptions {
  readonly format?: string;
  readonly output?: string;
  /** Prints how the guides are answered instead, as Markdown. */
  readonly guides?: boolean;
  readonly color: boolean;
}

/** `midwatch controls [id]`: the catalogue, or one control explained. */
export async function controls(
  line: CommandLine,
  id: string | undefined,
  options: ControlsOptions,
): Promise<ExitCode> {
  const faults: string[] = [];
  const format = readFormat(line, options, ["table", "json", "markdown"], (fault) => faults.push(fault));
  const chosen =
    id === undefined ? catalogue : catalogue.filter((control) => control.id === id.toLowerCase());
  if (chosen.length === 0) {
    faults.push(
      `there is no control ${id}; the controls are ${catalogue.map((control) => control.id).join(", ")}`,
    );
  }
  if (format === null || faults.length > 0) throw new UsageError(faults);
  if (options.output !== undefined) await assertWritable(options.output);

  const pieces = [
    options.guides === true
      ? renderGuideDocs([guideA, guideB], shortfalls)
      : write(chosen, id !== undefined, format, isColoured(line, options)),
  ];
  if (options.output === undefined) await writeStandardOutput(line.stdout, pieces);
  else await writeFileWhole(options.output, pieces);
  return exitCodes.done;
}

function write(
  chosen: readonly Control[],
  isOne: boolean,
  format: "table" | "json" | "markdown",
  colours: boolean,
) {
  switch (format) {
    case "json": {
      const described = chosen.map(describeControl);
      return `${JSON.stringify(isOne ? described[0] : described, null, 2)}\n`;
    }
    case "markdown":
      return renderControlDocs(
        chosen,
        profileNames.flatMap((name) => findProfile(name) ?? []),
      );
    case "table":
      return isOne ? chosen.map((control) => explain(control, colours)).join("\n") : list(chosen, colours);
    default:
      return format satisfies never;
  }
}

/** A control without its code. */
function describeControl(control: Control) {
  const { id, title, severity, layer, revision = 1, rationale, remediation, references } = control;
  const reads = "parts" in control ? { parts: control.parts.map(idsOf) } : { needs: groupsReadBy(control) };
  return { id, title, severity, layer, revision, rationale, remediation, references, ...reads };
}

/** Of alternatives a list. */
function idsOf(part: Part): string | readonly string[] {
  return "id" in part ? part.id : part.map(({ id }) => id);
}

/** Unwrapped, since YAML lives by its lines. */
function manifestLines({ manifest }: Remediation): readonly string[] {
  return manifest === undefined
    ? []
    : ["", "  Manifest:", ...manifest.split("\n").map((line) => `    ${line}`)];
}

function list(chosen: readonly Control[], colours: boolean): string {
  const colors = createColors(colours);
  const table = new Table({
    head: ["control", "severity", "asks"].map(colors.bold),
    style: { head: [], border: [] },
  });
  for (const { id, severity, title } of chosen) table.push([id, severity, title]);
  return `${table.toString()}\n${colors.dim("midwatch controls <id> explains one.")}\n`;
}

function explain(control: Control, colours: boolean): string {
  const colors = createColors(colours);
  const { id, title, severity, layer, rationale, remediation, references } = control;
  const frameworks = [
    ["CIS AKS Benchmark 1.8.0", references.cis],
    ["Microsoft cloud security benchmark", references.mcsb],
    ["Azure Policy definitions", references.policy],
  ] as const;
  return [
    `${colors.bold(id)}  ${severity}, ${layer}`,
    ...paragraph(title, columns, ""),
    "",
    ...paragraph(rationale, columns, "  "),
    "",
    ...paragraph(`Fix: ${remediation.summary}`, columns, "  "),
    ...remediation.commands.flatMap((command) => wrapCommand(command, columns, "    ")),
    ...manifestLines(remediation),
    "",
    `  Docs: ${references.docs}`,
    ...frameworks.flatMap(([name, ids]) =>
      ids === undefined ? [] : paragraph(`${name}: ${ids.join(", ")}`, columns, "  "),
    ),
    "",
  ].join("\n");
}
