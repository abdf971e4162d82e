import { runAsNonRoot } from "../../../src/controls/workloads/run-as-non-root.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { users } = askedPolicies;
const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(users, changes)] },
});
const result = offending("web/pod/web-0");

describeControl(runAsNonRoot, {
  pass: {
    "no root was found": {},
    "nor by the initiative, which asks for groups too": asked({
      parameters: { runasgrouprule: "MustRunAs" },
    }),
  },
  fail: {
    "a container runs as root": asked({ result }),
  },
  unknown: {
    "nobody asked": { workloadScan: { answers: [] } },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "namespaces were left out": asked({ parameters: { excludednamespaces: ["legacy"] } }),
    "what offends may lack a group id alone": asked({ parameters: { runasgrouprule: "MustRunAs" }, result }),
    "the same of a volume's group": asked({ parameters: { fsgrouprule: "MayRunAs" }, result }),
    "any user may run": asked({ parameters: { runasuserrule: "RunAsAny" } }),
    "certain user ids are asked for, and missing": asked({
      parameters: { runasuserrule: "MustRunAs" },
      result,
    }),
    "certain user ids are asked for": asked({ parameters: { runasuserrule: "MustRunAs" } }),
  },
});
