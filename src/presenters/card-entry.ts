import type { AlertEntry } from "../domain/alert.ts";
import type { Gap, GapReason } from "../domain/gap.ts";
import type { Severity } from "../domain/severity.ts";
import {
  type CardElement,
  column,
  columns,
  container,
  line,
  link,
  run,
  type TextColor,
  type TextRun,
  text,
} from "./card-elements.ts";
import { literalCommands, literalText } from "./literal-text.ts";
import { portalLink } from "./portal-link.ts";
import { nameResource, plainDate, withoutLongIds } from "./wording.ts";

const mostCommandCharacters = 600;

export const severityColors: Readonly<Record<Severity, TextColor>> = {
  critical: "attention",
  high: "warning",
  medium: "accent",
  low: "default",
};

const severityNames: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
};

const reasons: Readonly<Record<GapReason, string>> = {
  accessDenied: "access denied",
  notFound: "not found",
  throttled: "throttled",
  unavailable: "no answer",
  malformed: "unreadable answer",
  incomplete: "seen in part",
  notInDocument: "not in the document",
};

/** One failure in full: what, where, what was seen, and the commands that mend it behind a word to tap. */
export function failureEntry(
  entry: AlertEntry,
  place: { readonly id: string; readonly portalUrl: string; readonly isBaseline: boolean },
): CardElement {
  const commands = literalCommands(entry.commands, mostCommandCharacters);
  const name = column("stretch", clusterName(entry, place.portalUrl));
  const fix = column("auto", [text("Fix ▾", { color: "accent", weight: "bolder" })], {
    selectAction: {
      type: "Action.ToggleVisibility",
      title: "Show or hide the commands that fix it",
      targetElements: [place.id],
    },
  });
  return container(
    [
      line([
        run(`● ${severityNames[entry.severity]}`, {
          color: severityColors[entry.severity],
          weight: "bolder",
          size: "small",
        }),
        ...(place.isBaseline ? [] : [run(` · ${timing(entry)}`, { isSubtle: true, size: "small" })]),
      ]),
      columns(commands.length > 0 ? [name, fix] : [name], { spacing: "none" }),
      line(
        [
          run(entry.status === "blinded" ? "Not read this time: " : "Not met: ", { isSubtle: true }),
          run(literalText(entry.title, 160)),
        ],
        { spacing: "none" },
      ),
      ...entry.seen.slice(0, 3).map((sentence) =>
        line([run(literalText(withoutLongIds(sentence), 240), { isSubtle: true, size: "small" })], {
          spacing: "small",
        }),
      ),
      ...(commands.length > 0 ? [commandBox(place.id, commands)] : []),
    ],
    { separator: true, spacing: "medium" },
  );
}

/** A resolved failure in one line. */
export function resolvedEntry(entry: AlertEntry): CardElement {
  return line(
    [
      run("✓ ", { color: "good", weight: "bolder" }),
      nameRun(entry),
      run(` · ${literalText(entry.title, 160)}`),
    ],
    { spacing: "small" },
  );
}

/** A cluster that is gone, with how many of its failures went with it. */
export function departedEntry(entries: readonly [AlertEntry, ...(readonly AlertEntry[])]): CardElement {
  const failures = entries.length === 1 ? "its failure" : `its ${entries.length} failures`;
  return line([nameRun(entries[0]), run(` was deleted, ${failures} with it`)], { spacing: "small" });
}

/** A gap: what stayed unread, why, and what mends it. */
export function gapEntry(gap: Gap): CardElement {
  const mended: readonly CardElement[] =
    gap.remedy === null
      ? []
      : [line([run("→ "), run(literalText(gap.remedy, 400), { isSubtle: true })], { spacing: "none" })];
  return container(
    [
      line([
        run(literalText(nameResource(gap.scope), 120), { weight: "bolder" }),
        run(`: ${reasons[gap.reason]}. `),
        run(literalText(withoutLongIds(gap.detail), 300)),
      ]),
      ...mended,
    ],
    { spacing: "small" },
  );
}

function clusterName(entry: AlertEntry, portalUrl: string): readonly CardElement[] {
  const url = portalLink(portalUrl, entry.clusterId);
  if (url !== null && isPlainName(entry.clusterName)) {
    return [text(link(entry.clusterName, url), { size: "medium", weight: "bolder" })];
  }
  const name = line([{ ...nameRun(entry), size: "medium" }]);
  return url === null ? [name] : [name, text(link("Open in the portal", url), { spacing: "none" })];
}

/** Azure's own rule for cluster names leaves nothing that Markdown would read, if underscores stand between letters. */
function isPlainName(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]|_(?=[a-z0-9])){0,62}$/i.test(name);
}

function nameRun(entry: AlertEntry): TextRun {
  return run(literalText(entry.clusterName, 80), { weight: "bolder" });
}

function commandBox(id: string, commands: readonly string[]): CardElement {
  const lines = commands.map((command) =>
    line([run(command, { fontType: "monospace", size: "small" })], { spacing: "small" }),
  );
  return container(lines, { id, isVisible: false, style: "emphasis", spacing: "small" });
}

function timing({ status, since }: AlertEntry): string {
  const date = since === null ? null : plainDate(literalText(since, 40));
  switch (status) {
    case "new":
      return "new";
    case "reopened":
      return date === null ? "back again" : `back again, first seen ${date}`;
    case "blinded":
      return date === null ? "still counted" : `failing since ${date}, still counted`;
    case "resolved":
    case "departed":
      return status;
    default:
      return status satisfies never;
  }
}
