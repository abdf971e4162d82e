import type { Alert } from "../domain/alert.ts";
import { severities } from "../domain/severity.ts";
import {
  type CardElement,
  type Column,
  type ContainerStyle,
  column,
  columns,
  container,
  line,
  run,
  type TextColor,
  text,
} from "./card-elements.ts";
import { severityColors } from "./card-entry.ts";
import { literalText } from "./literal-text.ts";
import { count, plainMoment } from "./wording.ts";

/** What changed, in plain words. */
export function headlineOf(alert: Alert): string {
  const { changes } = alert;
  if (alert.kind === "baseline") {
    return `First sweep: ${count(failureCount(alert), "failure")} on ${count(alert.clusters, "cluster")}`;
  }
  const parts = [
    changes.new > 0 ? count(changes.new, "new failure") : "",
    changes.reopened > 0 ? `${changes.reopened} back again` : "",
    changes.blinded > 0 ? `${changes.blinded} out of sight` : "",
    changes.resolved > 0 ? `${changes.resolved} resolved` : "",
    changes.departed > 0 ? `${changes.departed} gone` : "",
  ].filter((part) => part !== "");
  if (parts.length > 0) return parts.join(", ");
  return alert.freshGapCount > 0
    ? `${count(alert.freshGapCount, "more part")} of the fleet could not be read`
    : "Nothing changed";
}

/** The head of the card: when, what changed, and whether the sweep saw everything. */
export function headerOf(alert: Alert): CardElement {
  return container(
    [
      line([
        run(`AKS compliance · ${literalText(plainMoment(alert.startedAt), 40)}`, {
          size: "small",
          isSubtle: true,
        }),
      ]),
      text(headlineOf(alert), { size: "large", weight: "bolder", spacing: "none" }),
      ...(alert.kind === "baseline"
        ? [
            text("The worst come first. From now on a card comes only when something changes.", {
              spacing: "small",
            }),
          ]
        : []),
      ...(alert.isComplete ? [] : [text(incompleteness(alert), { color: "warning", spacing: "small" })]),
    ],
    { style: tone(alert), bleed: true },
  );
}

/** Where the fleet stands: score, clusters, what is unknown, and the failures by severity. */
export function postureOf(alert: Alert): readonly CardElement[] {
  const failing = severities.filter((severity) => alert.fail[severity] > 0);
  return [
    columns(
      [
        figure(alert.score === null ? "–" : alert.score.toFixed(1), "score of 100"),
        figure(String(alert.clusters), alert.clusters === 1 ? "cluster" : "clusters"),
        figure(String(alert.unknown), "unknown", alert.unknown > 0 ? "warning" : "default"),
      ],
      { spacing: "medium" },
    ),
    line(
      failing.length === 0
        ? [run("No failure in what was read")]
        : failing.map((severity) =>
            run(`● ${alert.fail[severity]} ${severity}\u2003`, {
              color: severityColors[severity],
              weight: "bolder",
            }),
          ),
      { spacing: "small" },
    ),
  ];
}

export function failureCount({ fail }: Alert): number {
  return severities.reduce((sum, severity) => sum + fail[severity], 0);
}

function incompleteness({ gapCount }: Alert): string {
  const what =
    gapCount > 0 ? `${count(gapCount, "part")} of the fleet could not be read` : "the sweep did not finish";
  return `**Incomplete:** ${what}. What was not read counts neither as passing nor as resolved.`;
}

/** Never green while anything is unread. */
function tone(alert: Alert): ContainerStyle {
  const { changes, fail } = alert;
  const isWorse =
    alert.kind === "baseline" ? fail.critical + fail.high > 0 : changes.new + changes.reopened > 0;
  if (isWorse) return "attention";
  if (!alert.isComplete || changes.blinded > 0) return "warning";
  return alert.unknown > 0 ? "emphasis" : "good";
}

function figure(value: string, label: string, color: TextColor = "default"): Column {
  return column("stretch", [
    text(value, { size: "extraLarge", weight: "bolder", color }),
    text(label, { size: "small", isSubtle: true, spacing: "none" }),
  ]);
}
