import type { createColors } from "picocolors";
import type { Finding } from "../domain/finding.ts";
import { type Severity, severities } from "../domain/severity.ts";

export type Colors = ReturnType<typeof createColors>;

/** How a report is drawn. */
export interface TerminalStyle {
  readonly colors: Colors;
  /** The width to keep to, in characters. */
  readonly columns: number;
}

/** What a set of findings comes to: the worst failure, or what else is to be said. Only a pass without anything unread is green. */
export interface Mark {
  readonly worst: Severity | "unknown" | "pass" | "notApplicable";
  /** Something beside the worst failure could not be decided. */
  readonly isUnsure: boolean;
}

export function markOf(findings: readonly Finding[]): Mark {
  const kinds = new Set(findings.map(({ verdict }) => verdict.kind));
  const failed = severities.find((severity) =>
    findings.some((one) => one.verdict.kind === "fail" && one.severity === severity),
  );
  if (failed !== undefined) return { worst: failed, isUnsure: kinds.has("unknown") };
  if (kinds.has("unknown")) return { worst: "unknown", isUnsure: false };
  return { worst: kinds.has("pass") ? "pass" : "notApplicable", isUnsure: false };
}

const glyphs: Readonly<Record<Mark["worst"], string>> = {
  critical: "✗",
  high: "✗",
  medium: "✗",
  low: "✗",
  unknown: "?",
  pass: "✓",
  notApplicable: "–",
};

const words: Readonly<Record<Mark["worst"], readonly [long: string, short: string]>> = {
  critical: ["critical", "crit"],
  high: ["high", "high"],
  medium: ["medium", "med"],
  low: ["low", "low"],
  unknown: ["unknown", "unkn"],
  pass: ["pass", "pass"],
  notApplicable: ["n/a", "n/a"],
};

/** A glyph and a word, so that it can be read without colours: `✗ high ?` has a failure and something unread. */
export function drawMark({ worst, isUnsure }: Mark, colors: Colors, isShort = false): string {
  const [long, short] = words[worst];
  return (
    paint(worst, colors)(`${glyphs[worst]} ${isShort ? short : long}`) + (isUnsure ? colors.yellow(" ?") : "")
  );
}

/** The width of the widest mark. */
export function markWidth(isShort: boolean): number {
  return isShort ? 8 : 12;
}

export function paint(worst: Mark["worst"], colors: Colors): (text: string) => string {
  switch (worst) {
    case "critical":
      return (text) => colors.bold(colors.red(text));
    case "high":
      return colors.red;
    case "medium":
      return colors.magenta;
    case "low":
      return colors.cyan;
    case "unknown":
      return colors.yellow;
    case "pass":
      return colors.green;
    case "notApplicable":
      return colors.dim;
    default:
      return worst satisfies never;
  }
}
