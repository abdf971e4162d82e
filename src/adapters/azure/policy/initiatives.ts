import type { TenantRows, TenantTable } from "../../../application/fact-source.ts";
import { isObject } from "../../json-object.ts";
import type { Patience } from "../../patience.ts";
import { everywhere } from "../access/held-anywhere.ts";
import { readRows } from "../access/read-rows.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import type { ResourceManager } from "../resource-manager.ts";
import { builtInSets, type PolicySet } from "./built-in-policies.ts";
import { assignedSetsQuery } from "./policy-queries.ts";
import { policyKey } from "./policy-rows.ts";
import { readPolicySets } from "./policy-sets.ts";
import { createPolicyWitness } from "./policy-witness.ts";

/** An initiative with those of its members that controls judge by; null when nobody will show it. */
interface Initiative {
  readonly key: string;
  readonly set: PolicySet | null;
}

/** The initiatives that are assigned anywhere in the tenant, Azure's own that are known without asking aside. */
export function createInitiatives(
  graph: ResourceGraph,
  arm: ResourceManager,
  patience: Patience,
): TenantTable {
  return {
    name: "initiatives/2",
    async read() {
      const assigned = await readRows(
        graph,
        everywhere(assignedSetsQuery, "the initiatives that are assigned"),
      );
      // Each batch then looks for those assigned there.
      if (assigned.failure !== null) return { rows: [], failure: assigned.failure };
      const ids = assigned.rows.flatMap((row) =>
        isObject(row) && typeof row.id === "string" ? [row.id] : [],
      );
      const witness = createPolicyWitness(arm, patience);
      const sets = await readPolicySets(graph, witness, ids, new Map());
      const rows = new Map<string, Initiative>();
      for (const id of ids) {
        const key = policyKey(id);
        const set = sets.get(key) ?? null;
        if (builtInSets.has(key)) continue;
        // Batches look for one that was not to be had for a while.
        if (set !== null || witness.isHidden(id)) rows.set(key, { key, set });
      }
      return { rows: [...rows.values()], failure: null };
    },
  };
}

/** By key; none when the table was not kept: a batch, or a single cluster, then looks for those that it names itself. */
export function mapInitiatives(kept: TenantRows | null): ReadonlyMap<string, PolicySet | null> {
  // Made by the table above, whose name changes when they do.
  const rows = (kept?.rows ?? []) as readonly Initiative[];
  return new Map(rows.map(({ key, set }) => [key, set]));
}
