import { capabilitiesDropped } from "../../../src/controls/workloads/capabilities-dropped.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";

const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(askedPolicies.capabilities, changes)] },
});
const result = offending("web/pod/web-0");

describeControl(capabilitiesDropped, {
  pass: {
    "ALL are dropped everywhere": {},
    "none may be added at all": asked({ parameters: { allowedcapabilities: [] } }),
    "in other casing": asked({ parameters: { requireddropcapabilities: ["all"] } }),
  },
  fail: {
    "a pod keeps some": asked({ result }),
    "a pod adds what even the initiative forbids": asked({
      parameters: { allowedcapabilities: ["CHOWN", "NET_BIND_SERVICE"], requireddropcapabilities: [] },
      result,
    }),
  },
  unknown: {
    "no drop is asked, as by the initiative": asked({ parameters: { requireddropcapabilities: [] } }),
    "more may be added": asked({ parameters: { allowedcapabilities: ["NET_BIND_SERVICE", "NET_RAW"] } }),
    "anything may be added": asked({ parameters: { allowedcapabilities: ["*"] } }),
    "what offends may add no more than NET_BIND_SERVICE": asked({
      parameters: { allowedcapabilities: [] },
      result,
    }),
  },
});
