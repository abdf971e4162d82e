import { localAccountsDisabled } from "../../../src/controls/identity/local-accounts-disabled.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(localAccountsDisabled, {
  pass: { "they are disabled": {} },
  fail: {
    "they are left on": { localAccounts: { disabled: set(false) } },
    "the row does not say, so they are on": { localAccounts: { disabled: absent(false) } },
  },
});
