import { defineControl } from "../../domain/control.ts";
import type { Facts } from "../../domain/facts.ts";
import { type Evidence, fail, isSome, lesserFail, seen, unknown } from "../../domain/verdict.ts";
import { judgeVersion, type Support } from "../kubernetes-support.ts";
import { passIfAllListed } from "../listed-pools.ts";

export const versionSupported = defineControl({
  id: "control-plane.version-supported",
  title: "Kubernetes runs in a version that is supported",
  severity: "high",
  layer: "control-plane",
  rationale:
    "A version out of support gets no more fixes, so every hole found in Kubernetes from then on stays open, and Azure helps with nothing that goes wrong on it.",
  remediation: {
    summary:
      "See which versions the cluster can go to and upgrade, one minor after the other: the control plane first, then each pool, whose nodes are drained and replaced. It cannot be undone, so look for removed APIs before. Long-term support (tier Premium, plan AKSLongTermSupport) buys a year more.",
    commands: [
      "az aks get-upgrades --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --output table",
      "az aks upgrade --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --kubernetes-version '<version>'",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/supported-kubernetes-versions",
    guides: ["B"],
  },
  needs: ["controlPlaneVersion", "poolVersions", "tier", "regionVersions", "clock"],
  evaluate({ controlPlaneVersion, poolVersions, tier, regionVersions, clock: { asOf } }) {
    const hasLongTerm = hasLongTermSupport(tier);
    const versions = [
      { setting: controlPlaneVersion.version, pool: {} },
      ...poolVersions.listed.map((setting) => ({ setting, pool: { pool: setting.pool } })),
    ].map(({ setting, pool }) => {
      const { support, words } = judgeVersion(setting.value, {
        asOf,
        hasLongTerm,
        region: regionVersions,
      });
      return { support, evidence: { ...seen(setting, words), ...pool } };
    });
    const seenAs = (...kinds: readonly Support[]): readonly Evidence[] =>
      versions.filter(({ support }) => kinds.includes(support)).map(({ evidence }) => evidence);

    const unread = unreadEvidence(regionVersions);
    const offenders = seenAs("none", "platform");
    if (isSome(offenders)) {
      if (seenAs("none").length > 0) return fail(...offenders, ...unread);
      return lesserFail(
        "medium",
        "Azure still answers for the platform, but no fixes come for Kubernetes itself.",
        ...offenders,
        ...unread,
      );
    }
    const undecided = seenAs("undecided");
    if (undecided.length > 0) {
      const quoted = [...new Set(undecided.map(({ observed }) => JSON.stringify(observed)))].join(", ");
      return unknown(
        `Neither the region's versions nor the calendar tell whether ${quoted} is supported: az aks get-versions does.`,
        ...undecided,
        ...unread,
      );
    }
    const bought = seenAs("longTerm").length > 0 ? planEvidence(tier) : [];
    return passIfAllListed(poolVersions, ...seenAs("standard", "longTerm"), ...bought, ...unread);
  },
});

/** Null when either has a value that this version does not know and the other does not rule it out. */
function hasLongTermSupport({ tier, supportPlan }: Facts["tier"]): boolean | null {
  const plan = supportPlan.value.toLowerCase();
  const paid = tier.value.toLowerCase();
  if (plan === "kubernetesofficial" || paid === "free" || paid === "standard") return false;
  return plan === "akslongtermsupport" && paid === "premium" ? true : null;
}

function planEvidence({ tier, supportPlan }: Facts["tier"]): readonly Evidence[] {
  return [seen(supportPlan, "AKSLongTermSupport"), seen(tier, "Premium")];
}

/** Says that the calendar judged alone, and why. */
function unreadEvidence({ path, offered, unread }: Facts["regionVersions"]): readonly Evidence[] {
  if (offered !== null) return [];
  return [
    { path, observed: null, expected: `the versions the region offers, in place of the calendar: ${unread}` },
  ];
}
