import { defineControl } from "../../domain/control.ts";
import type { WorkloadQuestion } from "../../domain/workloads.ts";
import { assignPolicy } from "../assign-policy.ts";
import { isObject } from "../json-value.ts";
import { podTemplate } from "../pod-template.ts";
import { type Difference, textsIn } from "../policy-parameters.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

const paths = "098fc59e-46c7-4d99-9b16-64990e543d75";
const volumeTypes = "16697877-1118-4fb1-9b65-9898ec2509ec";

export const hostPathsUnused = defineControl({
  id: "workloads.host-paths-unused",
  title: "No pod mounts a path of its node",
  severity: "high",
  layer: "workloads",
  rationale:
    "A mounted path of the node hands a pod the files of others, up to the kubelet's credentials and the runtime's socket, with which it takes over the node.",
  remediation: {
    summary:
      "Replace hostPath volumes by a persistent volume, an emptyDir or a CSI driver; the pods restart without what they kept on the node. The policy on volume types, which pod security's restricted initiative holds, objects to other types too: the one on host paths tells them apart.",
    commands: [assignPolicy("no-host-paths", paths, { allowedHostPaths: { paths: [] } })],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-azure-policy",
    mcsb: ["PV-2"],
    policy: [paths, volumeTypes],
    guides: ["A"],
  },
  ...judgedByWorkloads({
    expected: "no hostPath volume",
    questions: [
      { definition: paths, compare: comparePaths },
      { definition: volumeTypes, compare: compareTypes },
    ],
  }),
});

function comparePaths({ parameters }: WorkloadQuestion): Partial<Difference> {
  const allowed = [parameters.allowedhostpaths, parameters.windowsallowedhostpaths];
  const isLoose = allowed.some((one) => textsIn(isObject(one) ? one.paths : one).length > 0);
  return isLoose ? { looser: ["lets pods mount some paths of the node"] } : {};
}

function compareTypes({ parameters }: WorkloadQuestion): Difference {
  const types = textsIn(parameters.allowedvolumetypes).map((type) => type.toLowerCase());
  return {
    looser: types.includes("hostpath") || types.includes("*") ? ["lets pods mount paths of the node"] : [],
    wider: ["objects to other types of volumes as well"],
  };
}
