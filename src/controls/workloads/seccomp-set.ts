import { defineControl } from "../../domain/control.ts";
import type { WorkloadQuestion } from "../../domain/workloads.ts";
import { assignPolicy } from "../assign-policy.ts";
import { podTemplate } from "../pod-template.ts";
import { type Difference, textsIn } from "../policy-parameters.ts";
import { judgeWorkloads } from "../workload-scan.ts";

const definition = "975ce327-682c-4f2e-aa46-b9598289b86c";

export const seccompSet = defineControl({
  id: "workloads.seccomp-set",
  title: "Containers run under a seccomp profile",
  severity: "medium",
  layer: "workloads",
  rationale:
    "Without a seccomp profile a container may make every system call the kernel knows, the rare and flawed ones by which attackers leave containers among them.",
  remediation: {
    summary:
      "Set seccompProfile to RuntimeDefault for the pod, or to a Localhost profile of your own; it restarts, and the few programs that need a rare system call fail.",
    commands: [
      assignPolicy("seccomp-profile", definition, {
        allowedProfiles: ["RuntimeDefault", "Localhost", "localhost/*"],
      }),
    ],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/secure-container-access",
    cis: ["4.6.2"],
    policy: [definition],
    guides: ["A"],
  },
  needs: ["policyAddon", "workloadScan"],
  evaluate(facts) {
    return judgeWorkloads(facts, {
      expected: "seccompProfile RuntimeDefault or Localhost",
      questions: [{ definition, compare }],
    });
  },
});

/** Profiles under both their names: those of annotations and those of fields. */
const defaultProfiles: readonly string[] = ["runtimedefault", "runtime/default", "docker/default"];
const localProfiles: readonly string[] = ["localhost", "localhost/*"];

function compare({ parameters }: WorkloadQuestion): Difference {
  const allowed = textsIn(parameters.allowedprofiles).map((profile) => profile.toLowerCase());
  const others = allowed.filter(
    (profile) => !defaultProfiles.includes(profile) && !profile.startsWith("localhost"),
  );
  const admits = (profiles: readonly string[]) =>
    allowed.includes("*") || allowed.some((profile) => profiles.includes(profile));
  return {
    looser: others.length > 0 ? [`admits the profiles ${others.join(", ")}`] : [],
    wider: [
      ...(admits(defaultProfiles) ? [] : ["objects to RuntimeDefault as well"]),
      ...(admits(localProfiles) ? [] : ["objects to Localhost profiles as well"]),
    ],
  };
}
