import { fromAllowedRegistries } from "../../../src/controls/images/from-allowed-registries.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { images } = askedPolicies;
const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(images, changes)] },
});
const result = offending("web/pod/web-0");

describeControl(fromAllowedRegistries, {
  pass: {
    "all do": {},
  },
  fail: {
    "one does not": asked({ result }),
  },
  unknown: {
    "nobody asked": { workloadScan: { answers: [] } },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "namespaces were left out": asked({ parameters: { excludednamespaces: ["legacy"] } }),
    "any image is admitted": asked({ parameters: { allowedcontainerimagesregex: ".*" } }),
    "no image is admitted, and all offend": asked({
      parameters: { allowedcontainerimagesregex: "^(.+){0}$" },
      result,
    }),
    "the expression names no registry": asked({ parameters: { allowedcontainerimagesregex: "^[a-z]+/.+$" } }),
    "the expression names no registry, and some offend": asked({
      parameters: { allowedcontainerimagesregex: "^[a-z]+/.+$" },
      result,
    }),
    "there is no expression": asked({ parameters: { allowedcontainerimagesregex: null } }),
  },
});
