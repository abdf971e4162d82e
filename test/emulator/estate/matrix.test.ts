import { beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../src/controls/index.ts";
import type { VerdictKind } from "../../../src/domain/verdict.ts";
import { createInspectingWatch } from "../../support/inspecting-watch.ts";
import { createWatch } from "../../support/nights.ts";
import { impossibleVerdicts } from "./impossible-verdicts.ts";
import { companyCatalogue, wholeCatalogue } from "./whole-catalogue.ts";

const kinds = ["pass", "fail", "notApplicable", "unknown"] as const satisfies readonly VerdictKind[];

/** The names of the clusters on which a control came to a verdict of each kind, on the first night, from outside or inside. */
const clustersBy = new Map<string, readonly string[]>();

beforeAll(async () => {
  const outside = await createWatch({ profile: wholeCatalogue }).sweep("2026-11-20");
  const watch = await createInspectingWatch({ profile: companyCatalogue });
  const inside = await watch.sweep("2026-11-20");
  await watch.close();
  for (const { cluster, findings } of [...outside.clusters.values(), ...inside.clusters.values()]) {
    for (const { control, verdict } of findings) {
      const pair = `${control} ${verdict.kind}`;
      clustersBy.set(pair, [...(clustersBy.get(pair) ?? []), cluster.name]);
    }
  }
});

describe("somewhere in the estate", () => {
  it.each(catalogue)("$id comes to every verdict it can come to", ({ id }) => {
    const possible = kinds.filter((kind) => impossibleVerdicts[id]?.[kind] === undefined);
    expect(kinds.filter((kind) => clustersBy.has(`${id} ${kind}`))).toEqual(possible);
  });
});

describe("the verdicts that are said to be impossible", () => {
  it("are those of controls there are", () => {
    expect(catalogue.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(impossibleVerdicts)));
  });

  it("never take passing or failing out of a control", () => {
    const kindsTakenOut = Object.values(impossibleVerdicts).flatMap((byKind) => Object.keys(byKind));
    expect(new Set(kindsTakenOut)).toEqual(new Set(["notApplicable"]));
  });
});

describe("the example to all", () => {
  it("fails nothing, whatever is asked", () => {
    const failing = catalogue.filter(({ id }) =>
      clustersBy.get(`${id} fail`)?.includes("aks-pay-prod-weu-01"),
    );
    expect(failing.map(({ id }) => id)).toEqual([]);
  });
});
