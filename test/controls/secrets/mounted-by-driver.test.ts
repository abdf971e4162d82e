import { expect, test } from "vitest";
import { mountedByDriver } from "../../../src/controls/secrets/mounted-by-driver.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { inspected, snapshot } from "../../support/snapshot.ts";

const use = { path: "web/Deployment/web", observed: "volume certificates from Secret web-tls" };
const seen = { inEnvironment: [], mounted: [], isCutOff: false, workloads: 3 };

describeControl(mountedByDriver, {
  pass: {
    "none mounts one": {},
    "secrets are in the environment": { podSecrets: inspected({ ...seen, inEnvironment: [use] }) },
  },
  fail: { "one mounts one": { podSecrets: inspected({ ...seen, mounted: [use] }) } },
  notApplicable: { "no pod runs": { podSecrets: inspected({ ...seen, workloads: 0 }) } },
  unknown: { "nobody looked": { podSecrets: { state: "notInspected", reason: "Inspection is off." } } },
});

test("each workload is named, with the Secret", () => {
  const podSecrets = inspected({ ...seen, mounted: [use] });
  expect(assess(mountedByDriver, snapshot({ podSecrets })).evidence).toMatchObject([use]);
});
