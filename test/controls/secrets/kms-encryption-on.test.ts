import { expect, test } from "vitest";
import { kmsEncryptionOn } from "../../../src/controls/secrets/kms-encryption-on.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

const azures = { enabled: absent(false), infrastructure: set("Enabled") };

describeControl(kmsEncryptionOn, {
  pass: {
    "by a key of one's own": {},
    "by Azure's key": { kms: azures },
    "by Azure's key in another case": { kms: { enabled: set(false), infrastructure: set("enabled") } },
    "by both": { kms: { infrastructure: set("Enabled") } },
  },
  fail: {
    "by neither": { kms: { enabled: set(false), infrastructure: set("Disabled") } },
    "nothing set, so by neither": { kms: { enabled: absent(false) } },
  },
  unknown: {
    "a value that Azure may add": { kms: { enabled: absent(false), infrastructure: set("Rotating") } },
  },
});

test.each([
  ["your own key", {}],
  ["Azure's key", { kms: azures }],
])("the evidence says that %s encrypts", (key, changes) => {
  const { evidence } = assess(kmsEncryptionOn, snapshot(changes));
  expect(evidence.map(({ expected }) => expected)).toEqual([expect.stringContaining(key)]);
});
