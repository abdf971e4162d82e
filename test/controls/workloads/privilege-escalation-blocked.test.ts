import { privilegeEscalationBlocked } from "../../../src/controls/workloads/privilege-escalation-blocked.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { escalation } = askedPolicies;
const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(escalation, changes)] },
});
const result = offending("web/pod/web-0");

describeControl(privilegeEscalationBlocked, {
  pass: {
    "false is asked for": {},
    "by a version that always asked for it": asked({
      version: "7.*.*",
      parameters: { forceprivilegeescalationtobefalse: null },
    }),
  },
  fail: {
    "a container may raise its privileges": asked({ result }),
    "one does although those that leave it unset pass": asked({
      parameters: { forceprivilegeescalationtobefalse: false },
      result,
    }),
  },
  unknown: {
    "nobody asked": { workloadScan: { answers: [] } },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "namespaces were left out": asked({ parameters: { excludednamespaces: ["legacy"] } }),
    "containers that leave it unset pass": asked({
      parameters: { forceprivilegeescalationtobefalse: false },
    }),
    "the same by a version of its own": asked({
      version: "8.*.*",
      parameters: { forceprivilegeescalationtobefalse: false },
    }),
    "a parameter of a wrong type": asked({ parameters: { forceprivilegeescalationtobefalse: "true" } }),
  },
});
