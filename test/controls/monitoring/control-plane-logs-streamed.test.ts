import { controlPlaneLogsStreamed } from "../../../src/controls/monitoring/control-plane-logs-streamed.ts";
import { describeControl } from "../../support/describe-control.ts";

describeControl(controlPlaneLogsStreamed, {
  pass: {
    "both by name": {},
    "all logs": { diagnosticSettings: [{ categories: [], categoryGroups: ["allLogs"] }] },
    "each by another setting": {
      diagnosticSettings: [{ categories: ["kube-apiserver"] }, { categories: ["kube-controller-manager"] }],
    },
    "to a storage account": {
      diagnosticSettings: [{ workspace: null, otherDestinations: ["a storage account"] }],
    },
  },
  fail: {
    "no setting": { diagnosticSettings: [] },
    "one of the two": { diagnosticSettings: [{ categories: ["kube-apiserver", "guard"] }] },
    "the group audit, which holds neither": {
      diagnosticSettings: [{ categories: [], categoryGroups: ["audit"] }],
    },
    "a workspace that is gone": { diagnosticSettings: [{ workspace: { presence: "absent" } }] },
  },
  unknown: {
    "a workspace nobody may look at": { diagnosticSettings: [{ workspace: { presence: "unread" } }] },
  },
});
