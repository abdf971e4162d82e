import { type Control, controlsIn, groupsReadBy } from "./control.ts";
import type { FactGroup } from "./facts.ts";
import type { ProfileParameters } from "./profile-parameters.ts";
import type { ProfileScope } from "./profile-scope.ts";
import type { Severity } from "./severity.ts";

/** A control as a profile asks for it: the profile may give it another severity. */
export interface ProfileControl {
  readonly control: Control;
  readonly severity: Severity;
}

/** The facts that a profile's judgement rests on: those its controls need, and whether the cluster runs at all. */
export function factGroupsOf({ controls }: Profile): ReadonlySet<FactGroup> {
  const needed = controls.flatMap(({ control }) => controlsIn(control)).flatMap(groupsReadBy);
  return new Set(["power", ...needed, ...needed.flatMap((group) => readFrom[group] ?? [])]);
}

/** Facts that can only be told by others: AKS binds the groups that administer the cluster, and binds no stranger. */
const readFrom: { readonly [G in FactGroup]?: readonly FactGroup[] } = {
  kubernetesBindings: ["adminGroups"],
};

/** A named list of controls to hold the fleet to; the headline controls are in every one. */
export interface Profile {
  readonly name: string;
  readonly controls: readonly ProfileControl[];
  /** The clusters it is for; all when left out. */
  readonly clusters?: ProfileScope;
  /** None when left out. */
  readonly parameters?: ProfileParameters;
}
