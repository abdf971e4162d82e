import { auditLogsStreamed } from "../../../src/controls/monitoring/audit-logs-streamed.ts";
import { describeControl } from "../../support/describe-control.ts";

const toStorage = { workspace: null, otherDestinations: ["a storage account"] } as const;

describeControl(auditLogsStreamed, {
  pass: {
    "audit without reads, and sign-ins": {},
    "the whole audit log": { diagnosticSettings: [{ categories: ["kube-audit", "guard"] }] },
    "in any casing": { diagnosticSettings: [{ categories: ["Kube-Audit", "GUARD"] }] },
    "all logs": { diagnosticSettings: [{ categories: [], categoryGroups: ["allLogs"] }] },
    "by two settings together": {
      diagnosticSettings: [{ categories: ["kube-audit"] }, { categories: ["guard"] }],
    },
    "the group audit, and sign-ins": {
      diagnosticSettings: [{ categories: ["guard"], categoryGroups: ["audit"] }],
    },
    "elsewhere than to a workspace": { diagnosticSettings: [toStorage] },
    "to a workspace that is there, beside one that is gone": {
      diagnosticSettings: [{ workspace: { presence: "absent" } }, {}],
    },
  },
  fail: {
    "no setting": { diagnosticSettings: [] },
    "no sign-ins": { diagnosticSettings: [{ categories: ["kube-audit"] }] },
    "only logs of other parts": { diagnosticSettings: [{ categories: ["kube-apiserver", "guard"] }] },
    "a setting without a destination": { diagnosticSettings: [{ workspace: null }] },
    "a workspace that is gone": { diagnosticSettings: [{ workspace: { presence: "absent" } }] },
    "a workspace that is gone, the rest elsewhere": {
      diagnosticSettings: [
        { workspace: { presence: "absent" }, categories: ["guard"] },
        { ...toStorage, categories: ["kube-audit"] },
      ],
    },
  },
  unknown: {
    "the group audit alone": { diagnosticSettings: [{ categories: [], categoryGroups: ["audit"] }] },
    "a workspace nobody may look at": { diagnosticSettings: [{ workspace: { presence: "unread" } }] },
  },
});
