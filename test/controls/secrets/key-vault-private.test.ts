import { keyVaultPrivate } from "../../../src/controls/secrets/key-vault-private.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(keyVaultPrivate, {
  pass: {
    "by private link": {},
    "by private link in another case": { kms: { keyVaultAccess: set("private") } },
  },
  fail: {
    "in public": { kms: { keyVaultAccess: set("Public") } },
    "nothing set, so in public": { kms: { keyVaultAccess: absent("Public") } },
  },
  unknown: { "a way that Azure may add": { kms: { keyVaultAccess: set("SecuredByPerimeter") } } },
  notApplicable: {
    "KMS is off": { kms: { enabled: absent(false), keyVaultAccess: absent("Public") } },
    "KMS was turned off and left its vault in the row": { kms: { enabled: set(false) } },
    "Azure's key encrypts": { kms: { enabled: absent(false), infrastructure: set("Enabled") } },
  },
});
