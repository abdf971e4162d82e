import { defineControl } from "../../domain/control.ts";
import type { WorkloadQuestion } from "../../domain/workloads.ts";
import { assignPolicy } from "../assign-policy.ts";
import { podTemplate } from "../pod-template.ts";
import type { Difference } from "../policy-parameters.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

const definition = "e345eecc-fa47-480f-9e88-67dcc122b164";

/** More than any machine has: an upper bound that no container exceeds asks for nothing but that there is a limit. */
const unreachable = { cores: 1000, bytes: 32 * 1024 ** 4 } as const;

export const resourceLimitsSet = defineControl({
  id: "workloads.resource-limits-set",
  title: "Every container has limits of CPU and memory",
  severity: "medium",
  layer: "workloads",
  rationale:
    "A container without limits takes all its node has when it runs wild or is taken over to mine coins, and starves every pod beside it.",
  remediation: {
    summary:
      "Give every container limits of CPU and memory, with requests near what it usually takes; its pods restart, and above the limit of memory they are killed. The policy also asks that limits stay below a bound: with one that no machine reaches, it asks for limits alone.",
    commands: [assignPolicy("resource-limits", definition, { cpuLimit: "1000", memoryLimit: "100Ti" })],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/developer-best-practices-resource-management",
    mcsb: ["PV-2"],
    policy: [definition],
    guides: ["A"],
  },
  ...judgedByWorkloads({
    expected: "limits of CPU and memory",
    questions: [{ definition, compare }],
  }),
});

function compare({ parameters: { cpulimit, memorylimit } }: WorkloadQuestion): Partial<Difference> {
  const isOutOfReach = amountOf(cpulimit) >= unreachable.cores && amountOf(memorylimit) >= unreachable.bytes;
  return isOutOfReach
    ? {}
    : {
        wider: [
          `objects to limits above ${JSON.stringify(cpulimit)} CPU and ${JSON.stringify(memorylimit)} memory as well`,
        ],
      };
}

const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
};

/** A quantity of Kubernetes such as `200m` or `64Gi`; 0 for what is none. */
function amountOf(quantity: unknown): number {
  const [, figure = "", unit = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(String(quantity)) ?? [];
  return figure === "" ? 0 : Number(figure) * (units[unit] ?? 0);
}
