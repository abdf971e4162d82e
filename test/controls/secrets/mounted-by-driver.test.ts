import { expect, test } from "vitest";
import { mountedByDriver } from "../../../src/controls/secrets/mounted-by-driver.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { inspected, snapshot } from "../../support/snapshot.ts";

const use = { path: "web/Deployment/web", observed: "volume certificates from Secret web-tls" };
const seen = { uses: [], isCutOff: false, workloads: 3 };

describeControl(mountedByDriver, {
  pass: {
    "none mounts one": {},
  },
  fail: { "one mounts one": { mountedSecrets: inspected({ ...seen, uses: [use] }) } },
  notApplicable: { "no pod runs": { mountedSecrets: inspected({ ...seen, workloads: 0 }) } },
  unknown: { "nobody looked": { mountedSecrets: { state: "notInspected", reason: "Inspection is off." } } },
});

test("each workload is named, with the Secret", () => {
  const mountedSecrets = inspected({ ...seen, uses: [use] });
  expect(assess(mountedByDriver, snapshot({ mountedSecrets })).evidence).toMatchObject([use]);
});
