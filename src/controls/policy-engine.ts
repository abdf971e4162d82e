import type { Facts } from "../domain/facts.ts";
import { type Evidence, fail, isSome, pass, seen, unknown, type Verdict } from "../domain/verdict.ts";
import { azurePolicyEngine } from "./lifecycle.ts";

/** Whether an engine enforces network policies on a day; without one, or where it serves no Windows pool, they hold nothing. */
export function judgePolicyEngine(networkPolicy: Facts["networkPolicy"], asOf: string): Verdict {
  const { engine, dataplane } = networkPolicy;
  const evidence = seen(engine, "cilium, calico or azure");
  const odd = oddNetwork(networkPolicy);
  if (odd !== null) return odd;

  // Azure takes the dataplane Cilium with its own engine alone, so that a row may leave that out.
  if (engine.observed === null && dataplane.value.toLowerCase() === "cilium")
    return pass(seen(dataplane, "cilium"));
  switch (engine.value.toLowerCase()) {
    case "none":
      return fail(evidence);
    case "cilium":
    case "calico":
      return pass(evidence);
    case "azure":
      return asOf < azurePolicyEngine.windowsEnd.on ? pass(evidence) : judgeAzure(networkPolicy);
    default:
      return unknown(`The cluster has an engine this version does not know: "${engine.value}".`, evidence);
  }
}

/** Unknown where plugin or dataplane leave open what the engine's name means. */
function oddNetwork({ plugin, dataplane }: Facts["networkPolicy"]): Verdict | null {
  const plugged = plugin.value?.toLowerCase() ?? "azure";
  if (plugged === "none")
    return unknown(
      "The cluster brings a network plugin of its own, and whether that has an engine cannot be told from outside.",
      seen(plugin, "azure"),
    );
  if (plugged !== "azure" && plugged !== "kubenet")
    return unknown(
      `The cluster has a network plugin this version does not know: "${plugin.value}".`,
      seen(plugin, "azure"),
    );
  return ["azure", "cilium"].includes(dataplane.value.toLowerCase())
    ? null
    : unknown(
        `The cluster has a dataplane this version does not know: "${dataplane.value}".`,
        seen(dataplane, "azure or cilium"),
      );
}

/** Azure's own engine, which serves Linux alone. */
function judgeAzure({ engine, windowsPools: { listed, unlisted } }: Facts["networkPolicy"]): Verdict {
  const expected = `calico beside Windows pools: azure is not supported there since ${azurePolicyEngine.windowsEnd.on}`;
  const unserved: readonly Evidence[] = listed.map((pool) => ({ ...seen(engine, expected), pool }));
  if (isSome(unserved)) return fail(...unserved);
  return unlisted === null
    ? pass(seen(engine, "cilium, calico, or azure without Windows pools"))
    : unknown(
        `${unlisted} Whether a pool runs Windows, which this engine does not serve, cannot be told.`,
        seen(engine, expected),
      );
}
