import { expect, test } from "vitest";
import { workloadIdentityEnabled } from "../../../src/controls/identity/workload-identity-enabled.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

describeControl(workloadIdentityEnabled, {
  pass: { "both it and the issuer are on": {} },
  fail: {
    "neither block is in the row": { workloadIdentity: { enabled: absent(false), issuer: absent(false) } },
    "the issuer alone is on": { workloadIdentity: { enabled: absent(false) } },
    "it is on without an issuer": { workloadIdentity: { issuer: set(false) } },
    "it was turned off again": { workloadIdentity: { enabled: set(false) } },
  },
});

test("a failure names what is off and nothing else", () => {
  const pathsOf = (workloadIdentity: object) =>
    assess(workloadIdentityEnabled, snapshot({ workloadIdentity })).evidence.map(({ path }) => path);
  expect(pathsOf({ issuer: absent(false) })).toEqual(["properties.oidcIssuerProfile.enabled"]);
  expect(pathsOf({ enabled: absent(false) })).toEqual([
    "properties.securityProfile.workloadIdentity.enabled",
  ]);
  expect(pathsOf({ enabled: absent(false), issuer: absent(false) })).toHaveLength(2);
});
