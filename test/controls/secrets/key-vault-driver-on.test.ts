import { keyVaultDriverOn } from "../../../src/controls/secrets/key-vault-driver-on.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(keyVaultDriverOn, {
  pass: {
    "it is on": {},
    "it is on without rotation, which another row finds": { keyVaultDriver: { rotation: set("false") } },
  },
  fail: {
    "it was turned off": { keyVaultDriver: { enabled: set(false), rotation: absent("false") } },
    "the cluster has none, so it is off": {
      keyVaultDriver: { enabled: absent(false), rotation: absent("false") },
    },
  },
});
