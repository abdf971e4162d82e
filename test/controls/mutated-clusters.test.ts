import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mapManagedCluster } from "../../src/adapters/azure/managed-cluster.ts";
import type { ObservedCluster } from "../../src/application/ports.ts";
import { catalogue } from "../../src/controls/index.ts";
import { assess, type FactControl } from "../../src/domain/control.ts";
import type { ClusterSnapshot } from "../../src/domain/facts.ts";
import type { Verdict } from "../../src/domain/verdict.ts";
import { clusterRows } from "../../src/emulator/estate/cluster-rows.ts";
import { payProd } from "../../src/emulator/estate/clusters/payments.ts";
import { snapshot } from "../support/snapshot.ts";

type Path = readonly (string | number)[];

const row = structuredClone(clusterRows(payProd)[0]) as Record<string, unknown>;
/** What the controls may look at; an id or a name of the wrong type makes the row no cluster's. */
const roots = ["properties", "sku", "identity"];

/** A cluster of which all else is known and in order. */
function snapshotOf(observed: ObservedCluster): ClusterSnapshot {
  return { cluster: observed.cluster, readings: { ...snapshot().readings, ...observed.readings } };
}

function verdictsOf(changed: unknown): ReadonlyMap<string, Verdict> | null {
  const observed = mapManagedCluster(changed);
  if ("reason" in observed) return null;
  return new Map(catalogue.map((control) => [control.id, assess(control, snapshotOf(observed))]));
}

const before = verdictsOf(row) ?? new Map<string, Verdict>();

const combinations = new Set(catalogue.filter((control) => "parts" in control).map(({ id }) => id));

/** Every place in the row, blocks and lists included. */
function placesIn(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Array.isArray(value)
    ? value.flatMap((entry, index) => placesIn(entry, [...path, index]))
    : Object.entries(value).flatMap(([name, entry]) => placesIn(entry, [...path, name]));
  return [path, ...inside];
}

const places = roots.flatMap((root) => placesIn(row[root], [root]));

function at(path: Path): unknown {
  return path.reduce<unknown>((value, name) => (value as Record<string | number, unknown>)[name], row);
}

/** The row with something else at a place; without anything there when it is undefined. */
function rowWith(path: Path, value: unknown): Record<string, unknown> {
  const changed = structuredClone(row);
  const last = path.at(-1) ?? "";
  const holder = path
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>(
      (block, name) => block[name] as Record<string | number, unknown>,
      changed,
    );
  if (value === undefined && !Array.isArray(holder)) delete holder[last];
  else holder[last] = value;
  return changed;
}

/** As evidence writes a place. */
function textOf(path: Path): string {
  return path
    .map((name, index) => (typeof name === "number" ? `[${name}]` : `${index === 0 ? "" : "."}${name}`))
    .join("");
}

/** Controls whose pass rested on what stood at a place, or inside it. A combination rests on any one of its parts. */
function restingOn(path: Path): readonly string[] {
  const text = textOf(path);
  return [...before].flatMap(([id, { kind, evidence }]) =>
    kind === "pass" &&
    !combinations.has(id) &&
    evidence.some(
      (piece) =>
        piece.path === text || piece.path.startsWith(`${text}.`) || piece.path.startsWith(`${text}[`),
    )
      ? [id]
      : [],
  );
}

const wrongTypes: readonly unknown[] = ["oops", 7, true, ["oops"], { oops: 1 }];

/** Where an image's name says nothing, the SKU beside it does; Azure CNI passes in any mode. */
const openWords = new Set(["nodeImageVersion", "networkPluginMode"]);

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

describe("a cluster's row that Azure changes", () => {
  test("is one that most controls pass on, or the rest would prove nothing", () => {
    const passing = [...before.values()].filter(({ kind }) => kind === "pass");
    expect(passing.length).toBeGreaterThan(30);
  });

  test("never passes a control on a value of a wrong type, and never breaks", () => {
    const change = fc.constantFrom(...places).chain((path) =>
      fc.record({
        path: fc.constant(path),
        value: fc.constantFrom(...wrongTypes.filter((value) => kindOf(value) !== kindOf(at(path)))),
      }),
    );
    fc.assert(
      fc.property(change, ({ path, value }) => {
        const after = verdictsOf(rowWith(path, value));
        for (const id of restingOn(path))
          if (after) expect([id, after.get(id)?.kind]).not.toEqual([id, "pass"]);
      }),
      { numRuns: 1_500 },
    );
  });

  test("never passes a control on a word it does not know", () => {
    const words = places.filter(
      (path) => typeof at(path) === "string" && !openWords.has(String(path.at(-1))),
    );
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.stringMatching(/^[A-Z][a-z]{3,9}2027$/), (path, word) => {
        const after = verdictsOf(rowWith(path, word));
        for (const id of restingOn(path))
          if (after) expect([id, after.get(id)?.kind]).not.toEqual([id, "pass"]);
      }),
      { numRuns: 800 },
    );
  });

  test("breaks on nothing that is missing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), (path) => {
        const after = verdictsOf(rowWith(path, undefined));
        if (after) expect(after.size).toBe(catalogue.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test("passes with nothing in it only what Azure does by default", () => {
    const { id, name, location, resourceGroup, subscriptionId } = row;
    const bare = { id, name, location, resourceGroup, subscriptionId, sku: null, identity: null };
    const after = verdictsOf({ ...bare, properties: { resourceUID: "1" } });
    const own = new Set(
      catalogue.flatMap((control) => ("parts" in control || !isOfRow(control) ? [] : [control.id])),
    );
    const passing = [...(after ?? [])].filter(([control, { kind }]) => own.has(control) && kind === "pass");
    expect(passing.map(([control]) => control)).toEqual([
      "identity.pod-identity-retired",
      "network.standard-load-balancer",
      "network.legacy-ingress-absent",
    ]);
  });
});

/** Whether all a control needs is in a cluster's own row. */
function isOfRow({ needs }: FactControl): boolean {
  const observed = mapManagedCluster(row);
  const held = new Set<string>(["clock", ...Object.keys("readings" in observed ? observed.readings : {})]);
  return needs.every((group) => held.has(group));
}
