import { expect, test } from "vitest";
import { notInEnvironment } from "../../../src/controls/secrets/not-in-environment.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { inspected, snapshot } from "../../support/snapshot.ts";

const use = { path: "web/Deployment/web", observed: "container web: DB_PASSWORD from Secret database" };
const seen = { uses: [], isCutOff: false, workloads: 3 };

describeControl(notInEnvironment, {
  pass: {
    "none has": {},
  },
  fail: {
    "one has": { environmentSecrets: inspected({ ...seen, uses: [use] }) },
    "many have": { environmentSecrets: inspected({ ...seen, uses: [use, use], isCutOff: true }) },
  },
  notApplicable: { "no pod runs": { environmentSecrets: inspected({ ...seen, workloads: 0 }) } },
  unknown: {
    "nobody looked": { environmentSecrets: { state: "notInspected", reason: "Inspection is off." } },
  },
});

test("each workload is named, with the variable", () => {
  const other = { ...use, path: "web/Job/migrate" };
  const environmentSecrets = inspected({ ...seen, uses: [use, other] });
  expect(assess(notInEnvironment, snapshot({ environmentSecrets }))).toMatchObject({
    evidence: [use, other],
    reason: null,
  });
});

test("a list that ends early says so", () => {
  const environmentSecrets = inspected({ ...seen, uses: [use], isCutOff: true });
  expect(assess(notInEnvironment, snapshot({ environmentSecrets })).reason).toContain("There may be more");
});

test("a pass tells how many were looked at", () => {
  expect(assess(notInEnvironment, snapshot({ environmentSecrets: inspected(seen) })).evidence).toMatchObject([
    { observed: "3 workloads, none that does" },
  ]);
});
