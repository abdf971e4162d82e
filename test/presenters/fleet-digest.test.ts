import { describe, expect, test } from "vitest";
import { unknown } from "../../src/domain/verdict.ts";
import { createFleetDigester } from "../../src/presenters/fleet-digest.ts";
import { clusterOf, failed, findingsOf, passed } from "./example-result.ts";

const accounts = "identity.local-accounts-disabled";
const numbered = (number: number) => `aks-${String(number).padStart(3, "0")}`;

/** A hundred clusters: every second one fails, and one in five says why it cannot be decided. */
const fleet = Array.from({ length: 100 }, (_, index) =>
  clusterOf(
    numbered(index),
    findingsOf(passed, {
      ...(index % 2 === 0 ? { [accounts]: failed } : {}),
      ...(index % 5 === 0 ? { "nodes.azure-linux-current": unknown(`Reason ${index % 2}.`) } : {}),
    }),
  ),
);

function digestOf(clusters: typeof fleet) {
  const digester = createFleetDigester();
  for (const found of clusters) digester.add(found);
  return digester.digest();
}

describe("the digest of a fleet", () => {
  test("counts all, and keeps the worst few", () => {
    const { tally, worst, failures } = digestOf(fleet);
    expect(tally).toMatchObject({ clusters: 100, unknown: 20 });
    expect(worst.slice(0, 3).map(({ cluster }) => cluster.name)).toEqual(["aks-000", "aks-010", "aks-020"]);
    expect(worst).toHaveLength(30);
    expect(failures.get(accounts)?.count).toBe(50);
    expect(failures.get(accounts)?.worst.map(({ cluster }) => cluster.name)).toEqual(
      [0, 10, 20, 30, 40, 50, 60, 70, 80].map(numbered),
    );
  });

  test("tells unknowns by their reasons, of equally many the one on the worse cluster first", () => {
    const reasons = digestOf(fleet).undecided.get("nodes.azure-linux-current");
    expect(reasons?.map(({ reason, count }) => [reason, count])).toEqual([
      ["Reason 0.", 10],
      ["Reason 1.", 10],
    ]);
  });

  test("is the same in whatever order the clusters come", () => {
    expect(digestOf([...fleet].reverse())).toEqual(digestOf(fleet));
  });
});
