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

/** How much room a mark has: a word, a short word, or a letter. */
export type MarkSize = "long" | "short" | "tiny";

const words: Readonly<Record<Mark["worst"], Readonly<Record<MarkSize, string>>>> = {
  critical: { long: " critical", short: " crit", tiny: "C" },
  high: { long: " high", short: " high", tiny: "H" },
  medium: { long: " medium", short: " med", tiny: "M" },
  low: { long: " low", short: " low", tiny: "L" },
  unknown: { long: " unknown", short: " unkn", tiny: "" },
  pass: { long: " pass", short: " pass", tiny: "" },
  notApplicable: { long: " n/a", short: " n/a", tiny: "" },
};

/** A glyph and a word or letter, so that it can be read without colours: `✗ high ?` has a failure and something unread. */
export function drawMark({ worst, isUnsure }: Mark, colors: Colors, size: MarkSize = "long"): string {
  const unsure = size === "tiny" ? "?" : " ?";
  return (
    paint(worst, colors)(`${glyphs[worst]}${words[worst][size]}`) + (isUnsure ? colors.yellow(unsure) : "")
  );
}

/** The width of the widest mark of each size. */
export const markWidths: Readonly<Record<MarkSize, number>> = { long: 12, short: 8, tiny: 3 };

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
