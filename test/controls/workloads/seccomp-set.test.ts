import { seccompSet } from "../../../src/controls/workloads/seccomp-set.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { seccomp } = askedPolicies;
const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(seccomp, changes)] },
});
const result = offending("web/pod/web-0");

describeControl(seccompSet, {
  pass: {
    "every pod has one": {},
    "by the initiative's names, of which none is a local one": asked({
      parameters: { allowedprofiles: ["runtime/default", "docker/default"] },
    }),
  },
  fail: {
    "a container has none": asked({ result }),
    "a container has none though Unconfined is allowed": asked({
      parameters: { allowedprofiles: ["RuntimeDefault", "Localhost", "Unconfined"] },
      result,
    }),
  },
  unknown: {
    "nobody asked": { workloadScan: { answers: [] } },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "namespaces were left out": asked({ parameters: { excludednamespaces: ["legacy"] } }),
    "Unconfined is allowed": asked({
      parameters: { allowedprofiles: ["RuntimeDefault", "Localhost", "Unconfined"] },
    }),
    "every profile is allowed": asked({ parameters: { allowedprofiles: ["*"] } }),
    "what offends may have a local profile": asked({
      parameters: { allowedprofiles: ["runtime/default"] },
      result,
    }),
    "what offends may have the default profile": asked({
      parameters: { allowedprofiles: ["localhost/*"] },
      result,
    }),
  },
});
