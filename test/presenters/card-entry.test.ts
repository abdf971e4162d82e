import { describe, expect, test } from "vitest";
import type { CardElement } from "../../src/presenters/card-elements.ts";
import { departedEntry, failureEntry, gapEntry, resolvedEntry } from "../../src/presenters/card-entry.ts";
import { clusterId, entry } from "../support/example-alerts.ts";
import { shownText } from "../support/shown-text.ts";

const place = { id: "fix-1", portalUrl: "https://portal.azure.com", isBaseline: false };

function failure(changes: Parameters<typeof entry>[0] = {}): CardElement {
  return failureEntry(entry(changes), place);
}

describe("a failure", () => {
  test("names severity, cluster, control, what was seen and the fix", () => {
    expect(shownText(failure())).toEqual([
      "● High · new",
      `[aks-pay-weu-01](https://portal.azure.com/#@/resource${clusterId("aks-pay-weu-01")})`,
      "Fix ▾",
      "Not met: Local accounts are disabled",
      "properties.disableLocalAccounts is not set, expected true",
      entry().commands[0],
    ]);
  });

  test("hides the fix until it is asked for", () => {
    expect(JSON.stringify(failure())).toContain('"targetElements":["fix-1"]');
    expect(failure()).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id: "fix-1", isVisible: false })]),
    });
  });

  test("has nothing to open when there is no command, or none that can be shown whole", () => {
    for (const commands of [[], ["az ".padEnd(700, "x")]]) {
      expect(shownText(failure({ commands }))).not.toContain("Fix ▾");
      expect(JSON.stringify(failure({ commands }))).not.toContain("fix-1");
    }
  });

  test("tells since when, unless it is new or the night is the first", () => {
    expect(shownText(failure({ status: "reopened", since: "2026-09-03" }))[0]).toBe(
      "● High · back again, first seen 3 Sep 2026",
    );
    expect(shownText(failure({ status: "blinded", since: "2026-09-03" }))[0]).toBe(
      "● High · failing since 3 Sep 2026, still counted",
    );
    expect(shownText(failure({ status: "reopened", since: null }))[0]).toBe("● High · back again");
    expect(shownText(failureEntry(entry(), { ...place, isBaseline: true }))[0]).toBe("● High");
  });

  test("does not call met or unmet what was not read", () => {
    expect(shownText(failure({ status: "blinded" }))).toContain(
      "Not read this time: Local accounts are disabled",
    );
  });

  test("shows a name Markdown might read as literal text, and links beside it", () => {
    const texts = shownText(failure({ clusterName: "a__b__", clusterId: clusterId("a__b") }));
    expect(texts).toContain("a__b__");
    expect(texts).toContain(`[Open in the portal](https://portal.azure.com/#@/resource${clusterId("a__b")})`);
  });

  test("links nowhere when the id is not a cluster's", () => {
    expect(shownText(failure({ clusterId: "clusters.json" }))).toContain("aks-pay-weu-01");
    expect(JSON.stringify(failure({ clusterId: "clusters.json" }))).not.toContain("](");
  });

  test("calls resources in its evidence by their short names", () => {
    const seen = [
      "/subscriptions/1/resourceGroups/MC_a/providers/Microsoft.Compute/virtualMachineScaleSets/np has a public address",
    ];
    expect(shownText(failure({ seen }))).toContain("virtualMachineScaleSets/np has a public address");
  });
});

test("good news takes one line", () => {
  expect(shownText(resolvedEntry(entry({ status: "resolved" })))).toEqual([
    "✓ aks-pay-weu-01 · Local accounts are disabled",
  ]);
  const gone = entry({ status: "departed" });
  expect(shownText(departedEntry([gone]))).toEqual(["aks-pay-weu-01 was deleted, its failure with it"]);
  expect(shownText(departedEntry([gone, gone]))).toEqual([
    "aks-pay-weu-01 was deleted, its 2 failures with it",
  ]);
});

test("a gap names what stayed unread, why, and what mends it", () => {
  const gap = {
    scope: "/subscriptions/1c0f",
    reason: "accessDenied",
    detail: "ARM refused.",
    remedy: "Grant Reader on /subscriptions/1c0f.",
  } as const;
  expect(shownText(gapEntry(gap))).toEqual([
    "subscription 1c0f: access denied. ARM refused.",
    "→ Grant Reader on /subscriptions/1c0f.",
  ]);
  expect(shownText(gapEntry({ ...gap, remedy: null }))).toHaveLength(1);
});
