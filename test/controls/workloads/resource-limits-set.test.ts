import { resourceLimitsSet } from "../../../src/controls/workloads/resource-limits-set.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { limits } = askedPolicies;
const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(limits, changes)] },
});
const result = offending("web/pod/web-0");

describeControl(resourceLimitsSet, {
  pass: {
    "every container has them": {},
    "every container has them, and small ones": asked({
      parameters: { cpulimit: "200m", memorylimit: "1Gi" },
    }),
  },
  fail: {
    "a container has none": asked({ result }),
    "in other units": asked({ parameters: { cpulimit: "2000", memorylimit: "1P" }, result }),
  },
  unknown: {
    "nobody asked": { workloadScan: { answers: [] } },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "namespaces were left out": asked({ parameters: { excludednamespaces: ["legacy"] } }),
    "what offends may have limits above the bound": asked({ parameters: { cpulimit: "32" }, result }),
    "the same of memory": asked({ parameters: { memorylimit: "64Gi" }, result }),
    "a bound that is no quantity": asked({ parameters: { cpulimit: "many" }, result }),
    "a bound in no unit known": asked({ parameters: { memorylimit: "100Zi" }, result }),
  },
});
