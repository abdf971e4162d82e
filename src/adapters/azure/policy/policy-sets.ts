import { SourceError } from "../../../application/source-error.ts";
import { malformedGap } from "../../row.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { builtInSets, definitionDefaults, type PolicySet } from "./built-in-policies.ts";
import { policySetsQuery } from "./policy-queries.ts";
import { mapPolicySet, policyKey } from "./policy-rows.ts";
import type { PolicyWitness } from "./policy-witness.ts";

/** Initiatives are asked for so many at a time, which keeps the query short. */
const mostAtOnce = 100;

/**
 * The initiatives of these ids (lower case), by key. Azure's own are known without asking, and so are those of the map:
 * null is one that nobody showed. Those nobody shows are not among them.
 */
export async function readPolicySets(
  graph: ResourceGraph,
  witness: PolicyWitness,
  ids: readonly string[],
  known: ReadonlyMap<string, PolicySet | null>,
): Promise<ReadonlyMap<string, PolicySet>> {
  const sets = new Map(builtInSets);
  for (const [key, set] of known) if (set !== null && !sets.has(key)) sets.set(key, set);
  const unread = () =>
    [...new Set(ids)].filter((id) => !sets.has(policyKey(id)) && !known.has(policyKey(id)));
  const wanted = unread();
  for (let start = 0; start < wanted.length; start += mostAtOnce) {
    const some = wanted.slice(start, start + mostAtOnce);
    try {
      const pages = graph({
        query: policySetsQuery(some),
        task: `${some.length} policy initiatives`,
        remedy: "Grant the monitor's identity the role Reader on the management groups.",
        isEmptyWhenNoneReadable: true,
      });
      for await (const page of pages) for (const row of page) take(sets, row);
    } catch (error) {
      // Resource Manager is asked next.
      if (!(error instanceof SourceError)) throw error;
    }
  }
  for (const id of unread()) take(sets, await witness.set(id));
  return sets;
}

/** Only members that controls judge by are kept: some initiatives have hundreds. */
function take(sets: Map<string, PolicySet>, row: unknown): void {
  if (row === null) return;
  try {
    const { id, defaults, members } = mapPolicySet({ path: "", value: row });
    sets.set(policyKey(id), {
      defaults,
      members: members.filter(({ definition }) => definitionDefaults.has(definition)),
    });
  } catch (error) {
    // An initiative that cannot be taken apart is one nobody saw; any other error goes on up.
    malformedGap("", error);
  }
}
