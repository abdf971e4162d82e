import { defaultNamespaceUnused } from "../../../src/controls/workloads/default-namespace-unused.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { defaultNamespace } = askedPolicies;
const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(defaultNamespace, changes)] },
});

describeControl(defaultNamespaceUnused, {
  pass: {
    "nothing is there": {},
    "every namespace is looked at": asked({ parameters: { namespaces: [] } }),
    "other namespaces are left out": asked({ parameters: { excludednamespaces: ["legacy"] } }),
  },
  fail: {
    "a pod is there": asked({ result: offending("default/pod/test") }),
  },
  unknown: {
    "nobody asked": { workloadScan: { answers: [] } },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "namespaces were left out": asked({ parameters: { excludednamespaces: ["default"] } }),
    "only other namespaces were looked at": asked({ parameters: { namespaces: ["web"] } }),
  },
});
