import { defineControl } from "../../domain/control.ts";
import type { WorkloadQuestion } from "../../domain/workloads.ts";
import { assignPolicy } from "../assign-policy.ts";
import { podTemplate } from "../pod-template.ts";
import { type Difference, textsIn } from "../policy-parameters.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

const definition = "c26596ff-4d70-4e6a-9a30-c2506bd2f80c";
const mayBeAdded = "NET_BIND_SERVICE";

export const capabilitiesDropped = defineControl({
  id: "workloads.capabilities-dropped",
  title: "Containers drop all capabilities",
  severity: "medium",
  layer: "workloads",
  rationale:
    "Containers start with capabilities hardly any service needs, such as forging packets or changing the owner of files, and each is a step towards the node for whoever breaks in.",
  remediation: {
    summary:
      "Let every container drop ALL and add NET_BIND_SERVICE at most, which binds ports below 1024; its pods restart, and what relied on a capability fails. Pod security's restricted initiative requires no drop unless its parameters say so: assign the definition with them.",
    commands: [
      assignPolicy("drop-capabilities", definition, {
        allowedCapabilities: [mayBeAdded],
        requiredDropCapabilities: ["ALL"],
      }),
    ],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/developer-best-practices-pod-security",
    cis: ["4.6.2"],
    mcsb: ["PV-2"],
    policy: [definition, "d2e7ea85-6b44-4317-a0be-1b951587f626"],
    guides: ["A", "B"],
  },
  ...judgedByWorkloads({
    expected: "drop ALL, add NET_BIND_SERVICE at most",
    questions: [{ definition, compare }],
  }),
});

function compare({ parameters }: WorkloadQuestion): Difference {
  const allowed = textsIn(parameters.allowedcapabilities).map((one) => one.toUpperCase());
  const dropped = textsIn(parameters.requireddropcapabilities).map((one) => one.toUpperCase());
  const more = allowed.filter((one) => one !== mayBeAdded);
  return {
    looser: [
      ...(dropped.includes("ALL") ? [] : ["does not ask to drop ALL capabilities"]),
      ...(more.length > 0 ? [`lets containers add ${more.join(", ")}`] : []),
    ],
    wider: allowed.includes(mayBeAdded) || allowed.includes("*") ? [] : [`objects to ${mayBeAdded} as well`],
  };
}
