import { cleanerOn } from "../../../src/controls/images/cleaner-on.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(cleanerOn, {
  pass: { "it is on": {} },
  fail: {
    "it is off": { imageCleaner: { enabled: set(false) } },
    "nothing set, so it is off": { imageCleaner: { enabled: absent(false) } },
  },
});
