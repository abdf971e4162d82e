import { expect, test } from "vitest";
import { privateCluster } from "../../../src/controls/control-plane/private-cluster.ts";
import { privateDnsOnly } from "../../../src/controls/control-plane/private-dns-only.ts";
import { assess } from "../../../src/domain/control.ts";
import { unavailable } from "../../../src/domain/reading.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, gap, set, snapshot, withReading } from "../../support/snapshot.ts";

const isPublic = { apiServer: { privateCluster: absent(false) } };

describeControl(privateDnsOnly, {
  pass: { "a private cluster without a public name": {} },
  fail: {
    "a private cluster that keeps its public name": { apiServerName: { isPublic: set(true) } },
    "a private cluster that does not say, so it has one": { apiServerName: { isPublic: absent(true) } },
  },
  notApplicable: {
    "a public cluster": { ...isPublic, apiServerName: { isPublic: absent(true) } },
    "a public cluster, whatever it says of its name": isPublic,
  },
});

test("a public name does not fail a cluster that may not be private", () => {
  const unread = withReading(
    snapshot({ apiServerName: { isPublic: absent(true) } }),
    "apiServer",
    unavailable(gap()),
  );
  expect(assess(privateDnsOnly, unread).kind).toBe("unknown");
});

test("the control it points to on a public cluster does fail", () => {
  expect(assess(privateDnsOnly, snapshot(isPublic)).reason).toContain(privateCluster.id);
  expect(assess(privateCluster, snapshot(isPublic)).kind).toBe("fail");
});
