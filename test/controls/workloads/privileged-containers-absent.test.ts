import { privilegedContainersAbsent } from "../../../src/controls/workloads/privileged-containers-absent.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { privileged, volumes } = askedPolicies;
const answered = (...answers: readonly ReturnType<typeof answerTo>[]) => ({ workloadScan: { answers } });
const asked = (changes: Parameters<typeof answerTo>[1]) => answered(answerTo(privileged, changes));

describeControl(privilegedContainersAbsent, {
  pass: {
    "looked for, and none found": {},
    "namespaces of the system are left out": asked({
      parameters: { excludednamespaces: ["kube-system", "gatekeeper-system", "azure-arc"] },
    }),
  },
  fail: {
    "one is named": asked({ result: offending("build/pod/agent-0") }),
    "one is named by a second policy alone": answered(
      answerTo(privileged),
      answerTo(privileged, { path: "/other", result: offending("build/pod/agent-0") }),
    ),
    "one is named although some namespaces are left out": asked({
      parameters: { excludednamespaces: ["legacy"] },
      result: offending("build/pod/agent-0"),
    }),
  },
  unknown: {
    "nobody asked": answered(answerTo(volumes)),
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "asked, but nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "only some namespaces were looked at": asked({ parameters: { namespaces: ["web"] } }),
    "some namespaces were left out": asked({ parameters: { excludednamespaces: ["kube-system", "legacy"] } }),
    "only some labels were looked at": asked({
      parameters: { labelselector: { matchLabels: { tier: "web" } } },
    }),
    "some images were left out": asked({ parameters: { excludedimages: ["contoso.azurecr.io/agent:*"] } }),
    "some containers were left out": asked({ parameters: { excludedcontainers: ["proxy"] } }),
    "only generated objects were looked at": asked({ parameters: { source: "Generated" } }),
    "what was left out cannot be told": asked({ unreadable: ["excludednamespaces"] }),
  },
});
