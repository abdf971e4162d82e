import { hostNamespacesUnused } from "../../../src/controls/workloads/host-namespaces-unused.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent } from "../../support/snapshot.ts";

const { hostNamespaces, hostPorts } = askedPolicies;
type Answer = ReturnType<typeof answerTo>;
const answers = (processes: Answer, networks: Answer) => ({
  workloadScan: { answers: [processes, networks] },
});
const ports = (parameters: Answer["parameters"], result?: Answer["result"]) =>
  answers(answerTo(hostNamespaces), answerTo(hostPorts, { parameters, ...(result && { result }) }));
const result = offending("web/pod/web-0");

describeControl(hostNamespacesUnused, {
  pass: {
    "no pod uses any": {},
    "by the range of ports of old": ports({ allowedhostports: null, minport: 0, maxport: 0 }),
  },
  fail: {
    "a pod shares processes": answers(answerTo(hostNamespaces, { result }), answerTo(hostPorts)),
    "a pod shares the network": answers(answerTo(hostNamespaces), answerTo(hostPorts, { result })),
    "a pod shares processes while nobody looked at the network": {
      workloadScan: { answers: [answerTo(hostNamespaces, { result })] },
    },
    "a pod uses a port beside those that are allowed": ports({ allowedhostports: ["443"] }, result),
  },
  unknown: {
    "nobody asked": { workloadScan: { answers: [] } },
    "nobody asked about the network": { workloadScan: { answers: [answerTo(hostNamespaces)] } },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "the node's network is allowed": ports({ allowhostnetwork: true }),
    "some ports are allowed": ports({ allowedhostports: ["443"] }),
    "a range of ports is allowed": ports({ allowedhostports: null, minport: 80, maxport: 443 }),
    "nobody reported on processes": answers(
      answerTo(hostNamespaces, { result: { state: "unseen", reason: "Nobody reported." } }),
      answerTo(hostPorts),
    ),
  },
});
