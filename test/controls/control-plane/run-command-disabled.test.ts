import { runCommandDisabled } from "../../../src/controls/control-plane/run-command-disabled.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(runCommandDisabled, {
  pass: { "it is disabled": {} },
  fail: {
    "it is allowed": { runCommand: { disabled: set(false) } },
    "the row does not say, so it is allowed": { runCommand: { disabled: absent(false) } },
    "it is allowed on a public cluster": {
      apiServer: { privateCluster: absent(false) },
      runCommand: { disabled: absent(false) },
    },
  },
});
