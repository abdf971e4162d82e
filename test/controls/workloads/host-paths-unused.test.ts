import { hostPathsUnused } from "../../../src/controls/workloads/host-paths-unused.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { hostPaths } = askedPolicies;
const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(hostPaths, changes)] },
});
const result = offending("web/pod/web-0");

describeControl(hostPathsUnused, {
  pass: {
    "no pod mounts one": {},
    "by the types of volumes alone": { workloadScan: { answers: [answerTo(askedPolicies.volumes)] } },
    "other types offend, which the policy on paths tells apart": {
      workloadScan: { answers: [answerTo(hostPaths), answerTo(askedPolicies.volumes, { result })] },
    },
  },
  fail: {
    "a pod mounts one": asked({ result }),
    "a pod mounts one beside those that are allowed": asked({
      parameters: { allowedhostpaths: { paths: [{ pathPrefix: "/var/log", readOnly: true }] } },
      result,
    }),
  },
  unknown: {
    "nobody asked": { workloadScan: { answers: [] } },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "namespaces were left out": asked({ parameters: { excludednamespaces: ["legacy"] } }),
    "some paths may be mounted": asked({
      parameters: { allowedhostpaths: { paths: [{ pathPrefix: "/var/log", readOnly: true }] } },
    }),
    "some paths of Windows may be mounted": asked({
      parameters: { windowsallowedhostpaths: { paths: [{ pathPrefix: "C:\\\\logs", readOnly: true }] } },
    }),
    "what offends may be another type of volume": {
      workloadScan: { answers: [answerTo(askedPolicies.volumes, { result })] },
    },
    "host paths are among the allowed types": {
      workloadScan: {
        answers: [
          answerTo(askedPolicies.volumes, { parameters: { allowedvolumetypes: ["configMap", "hostPath"] } }),
        ],
      },
    },
    "every type is allowed": {
      workloadScan: {
        answers: [answerTo(askedPolicies.volumes, { parameters: { allowedvolumetypes: ["*"] } })],
      },
    },
  },
});
