import { rotationOn } from "../../../src/controls/secrets/rotation-on.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(rotationOn, {
  pass: {
    "it is on": {},
    "it is on in another case": { keyVaultDriver: { rotation: set("True") } },
  },
  fail: {
    "it is off": { keyVaultDriver: { rotation: set("false") } },
    "it is off in another case": { keyVaultDriver: { rotation: set("False") } },
    "nothing is set, so it is off": { keyVaultDriver: { rotation: absent("false") } },
  },
  unknown: { "a value that is neither": { keyVaultDriver: { rotation: set("hourly") } } },
  notApplicable: {
    "the driver was turned off": { keyVaultDriver: { enabled: set(false), rotation: absent("false") } },
    "there is no driver, whatever is set": { keyVaultDriver: { enabled: absent(false) } },
  },
});
