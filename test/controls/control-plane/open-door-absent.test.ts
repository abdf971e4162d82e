import { expect, test } from "vitest";
import { openDoorAbsent } from "../../../src/controls/control-plane/open-door-absent.ts";
import { assess } from "../../../src/domain/control.ts";
import { unavailable } from "../../../src/domain/reading.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, gap, set, snapshot, withReading } from "../../support/snapshot.ts";

const open = { privateCluster: absent(false), authorizedRanges: absent<readonly string[]>([]) };
const localAccounts = { disabled: absent(false) };

describeControl(openDoorAbsent, {
  pass: {
    "closed and without local accounts": {},
    "an open API server without local accounts": { apiServer: open },
    "local accounts behind a private API server": { localAccounts },
    "a perimeter that does not decide, without local accounts": {
      apiServer: { ...open, publicNetworkAccess: set("SecuredByPerimeter") },
    },
  },
  fail: { "an open API server with local accounts": { apiServer: open, localAccounts } },
  unknown: {
    "a perimeter that does not decide, with local accounts": {
      apiServer: { ...open, publicNetworkAccess: set("SecuredByPerimeter") },
      localAccounts,
    },
  },
});

test("passes with one part unread when the other holds the door", () => {
  expect(assess(openDoorAbsent, withReading(snapshot(), "apiServer", unavailable(gap()))).kind).toBe("pass");
});

test("stays unknown with one part unread when the other fails", () => {
  const verdict = assess(
    openDoorAbsent,
    withReading(snapshot({ apiServer: open }), "localAccounts", unavailable(gap())),
  );
  expect(verdict).toMatchObject({ kind: "unknown", reason: expect.stringContaining(gap().detail) });
});

test("a failure shows what is wrong with both parts", () => {
  const paths = assess(openDoorAbsent, snapshot({ apiServer: open, localAccounts })).evidence.map(
    ({ path }) => path,
  );
  expect(paths).toContain("properties.apiServerAccessProfile.authorizedIPRanges");
  expect(paths).toContain("properties.disableLocalAccounts");
});
