import { restrictedStandardEnforced } from "../../../src/controls/workloads/restricted-standard-enforced.ts";
import type { AssignedPolicy } from "../../../src/domain/workloads.ts";
import { describeControl } from "../../support/describe-control.ts";
import { restrictedPolicies } from "../../support/hardened-policies.ts";
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
const safeguards = (level: string, podSecurity = "Restricted", ...excludedNamespaces: readonly string[]) => ({
  assignedPolicies: { policies: [] },
  safeguards: { level: set(level), podSecurityStandardsLevel: set(podSecurity), excludedNamespaces },
});
const [first, ...others] = restrictedPolicies;

describeControl(restrictedStandardEnforced, {
  pass: {
    "by policies and by safeguards": {},
    "by policies alone": assigned(restrictedPolicies),
    "by a second assignment that denies": assigned([
      ...restrictedPolicies.map((one) => ({ ...one, assignmentId: "/audit", effect: "audit" })),
      ...restrictedPolicies,
    ]),
    "by safeguards alone": safeguards("Enforce"),
    "by policies, while safeguards warn": { safeguards: { level: set("Warn") } },
  },
  fail: {
    "it audits": each({ effect: "audit" }),
    "one member audits": first ? assigned([{ ...first, effect: "audit" }, ...others]) : {},
    "it is not enforced": each({ isEnforced: false }),
    "safeguards warn": safeguards("Warn"),
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "the add-on is off under policies alone": {
      ...assigned(restrictedPolicies),
      policyAddon: { enabled: absent(false) },
    },
  },
  notApplicable: {
    "nothing is assigned": assigned([]),
    "all but one member are": assigned(others),
    "safeguards hold the baseline": safeguards("Enforce", "Baseline"),
    "safeguards leave out a namespace": safeguards("Enforce", "Restricted", "legacy"),
  },
  unknown: {
    "what it does cannot be told": each({ effect: null }),
    "a level of safeguards Azure may add": safeguards("Panic"),
    "some of what is assigned cannot be seen": {
      ...noSafeguards,
      assignedPolicies: {
        policies: [],
        unseen: ["what is assigned at mg-root (the role Reader there would tell)"],
      },
    },
  },
});
