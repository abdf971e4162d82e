import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Alert } from "../../src/domain/alert.ts";
import { severities } from "../../src/domain/severity.ts";
import { noChanges } from "../../src/domain/sweep.ts";
import { messageFaults } from "../../src/emulator/teams/teams-card-rules.ts";
import { encodedBytes, presentAlert } from "../../src/presenters/adaptive-card.ts";
import {
  alert,
  baselineAlert,
  clusterId,
  driftAlert,
  entry,
  hostileAlert,
} from "../support/example-alerts.ts";
import { shownText } from "../support/shown-text.ts";

const options = { publicUrl: "https://midwatch.contoso.example/", portalUrl: "https://portal.azure.com" };

const urlOf = ({ sweepId }: Alert) => `https://midwatch.contoso.example/api/sweeps/${sweepId}`;
const sweepUrl = urlOf(driftAlert);

function cardOf(one: Alert, publicUrl: string | null = options.publicUrl) {
  return presentAlert(one, { ...options, publicUrl }).attachments[0].content;
}

function textsOf(one: Alert, publicUrl: string | null = options.publicUrl): readonly string[] {
  return cardOf(one, publicUrl).body.flatMap(shownText);
}

/** As many new failures as asked for, each as long as the card lets it be. */
function manyFailures(number: number, letter = "x"): Alert {
  const long = letter.repeat(2_000);
  return alert({
    isComplete: false,
    changes: { ...noChanges, new: number, resolved: 10 },
    entries: [
      ...Array.from({ length: number }, (_, index) =>
        entry({
          clusterName: `aks-${index}`,
          title: long,
          seen: [long, long, long],
          commands: Array(3).fill(letter.repeat(600)),
        }),
      ),
      ...Array.from({ length: 10 }, () => entry({ status: "resolved", clusterName: long, title: long })),
    ],
    gaps: Array.from(
      { length: 10 },
      (_, index) => ({ scope: `${long}${index}`, reason: "malformed", detail: long, remedy: long }) as const,
    ),
    freshGapCount: 10,
    gapCount: 10,
  });
}

describe("the message", () => {
  test.each(Object.entries({ driftAlert, baselineAlert, hostileAlert, manyFailures: manyFailures(40) }))(
    "of %s is taken by the official parser",
    (_, one) => {
      expect(messageFaults(JSON.stringify(presentAlert(one, options)))).toEqual([]);
    },
  );

  test("uses the whole width and says the headline where cards cannot be shown", () => {
    expect(cardOf(driftAlert)).toMatchObject({
      version: "1.4",
      msteams: { width: "Full" },
      fallbackText: "3 new failures, 1 back again, 2 out of sight, 2 resolved, 2 gone",
    });
  });

  test("opens the pages when there are any", () => {
    expect(cardOf(driftAlert).actions).toEqual([
      { type: "Action.OpenUrl", title: "Open the sweep", url: sweepUrl },
    ]);
    expect(cardOf(driftAlert, null).actions).toBeUndefined();
  });
});

describe("the body", () => {
  test("goes from what is worst, through what is unread, to what is good", () => {
    const texts = textsOf(driftAlert);
    const places = [
      "● Critical · new",
      "● High · failing since 12 Oct 2026, still counted",
      "Could not be read",
      "Resolved",
      "Gone",
    ].map((words) => texts.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test("gathers what went with one deleted cluster", () => {
    expect(textsOf(driftAlert)).toContain("aks-poc-weu-09 was deleted, its 2 failures with it");
  });

  test("counts what it leaves out, with a link where there is one", () => {
    const one = alert({
      changes: { ...noChanges, new: 30 },
      entries: Array.from({ length: 30 }, () => entry()),
    });
    expect(textsOf(one)).toContain(`[+20 more changes](${sweepUrl})`);
    expect(textsOf(one, null)).toContain("+20 more changes");
    expect(textsOf(baselineAlert)).toContain(`[+17 more failures](${urlOf(baselineAlert)})`);
    expect(textsOf(driftAlert)).toContain(`[+1 more part](${sweepUrl})`);
  });

  test("has no empty sections", () => {
    const texts = textsOf(alert({ changes: { ...noChanges, new: 1 }, entries: [entry()] }));
    expect(
      texts.filter(
        (words) => ["Could not be read", "Resolved", "Gone"].includes(words) || words.includes("more"),
      ),
    ).toEqual([]);
  });

  test("gives every fix its own place to open", () => {
    const ids = [...JSON.stringify(cardOf(driftAlert)).matchAll(/"id":"(fix-\d+)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(new Set(ids).size);
    expect(ids.length).toBeGreaterThan(0);
  });
});

describe("the size", () => {
  test("stays near 20 KB by leaving out from the end", () => {
    const message = presentAlert(manyFailures(40), options);
    expect(encodedBytes(message)).toBeLessThanOrEqual(20 * 1024);
    expect(textsOf(manyFailures(40)).join("\n")).toContain("aks-0");
    expect(textsOf(manyFailures(40)).some((words) => /^\[\+\d+ more changes\]/.test(words))).toBe(true);
  });

  test.each(["🛟", '"', "\\", "é"])("never reaches 28 KB, even where all text is %s", (letter) => {
    expect(encodedBytes(presentAlert(manyFailures(40, letter), options))).toBeLessThan(28 * 1024);
  });

  test("holds for any alert, and the official parser takes it", () => {
    const words = fc.string({ unit: "binary", maxLength: 300 });
    const anyEntry = fc.record({
      status: fc.constantFrom("new", "reopened", "resolved", "blinded", "departed"),
      severity: fc.constantFrom(...severities),
      clusterId: fc.oneof(words, fc.constant(clusterId("aks-x"))),
      clusterName: words,
      control: words,
      title: words,
      seen: fc.array(words, { maxLength: 4 }),
      since: fc.option(words),
      commands: fc.array(words, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), words, (entries, profile) => {
        const message = presentAlert(
          alert({ entries, profile, changes: { ...noChanges, new: entries.length } }),
          options,
        );
        expect(encodedBytes(message)).toBeLessThan(28 * 1024);
        expect(messageFaults(JSON.stringify(message))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("text that is not ours", () => {
  test("never stands where Markdown is read", () => {
    const blocks = [
      ...JSON.stringify(cardOf(hostileAlert)).matchAll(/"type":"TextBlock","text":"((?:[^"\\]|\\.)*)"/g),
    ].map(([, words]) => words);
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks.filter((words) => /evil|<script|<at|DATE/.test(words ?? ""))).toEqual([]);
  });

  test("mentions nobody and leads nowhere", () => {
    const json = JSON.stringify(presentAlert(hostileAlert, options));
    expect(json).toContain("[:]//evil");
    expect(json).not.toMatch(/<\/?at/i);
    expect(json).not.toContain("entities");
    expect(json).not.toContain("https://evil");
  });

  test("is never part of a command someone might paste", () => {
    expect(textsOf(hostileAlert).filter((words) => words.startsWith("az ") && words.includes("**"))).toEqual(
      [],
    );
  });
});
