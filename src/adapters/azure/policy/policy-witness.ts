import { SourceError } from "../../../application/source-error.ts";
import type { Patience } from "../../patience.ts";
import { readArmList } from "../arm-list.ts";
import { askOrThrow } from "../ask.ts";
import { grantRole } from "../remedies.ts";
import type { ResourceManager } from "../resource-manager.ts";

/** Newest versions in general use (github.com/Azure/azure-rest-api-specs, Microsoft.Authorization); exemptions have none but previews. */
const apiVersions = {
  policyAssignments: "2023-04-01",
  policyExemptions: "2022-07-01-preview",
  policySetDefinitions: "2023-04-01",
} as const;

/** Refusals after which nobody asks any more: the others would refuse as well. */
const mostRefusals = 3;

/** Reasons that stay what they are through a sweep. */
const lasting: ReadonlySet<string> = new Set(["accessDenied", "notFound"]);

/** What Resource Manager says of policies where Resource Graph may have kept silent. */
export interface PolicyWitness {
  /**
   * All that is assigned or exempt in a subscription and above it, whoever may read the management groups: the
   * subscription's own list names what it inherits. Null when Resource Manager does not say.
   */
  around(subscriptionId: string): Promise<{
    readonly assignments: readonly unknown[];
    readonly exemptions: readonly unknown[];
  } | null>;
  /** An initiative by its id; null when Resource Manager does not say. */
  set(id: string): Promise<unknown>;
  /** Whether it will say no more of an initiative however often it is asked: it was refused, or is not there. */
  isHidden(id: string): boolean;
}

/** Asks one thing after the other, and not at all once it was refused a few times. */
export function createPolicyWitness(arm: ResourceManager, patience: Patience): PolicyWitness {
  const refused = { around: 0, set: 0 };
  const hidden = new Set<string>();

  async function unlessRefused<T>(what: keyof typeof refused, read: () => Promise<T>): Promise<T | null> {
    if (refused[what] >= mostRefusals) return null;
    try {
      return await read();
    } catch (error) {
      // Whoever asks then says what was not seen.
      if (!(error instanceof SourceError)) throw error;
      if (error.reason !== "notFound") refused[what] += 1;
      return null;
    }
  }

  function list(subscriptionId: string, kind: "policyAssignments" | "policyExemptions") {
    const scope = `/subscriptions/${subscriptionId}`;
    return readArmList(
      arm,
      {
        task: `the ${kind === "policyAssignments" ? "policy assignments" : "policy exemptions"} of ${scope}`,
        remedy: grantRole("Reader", scope),
        first: arm.get(`${scope}/providers/Microsoft.Authorization/${kind}`, apiVersions[kind]),
      },
      patience,
    );
  }

  function readSet(id: string) {
    const request = { task: `the policy initiative ${id}`, remedy: grantRole("Reader", id) };
    return askOrThrow({ ...request, send: arm.get(id, apiVersions.policySetDefinitions) }, patience).catch(
      (error: unknown) => {
        const isLasting = error instanceof SourceError && lasting.has(error.reason);
        if (isLasting) hidden.add(id);
        throw error;
      },
    );
  }

  return {
    around: (subscriptionId) =>
      unlessRefused("around", async () => ({
        assignments: await list(subscriptionId, "policyAssignments"),
        exemptions: await list(subscriptionId, "policyExemptions"),
      })),
    set: async (id) => (isPath(id) ? unlessRefused("set", () => readSet(id)) : null),
    isHidden: (id) => !isPath(id) || hidden.has(id),
  };
}

/** An id that is none would lead the token elsewhere. */
function isPath(id: string): boolean {
  return /^\/(?:subscriptions|providers)\//i.test(id);
}
