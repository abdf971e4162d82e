import { restrictedStandardAssigned } from "../../../src/controls/workloads/restricted-standard-assigned.ts";
import type { AssignedPolicy } from "../../../src/domain/workloads.ts";
import { describeControl } from "../../support/describe-control.ts";
import { askedPolicies, restrictedPolicies } from "../../support/hardened-policies.ts";
import { absent, set } from "../../support/snapshot.ts";

const noSafeguards = {
  safeguards: { level: absent("Off"), podSecurityStandardsLevel: absent("Privileged") },
};
const assigned = (policies: readonly AssignedPolicy[]) => ({
  assignedPolicies: { policies },
  ...noSafeguards,
});
const each = (changes: Partial<AssignedPolicy>) =>
  assigned(restrictedPolicies.map((one) => ({ ...one, ...changes })));
const given = (definition: string, parameters: AssignedPolicy["parameters"]) =>
  assigned(
    restrictedPolicies.map((one) =>
      one.definition === definition ? { ...one, parameters: { ...one.parameters, ...parameters } } : one,
    ),
  );
const safeguards = (level: string, podSecurity: string, ...excludedNamespaces: readonly string[]) => ({
  assignedPolicies: { policies: [] },
  safeguards: { level: set(level), podSecurityStandardsLevel: set(podSecurity), excludedNamespaces },
});
const baseline = "a8640138-9b0a-4a28-b8cb-1666c838647d";

describeControl(restrictedStandardAssigned, {
  pass: {
    "all that is asked for": {},
    "the initiative with its own defaults": assigned(restrictedPolicies),
    "in Audit": each({ effect: "audit" }),
    "not enforced, but assigned": each({ isEnforced: false }),
    "all its members one by one": assigned(restrictedPolicies.map((one) => ({ ...one, initiative: null }))),
    "deployment safeguards that enforce it": safeguards("Enforce", "Restricted"),
    "deployment safeguards that warn, in other casing": safeguards("warn", "restricted"),
  },
  fail: {
    "nothing at all": assigned([]),
    "the baseline alone": assigned(
      restrictedPolicies.slice(0, 2).map((one) => ({ ...one, initiative: baseline })),
    ),
    "all but one": assigned(restrictedPolicies.slice(1)),
    "switched off": each({ effect: "disabled" }),
    "the cluster is exempt": each({ exemptions: [{ id: "/exemption", expiresOn: null }] }),
    "namespaces are left out": each({ parameters: { excludednamespaces: ["legacy"] } }),
    "only some labels": each({ parameters: { labelselector: { matchLabels: { tier: "web" } } } }),
    "more capabilities pass": given(askedPolicies.capabilities.definition, {
      allowedcapabilities: ["SYS_ADMIN"],
    }),
    "host paths pass": given(askedPolicies.volumes.definition, {
      allowedvolumetypes: ["configMap", "hostPath"],
    }),
    "any user may run": given(askedPolicies.users.definition, { runasuserrule: "RunAsAny" }),
    "members of deployment safeguards count by their level alone": each({
      initiative: "c047ea8e-9c78-49b2-958b-37e56d291a44",
    }),
    "deployment safeguards at the baseline": safeguards("Enforce", "Baseline"),
    "deployment safeguards that leave out a namespace": safeguards("Enforce", "Restricted", "legacy"),
  },
  unknown: {
    "a level of pod security Azure may add": safeguards("Enforce", "Hardened"),
    "a level of safeguards Azure may add": safeguards("Panic", "Restricted"),
    "some of what is assigned cannot be seen": {
      ...noSafeguards,
      assignedPolicies: {
        policies: [],
        unseen: ["what is assigned at mg-root (the role Reader there would tell)"],
      },
    },
  },
});
