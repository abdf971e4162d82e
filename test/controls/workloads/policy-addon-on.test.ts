import { policyAddonOn } from "../../../src/controls/workloads/policy-addon-on.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(policyAddonOn, {
  pass: { "it is on": {} },
  fail: {
    "it was turned off": { policyAddon: { enabled: set(false) } },
    "the cluster has none, so it is off": { policyAddon: { enabled: absent(false) } },
  },
});
