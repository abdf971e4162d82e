import { expect, test } from "vitest";
import { azureRbacEnabled } from "../../../src/controls/identity/azure-rbac-enabled.ts";
import { entraIntegrationManaged } from "../../../src/controls/identity/entra-integration-managed.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

const none = { entra: { profile: absent(false), managed: absent(false), azureRbac: absent(false) } };

describeControl(azureRbacEnabled, {
  pass: { "it is on": {} },
  fail: {
    "it is off": { entra: { azureRbac: set(false) } },
    "the profile does not say, so it is off": { entra: { azureRbac: absent(false) } },
    "the legacy integration, which cannot have it": {
      entra: { managed: absent(false), azureRbac: absent(false) },
    },
  },
  notApplicable: { "no Entra integration to authorize": none },
});

test("the control it points to without Entra integration does fail", () => {
  expect(assess(azureRbacEnabled, snapshot(none)).reason).toContain(entraIntegrationManaged.id);
  expect(assess(entraIntegrationManaged, snapshot(none)).kind).toBe("fail");
});
