import type { AssignedPolicy, WorkloadAnswer } from "../../../domain/workloads.ts";
import { at, type Place, readRequiredText, readText } from "../../row.ts";
import { policyKey } from "./policy-rows.ts";

/** Records of offenders for each cluster and definition at most (https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes). */
const mostOffenders = 500;

/** What Azure Policy reports of clusters, put together row by row. */
export interface PolicyStates {
  /** A row of `policyStatesQuery`. @throws MalformedPropertyError */
  takeState(root: Place): void;
  /** A row of `componentStatesQuery`. @throws MalformedPropertyError */
  takeComponent(root: Place): void;
  /** What came of a policy on a cluster. */
  answerTo(clusterId: string, policy: AssignedPolicy): WorkloadAnswer;
}

export function createPolicyStates(): PolicyStates {
  const states = new Map<string, string>();
  const offenders = new Map<string, Set<string>>();
  const counts = new Map<string, number>();

  return {
    takeState(root) {
      states.set(policyKeyOf(root), readRequiredText(at(root, "state")));
    },
    takeComponent(root) {
      const key = policyKeyOf(root);
      const found = offenders.get(key) ?? new Set<string>();
      offenders.set(key, found.add(describe(root)));
      const ofDefinition = countKey(
        readRequiredText(at(root, "clusterId")),
        readRequiredText(at(root, "definitionId")),
      );
      counts.set(ofDefinition, (counts.get(ofDefinition) ?? 0) + 1);
    },
    answerTo(clusterId, policy) {
      const { assignmentId, definition, version, parameters, unreadable, reference } = policy;
      const key = keyOf(clusterId, assignmentId, definition, reference ?? "");
      const found = [...(offenders.get(key) ?? [])].sort();
      const count = counts.get(countKey(clusterId, definition)) ?? 0;
      return {
        definition,
        version,
        parameters,
        unreadable,
        path: assignmentId,
        result: resultOf(states.get(key), found, count >= mostOffenders),
      };
    },
  };
}

/** Only a report proves that somebody looked: a cluster without the add-on, or an assignment of the last minutes, has none. */
function resultOf(
  state: string | undefined,
  offenders: readonly string[],
  isCutOff: boolean,
): WorkloadAnswer["result"] {
  if (offenders.length > 0) return { state: "seen", offenders, isCutOff };
  switch (state?.toLowerCase()) {
    case undefined:
      return {
        state: "unseen",
        reason:
          "The cluster has not reported on the policy: after an assignment or with a new add-on that takes up to 45 minutes.",
      };
    case "compliant":
      return { state: "seen", offenders: [], isCutOff: false };
    case "noncompliant":
      return { state: "unseen", reason: "The policy is reported as violated, but no offender is named yet." };
    case "exempt":
      return { state: "unseen", reason: "The cluster is exempt from the policy." };
    default:
      return { state: "unseen", reason: `The cluster reports the state "${state}" for the policy.` };
  }
}

/** `namespace/kind/name`; the component's id is `namespace/name`, or the name alone where there is no namespace. */
function describe(root: Place): string {
  const id = readRequiredText(at(root, "component"));
  const kind = readText(at(root, "kind")) ?? "object";
  const nameAt = id.lastIndexOf("/") + 1;
  return `${id.slice(0, nameAt)}${kind}/${id.slice(nameAt)}`;
}

function policyKeyOf(root: Place): string {
  return keyOf(
    readRequiredText(at(root, "clusterId")),
    readRequiredText(at(root, "assignmentId")),
    policyKey(readRequiredText(at(root, "definitionId"))),
    readText(at(root, "reference")) ?? "",
  );
}

function keyOf(clusterId: string, assignmentId: string, definition: string, reference: string): string {
  return [clusterId, assignmentId, definition, reference].join("|").toLowerCase();
}

function countKey(clusterId: string, definition: string): string {
  return `${clusterId.toLowerCase()}|${policyKey(definition)}`;
}
