import type { Alert, AlertEntry } from "../domain/alert.ts";
import { type CardElement, type CardMessage, cardMessage, line, link, run, text } from "./card-elements.ts";
import { departedEntry, failureEntry, gapEntry, resolvedEntry } from "./card-entry.ts";
import { failureCount, headerOf, headlineOf, postureOf } from "./card-header.ts";
import { literalText } from "./literal-text.ts";
import { markdownUrl } from "./portal-link.ts";
import { count } from "./wording.ts";

/** Teams refuses 28 KB, and clients have been seen to fail from 21 KB on. */
const bytesAimedAt = 20 * 1024;

/** More than this nobody reads on a phone. */
const mostShown: Shown = { failures: 10, good: 6, gaps: 4 };

export interface CardOptions {
  /** Where the rest can be read, or null when no such page is deployed. */
  readonly publicUrl: string | null;
  /** `https://portal.azure.com`, or a sovereign cloud's portal. */
  readonly portalUrl: string;
}

interface Shown {
  readonly failures: number;
  readonly good: number;
  readonly gaps: number;
}

/** The one card of a sweep, worst first, for a reader with a phone in one hand; never over what Teams takes. */
export function presentAlert(alert: Alert, options: CardOptions): CardMessage {
  let shown = mostShown;
  let message = compose(alert, options, shown);
  while (encodedBytes(message) > bytesAimedAt && !isLeast(shown)) {
    shown = fewer(shown);
    message = compose(alert, options, shown);
  }
  return message;
}

/** The bytes of the request that carries the card. */
export function encodedBytes(message: CardMessage): number {
  return new TextEncoder().encode(JSON.stringify(message)).length;
}

function compose(alert: Alert, options: CardOptions, most: Shown): CardMessage {
  const { failing, resolved, departed } = sort(alert.entries, most);
  const gaps = alert.gaps.slice(0, most.gaps);
  const shown = failing.length + resolved.length + departed.flat().length;
  const url = sweepUrl(options.publicUrl, alert.sweepId);
  const isBaseline = alert.kind === "baseline";
  return cardMessage({
    fallbackText: headlineOf(alert),
    body: [
      headerOf(alert),
      ...postureOf(alert),
      ...failing.map((entry, index) =>
        failureEntry(entry, { id: `fix-${index + 1}`, portalUrl: options.portalUrl, isBaseline }),
      ),
      ...section("Could not be read", gaps.map(gapEntry), "warning"),
      ...(gaps.length > 0 ? more(alert.freshGapCount - gaps.length, "more part", url) : []),
      ...section("Resolved", resolved.map(resolvedEntry), "good"),
      ...section("Gone", departed.map(departedEntry)),
      ...more(changeCount(alert) - shown, isBaseline ? "more failure" : "more change", url),
      line(
        [
          run(`Profile ${literalText(alert.profile, 60)} · sweep ${literalText(alert.sweepId, 60)}`, {
            size: "small",
            isSubtle: true,
          }),
        ],
        {
          separator: true,
          spacing: "medium",
        },
      ),
    ],
    ...(url !== null && { actions: [{ type: "Action.OpenUrl", title: "Open the sweep", url }] }),
  });
}

/** The entries to show, those of one departed cluster together. */
function sort(entries: readonly AlertEntry[], most: Shown) {
  const good = entries.filter(isGoodNews).slice(0, most.good);
  const departed = new Map<string, [AlertEntry, ...AlertEntry[]]>();
  for (const entry of good.filter(({ status }) => status === "departed")) {
    const others = departed.get(entry.clusterId);
    if (others) others.push(entry);
    else departed.set(entry.clusterId, [entry]);
  }
  return {
    failing: entries.filter((entry) => !isGoodNews(entry)).slice(0, most.failures),
    resolved: good.filter(({ status }) => status === "resolved"),
    departed: [...departed.values()],
  };
}

function isGoodNews({ status }: AlertEntry): boolean {
  return status === "resolved" || status === "departed";
}

function changeCount(alert: Alert): number {
  if (alert.kind === "baseline") return failureCount(alert);
  return Object.values(alert.changes).reduce((sum, number) => sum + number, 0);
}

function section(
  title: string,
  items: readonly CardElement[],
  color: "default" | "good" | "warning" = "default",
): readonly CardElement[] {
  return items.length === 0
    ? []
    : [text(title, { weight: "bolder", color, separator: true, spacing: "medium" }), ...items];
}

function more(number: number, noun: string, url: string | null): readonly CardElement[] {
  if (number <= 0) return [];
  const words = `+${count(number, noun)}`;
  return [text(url === null ? words : link(words, url), { isSubtle: url === null, spacing: "medium" })];
}

/** Good news goes first, the worst failures last. */
function fewer({ failures, good, gaps }: Shown): Shown {
  if (good > 2) return { failures, good: good - 1, gaps };
  if (failures > 3) return { failures: failures - 1, good, gaps };
  if (gaps > 1) return { failures, good, gaps: gaps - 1 };
  if (good > 0) return { failures, good: good - 1, gaps };
  return { failures: failures - 1, good, gaps };
}

function isLeast({ failures, good }: Shown): boolean {
  return failures === 0 && good === 0;
}

/** Where the sweep's figures and all its gaps are. */
function sweepUrl(publicUrl: string | null, sweepId: string): string | null {
  return (
    publicUrl && markdownUrl(`${publicUrl.replace(/\/+$/, "")}/api/sweeps/${encodeURIComponent(sweepId)}`)
  );
}
