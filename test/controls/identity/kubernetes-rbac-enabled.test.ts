import { kubernetesRbacEnabled } from "../../../src/controls/identity/kubernetes-rbac-enabled.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(kubernetesRbacEnabled, {
  pass: { "it is on": {} },
  fail: { "it is off": { kubernetesRbac: { enabled: set(false) } } },
  unknown: { "the row does not say": { kubernetesRbac: { enabled: absent(null) } } },
});
