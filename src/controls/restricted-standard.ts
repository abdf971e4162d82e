import type { Facts } from "../domain/facts.ts";
import type { AssignedPolicy } from "../domain/workloads.ts";
import { policiesInForce } from "./assigned-policies.ts";
import { escalation, hostNetwork, seccomp, users } from "./pod-security-questions.ts";
import { differenceOf, type Question, textsIn } from "./policy-parameters.ts";

/** GUID of Azure's initiative for the restricted standard, and of the one for the baseline below it. */
export const restrictedInitiative = "42b8ef37-b724-4e24-bbc8-7a7708edfe00";
const baselineInitiative = "a8640138-9b0a-4a28-b8cb-1666c838647d";

/** Capabilities and types of volumes that the restricted initiative lets pass unless its parameters say more. */
const passingCapabilities: readonly string[] =
  "CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE".split(
    " ",
  );
const passingVolumes: readonly string[] =
  "configmap csi downwardapi emptydir ephemeral persistentvolumeclaim projected secret".split(" ");

/** What the restricted initiative asks, member by member and no more strictly than it does by default. */
const members: readonly (Question & { readonly name: string })[] = [
  { name: "privileged containers", definition: "95edb821-ddaf-4404-9732-666045e056b4" },
  { name: "privilege escalation", ...escalation },
  { name: "host network and ports", ...hostNetwork },
  { name: "host processes", definition: "47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8" },
  {
    name: "capabilities",
    definition: "c26596ff-4d70-4e6a-9a30-c2506bd2f80c",
    compare: ({ parameters }) =>
      beyond(textsIn(parameters.allowedcapabilities), "toUpperCase", passingCapabilities, "capabilities"),
  },
  {
    name: "types of volumes",
    definition: "16697877-1118-4fb1-9b65-9898ec2509ec",
    compare: ({ parameters }) =>
      beyond(textsIn(parameters.allowedvolumetypes), "toLowerCase", passingVolumes, "volumes of the types"),
  },
  { name: "users", ...users },
  { name: "seccomp profiles", ...seccomp },
];

/** A member of the restricted standard and who asks for it. */
export interface StandardMember {
  readonly name: string;
  /** Those that cover the whole cluster and ask as much as the initiative does. */
  readonly full: readonly AssignedPolicy[];
  /** Those that do not, each with where it falls short. */
  readonly short: readonly { readonly policy: AssignedPolicy; readonly why: readonly string[] }[];
}

/** Every member of the restricted standard with the policies in force that ask for it. */
export function standardMembers({
  assignedPolicies,
  clock,
}: Pick<Facts, "assignedPolicies" | "clock">): readonly StandardMember[] {
  const inForce = policiesInForce(assignedPolicies, clock.asOf);
  return members.map((member) => {
    const asking = inForce
      .filter(({ definition }) => definition === member.definition)
      .map((policy) => ({ policy, why: differenceOf(policy, member).looser }));
    return {
      name: member.name,
      full: asking.filter(({ why }) => why.length === 0).map(({ policy }) => policy),
      short: asking.filter(({ why }) => why.length > 0),
    };
  });
}

/** Only Azure's baseline, which asks for half as much, is in force. */
export function isBaselineAlone({
  assignedPolicies,
  clock,
}: Pick<Facts, "assignedPolicies" | "clock">): boolean {
  const sets = new Set(policiesInForce(assignedPolicies, clock.asOf).map(({ initiative }) => initiative));
  return sets.has(baselineInitiative) && !sets.has(restrictedInitiative);
}

/** What deployment safeguards ask of the whole cluster: `off` also where they leave out namespaces. */
export function safeguardsStand({
  level,
  podSecurityStandardsLevel,
  excludedNamespaces,
}: Facts["safeguards"]): "enforced" | "warned" | "off" | "unknown" {
  const standard = podSecurityStandardsLevel.value.toLowerCase();
  if (level.value.toLowerCase() === "off" || standard === "privileged" || standard === "baseline")
    return "off";
  if (standard !== "restricted") return "unknown";
  switch (level.value.toLowerCase()) {
    case "enforce":
      return excludedNamespaces.length > 0 ? "off" : "enforced";
    case "warn":
      return excludedNamespaces.length > 0 ? "off" : "warned";
    default:
      return "unknown";
  }
}

function beyond(
  allowed: readonly string[],
  casing: "toUpperCase" | "toLowerCase",
  passing: readonly string[],
  what: string,
): { readonly looser: readonly string[] } {
  const more = allowed.filter((one) => !passing.includes(one[casing]()));
  return { looser: more.length > 0 ? [`lets ${what} ${more.join(", ")} pass`] : [] };
}
