/** What a policy was given, by lower-case name of the parameter, as plain JSON; what is not there stands at nothing. */
export type PolicyParameters = Readonly<Record<string, unknown>>;

/** What is asked of workloads, in the words of a built-in policy definition, whoever looks for offenders. */
export interface WorkloadQuestion {
  /** GUID of the definition, lower case. */
  readonly definition: string;
  /** Of the definition, such as `7.*.*`; null is the newest. */
  readonly version: string | null;
  readonly parameters: PolicyParameters;
  /** Parameters whose values cannot be told. */
  readonly unreadable: readonly string[];
}

/** A policy for workloads that is assigned to the cluster, directly or from above. */
export interface AssignedPolicy extends WorkloadQuestion {
  readonly assignmentId: string;
  /** The initiative it is a member of: GUID of a built-in one, the id of another, lower case; null when it is assigned by itself. */
  readonly initiative: string | null;
  /** What the initiative calls its member. */
  readonly reference: string | null;
  /** Lower case, such as `deny`; null when it cannot be told. */
  readonly effect: string | null;
  /** False under the enforcement mode DoNotEnforce, which denies nothing. */
  readonly isEnforced: boolean;
  readonly exemptions: readonly PolicyExemption[];
}

/** Takes the cluster out of a policy. */
export interface PolicyExemption {
  readonly id: string;
  /** ISO 8601; null: for good. */
  readonly expiresOn: string | null;
}

/** All policies for workloads that are assigned to the cluster. */
export interface AssignedPolicies {
  readonly policies: readonly AssignedPolicy[];
  /** What else may be assigned and nobody could see, each with what would show it; empty when this is all. */
  readonly unseen: readonly string[];
}

/** Which workloads of a cluster offend against what Azure Policy asked of them. */
export interface WorkloadScan {
  /** The same may be asked more than once, and differently; what nobody asked is not listed. */
  readonly answers: readonly WorkloadAnswer[];
}

/** One question and what came of it. */
export interface WorkloadAnswer extends WorkloadQuestion {
  /** Where it was asked: the id of the policy assignment, or the path of a list in the Kubernetes API. */
  readonly path: string;
  readonly result: WorkloadsSeen | WorkloadsUnseen;
}

export interface WorkloadsSeen {
  readonly state: "seen";
  /** As `namespace/kind/name`, in order. */
  readonly offenders: readonly string[];
  /** There may be more than were listed. */
  readonly isCutOff: boolean;
}

/** Nobody looked although it was asked. */
export interface WorkloadsUnseen {
  readonly state: "unseen";
  /** Why, and what would change it; one sentence. */
  readonly reason: string;
}
