import { podIdentityRetired } from "../../../src/controls/identity/pod-identity-retired.ts";
import { describeControl } from "../../support/describe-control.ts";
import { set } from "../../support/snapshot.ts";

describeControl(podIdentityRetired, {
  pass: {
    "the row has no such profile": {},
    "it was turned off": { podIdentity: { enabled: set(false) } },
  },
  fail: { "it is on": { podIdentity: { enabled: set(true) } } },
});
