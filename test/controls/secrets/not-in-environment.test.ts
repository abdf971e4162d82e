import { expect, test } from "vitest";
import { notInEnvironment } from "../../../src/controls/secrets/not-in-environment.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { inspected, snapshot } from "../../support/snapshot.ts";

const use = { path: "web/Deployment/web", observed: "container web: DB_PASSWORD from Secret database" };
const seen = { inEnvironment: [], mounted: [], isCutOff: false, workloads: 3 };

describeControl(notInEnvironment, {
  pass: {
    "none has": {},
    "secrets are mounted": { podSecrets: inspected({ ...seen, mounted: [use] }) },
  },
  fail: {
    "one has": { podSecrets: inspected({ ...seen, inEnvironment: [use] }) },
    "many have": { podSecrets: inspected({ ...seen, inEnvironment: [use, use], isCutOff: true }) },
  },
  notApplicable: { "no pod runs": { podSecrets: inspected({ ...seen, workloads: 0 }) } },
  unknown: { "nobody looked": { podSecrets: { state: "notInspected", reason: "Inspection is off." } } },
});

test("each workload is named, with the variable", () => {
  const other = { ...use, path: "web/Job/migrate" };
  const podSecrets = inspected({ ...seen, inEnvironment: [use, other] });
  expect(assess(notInEnvironment, snapshot({ podSecrets }))).toMatchObject({
    evidence: [use, other],
    reason: null,
  });
});

test("a list that ends early says so", () => {
  const podSecrets = inspected({ ...seen, inEnvironment: [use], isCutOff: true });
  expect(assess(notInEnvironment, snapshot({ podSecrets })).reason).toContain("There may be more");
});

test("a pass tells how many were looked at", () => {
  expect(assess(notInEnvironment, snapshot({ podSecrets: inspected(seen) })).evidence).toMatchObject([
    { observed: "3 workloads, none that does" },
  ]);
});
