import { expect, test } from "vitest";
import { nodeGroupLocked } from "../../../src/controls/control-plane/node-group-locked.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

describeControl(nodeGroupLocked, {
  pass: {
    "it is read-only": {},
    "it is read-only, in another case": { nodeGroupLock: { restriction: set("readonly") } },
  },
  fail: {
    "it is unrestricted": { nodeGroupLock: { restriction: set("Unrestricted") } },
    "the row does not say, so it is unrestricted": { nodeGroupLock: { restriction: absent("Unrestricted") } },
  },
  unknown: { "a level that Azure may add": { nodeGroupLock: { restriction: set("ReadOnlyExceptTags") } } },
});

test("an unknown level is quoted", () => {
  const changes = { nodeGroupLock: { restriction: set("ReadOnlyExceptTags") } };
  expect(assess(nodeGroupLocked, snapshot(changes)).reason).toContain('"ReadOnlyExceptTags"');
});
