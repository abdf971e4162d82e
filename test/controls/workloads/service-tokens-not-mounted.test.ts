import { serviceTokensNotMounted } from "../../../src/controls/workloads/service-tokens-not-mounted.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { tokens } = askedPolicies;
const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(tokens, changes)] },
});
const result = offending("web/pod/web-0");

describeControl(serviceTokensNotMounted, {
  pass: {
    "no pod mounts one": {},
    "no pod mounts one, with or without workload identity": asked({ parameters: { labelselector: null } }),
  },
  fail: {
    "a pod mounts one": asked({ result }),
    "by the label's value": asked({
      parameters: {
        labelselector: {
          matchExpressions: [{ key: "azure.workload.identity/use", operator: "NotIn", values: ["true"] }],
        },
      },
      result,
    }),
  },
  unknown: {
    "nobody asked": { workloadScan: { answers: [] } },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "namespaces were left out": asked({ parameters: { excludednamespaces: ["legacy"] } }),
    "what offends may use workload identity": asked({ parameters: { labelselector: null }, result }),
    "pods with another label are left out": asked({
      parameters: { labelselector: { matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] } },
    }),
    "pods with the label alone are looked at": asked({
      parameters: {
        labelselector: { matchExpressions: [{ key: "azure.workload.identity/use", operator: "Exists" }] },
      },
    }),
    "more than those pods are left out": asked({
      parameters: { labelselector: { matchLabels: { tier: "web" } } },
    }),
  },
});
