import type { Facts } from "../domain/facts.ts";
import { type Evidence, unknown, type Verdict } from "../domain/verdict.ts";
import { type ExtensionState, planExtension } from "./defender-extensions.ts";

/** Whether Defender looks at all images that run in a cluster, so that its silence is good news. */
export type RunningImageScans =
  | { readonly isWhole: true; readonly evidence: readonly Evidence[] }
  | { readonly isWhole: false; readonly verdict: Verdict };

/**
 * It has to know what runs, by its sensor or from the Kubernetes API, and to scan it on the machines: what it scans in
 * registries are the images of those it has access to
 * (https://learn.microsoft.com/azure/defender-for-cloud/agentless-vulnerability-assessment-azure).
 */
export function judgeRunningImageScans(
  pricings: Facts["defenderPricings"],
  hasSensor: boolean,
): RunningImageScans {
  const hasOwn = pricings.some(({ isOwn }) => isOwn);
  const holding = pricings.filter(({ plan, isOwn }) => isOwn || plan !== "Containers" || !hasOwn);
  const statesOf = (name: string): readonly ExtensionState[] =>
    holding.map((pricing) => planExtension(pricing, name));
  const onIn = (name: string): readonly Evidence[] =>
    statesOf(name).flatMap(({ state, evidence }) => (state === "on" ? [evidence] : []));
  const lacking = (name: string, reason: string): RunningImageScans => ({
    isWhole: false,
    verdict: unknown(reason, ...statesOf(name).map(({ evidence }) => evidence)),
  });

  const [scans, discovery] = ["AgentlessVmScanning", "AgentlessDiscoveryForKubernetes"] as const;
  if (!holding.some(({ tier }) => tier.toLowerCase() === "standard"))
    return lacking(
      scans,
      "Nothing scans what runs: neither the Defender plan Containers nor CloudPosture is on. Turning one on would tell.",
    );
  if (onIn(scans).length === 0)
    return lacking(
      scans,
      `Defender scans only images of the registries it has access to: its extension ${scans} would tell of all that run.`,
    );
  if (!hasSensor && onIn(discovery).length === 0)
    return lacking(
      discovery,
      `Defender does not know what runs in the cluster: its sensor or its extension ${discovery} would tell.`,
    );
  return { isWhole: true, evidence: [...onIn(scans), ...(hasSensor ? [] : onIn(discovery))] };
}
