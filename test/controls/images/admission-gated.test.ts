import { admissionGated } from "../../../src/controls/images/admission-gated.ts";
import type { AssignedPolicy } from "../../../src/domain/workloads.ts";
import { describeControl } from "../../support/describe-control.ts";
import { askedPolicies } from "../../support/hardened-policies.ts";
import { absent, set } from "../../support/snapshot.ts";

const { images, privileged } = askedPolicies;
const integrity: AssignedPolicy = {
  ...images,
  definition: "cf426bb8-b320-4321-8545-1b784a5df3a4",
  parameters: {},
};
const assigned = (...policies: readonly AssignedPolicy[]) => ({ assignedPolicies: { policies } });
const changed = (changes: Partial<AssignedPolicy>) => assigned({ ...images, ...changes });
const given = (parameters: AssignedPolicy["parameters"]) =>
  changed({ parameters: { ...images.parameters, ...parameters } });
const off = (expiresOn: string | null) => changed({ exemptions: [{ id: "/exemption", expiresOn }] });
const gating = { imageGating: { enabled: set(true) } };

describeControl(admissionGated, {
  pass: {
    "registries are named and others denied": {},
    "by image integrity": assigned(integrity),
    "beside an assignment that audits": assigned({ ...images, effect: "audit" }, images),
    "beside Defender's gate": gating,
    "an exemption that ended": off("2026-11-20T00:00:00Z"),
  },
  fail: {
    "nothing is assigned": assigned(),
    "only other policies are": assigned(privileged),
    "it audits": changed({ effect: "audit" }),
    "it is switched off": changed({ effect: "disabled" }),
    "it is not enforced": changed({ isEnforced: false }),
    "it admits anything": given({ allowedcontainerimagesregex: ".*" }),
    "it leaves out a namespace": given({ excludednamespaces: ["legacy"] }),
    "the cluster is exempt for good": off(null),
    "the cluster is exempt until later": off("2026-12-31T00:00:00Z"),
    "image integrity audits": assigned({ ...integrity, effect: "audit" }),
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
  },
  unknown: {
    "Defender's gate alone": { ...assigned(), ...gating },
    "Defender's gate beside a policy that audits": { ...changed({ effect: "audit" }), ...gating },
    "Defender's gate without the add-on": { policyAddon: { enabled: absent(false) }, ...gating },
    "what it does cannot be told": changed({ effect: null }),
    "which images it admits cannot be told": given({ allowedcontainerimagesregex: "^[a-z]+/.+$" }),
    "some of what is assigned cannot be seen": {
      assignedPolicies: {
        policies: [],
        unseen: ["what is assigned at mg-root (the role Reader there would tell)"],
      },
    },
  },
});
