import { rootFilesystemReadOnly } from "../../../src/controls/workloads/root-filesystem-read-only.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { rootFilesystem } = askedPolicies;
const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(rootFilesystem, changes)] },
});
const result = offending("web/pod/web-0");

describeControl(rootFilesystemReadOnly, {
  pass: {
    "every container's is read-only": {},
  },
  fail: {
    "a container may write": asked({ result }),
  },
  unknown: {
    "nobody asked": { workloadScan: { answers: [] } },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "namespaces were left out": asked({ parameters: { excludednamespaces: ["legacy"] } }),
  },
});
