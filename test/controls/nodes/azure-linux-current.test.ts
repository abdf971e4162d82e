import { expect, test } from "vitest";
import { azureLinux2 } from "../../../src/controls/lifecycle.ts";
import { azureLinuxCurrent } from "../../../src/controls/nodes/azure-linux-current.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { type Changes, snapshot } from "../../support/snapshot.ts";

const v2 = "AKSAzureLinux-V2gen2-202512.06.0";
const v3 = "AKSAzureLinux-V3gen2-202611.02.0";

describeControl(azureLinuxCurrent, {
  pass: {
    "3.0 by image name on both pools": {},
    "AzureLinux decided by its image": pool("AzureLinux", "AKSAzureLinux-V3gen2arm64-202611.02.0"),
    "AzureLinux3 without an image name": pool("AzureLinux3", null),
    "OS Guard, whose image names differ": pool(
      "AzureLinuxOSGuard",
      "AKSAzureLinux-OSGuardV3gen2fipsTL-202611.02.0",
    ),
    "Azure Container Linux": pool("AzureContainerLinux", null),
    "3.0 beside Ubuntu": {
      nodeImages: [{}, { osSku: "Ubuntu", imageVersion: "AKSUbuntu-2404gen2containerd-202611.02.0" }],
    },
    "a machine that no pool lists": { nodeImages: [{ pool: null, osSku: null, imageVersion: v3 }] },
    "2.0 while it was supported": { clock: { asOf: "2025-11-29" }, ...pool("AzureLinux", v2) },
  },
  fail: {
    "2.0 hiding behind two good pools": {
      nodeImages: [{}, {}, { name: "legacy", pool: "legacy", imageVersion: v2 }],
    },
    "2.0 on the day support ended": { clock: { asOf: "2025-11-30" }, ...pool("AzureLinux", v2) },
    "2.0 after its images are gone": { clock: { asOf: "2026-03-31" }, ...pool("AzureLinux", v2) },
    "2.0 under an older name": pool(null, "AKSCBLMariner-V2gen2-202509.01.0"),
    "2.0 under its oldest name": pool(null, "AKSMariner-V2katagen2-202306.01.0"),
    "CBLMariner without an image name": pool("CBLMariner", null),
    "Mariner, in lower case": pool("mariner", null),
    "a pool that is to become 3.0 and still runs 2.0": pool("AzureLinux3", v2),
    "a machine on 2.0 that no pool lists": {
      nodeImages: [{}, { pool: null, osSku: null, imageVersion: v2 }],
    },
    "2.0 beside a pool that does not tell": {
      nodeImages: [{ osSku: "AzureLinux", imageVersion: null }, { imageVersion: v2 }],
    },
  },
  unknown: {
    "AzureLinux without an image name": pool("AzureLinux", null),
    "AzureLinux with an image of another family": pool(
      "AzureLinux",
      "AKSUbuntu-2204gen2containerd-202611.02.0",
    ),
    "a release that Azure may add": pool(null, "AKSAzureLinux-V4gen2-202711.02.0"),
    "a release whose number begins with a 3": pool(null, "AKSAzureLinux-V30gen2-203611.02.0"),
    "a release whose number begins with a 2": pool(null, "AKSAzureLinux-V20gen2-203611.02.0"),
    "a release that Azure may add, on a pool that is to become 3.0": pool(
      "AzureLinux3",
      "AKSAzureLinux-V30gen2-203611.02.0",
    ),
    "an OS SKU that Azure may add": pool("AzureLinux4", null),
    "an image of no known family": pool(null, "AKSSomething-1-202611.02.0"),
    "a Linux pool that tells neither": pool(null, null),
    "no pool and no machine": { nodeImages: [] },
    "2.0 while it was supported, beside a pool that does not tell": {
      clock: { asOf: "2025-06-01" },
      nodeImages: [{ imageVersion: v2 }, { osSku: "AzureLinux", imageVersion: null }],
    },
  },
  notApplicable: {
    "Ubuntu alone": pool("Ubuntu", "AKSUbuntu-2404gen2containerd-202611.02.0"),
    "Ubuntu by its SKU": pool("Ubuntu2404", null),
    "Windows by its image": {
      nodeImages: [
        { osType: "Windows", osSku: null, imageVersion: "AKSWindows-2022-containerd-20348.5386.260715" },
      ],
    },
    "Windows by its type": { nodeImages: [{ osType: "Windows", osSku: null, imageVersion: null }] },
    "Flatcar, which another row judges": pool("Flatcar", null),
  },
});

test("a failure names the offending pool alone, with its image and the dates", () => {
  const changes = {
    nodeImages: [{}, {}, { path: "properties.agentPoolProfiles[2]", pool: "legacy", imageVersion: v2 }],
  };
  const [offender, ...others] = assess(azureLinuxCurrent, snapshot(changes)).evidence;
  expect(others).toEqual([]);
  expect(offender).toMatchObject({ path: "properties.agentPoolProfiles[2]", observed: v2, pool: "legacy" });
  expect(offender?.expected).toContain(azureLinux2.supportEnd.on);
  expect(offender?.expected).toContain(azureLinux2.imageRemoval.on);
});

test("a failure of a machine without a pool names no pool", () => {
  const verdict = assess(azureLinuxCurrent, snapshot({ nodeImages: [{ pool: null, imageVersion: v2 }] }));
  expect(verdict.evidence[0]).not.toHaveProperty("pool");
});

test("between end of support and removal the coming date is told as coming", () => {
  const verdict = assess(
    azureLinuxCurrent,
    snapshot({ clock: { asOf: "2026-03-30" }, ...pool("AzureLinux", v2) }),
  );
  expect(verdict.evidence[0]?.expected).toContain(`its images go on ${azureLinux2.imageRemoval.on}`);
});

test("from the day of removal the images are told as gone", () => {
  const verdict = assess(
    azureLinuxCurrent,
    snapshot({ clock: { asOf: "2026-03-31" }, ...pool("AzureLinux", v2) }),
  );
  expect(verdict.evidence[0]?.expected).toContain("its images are gone since 2026-03-31");
});

test("a pass of 2.0 says until when", () => {
  const verdict = assess(
    azureLinuxCurrent,
    snapshot({ clock: { asOf: "2025-11-29" }, ...pool("AzureLinux", v2) }),
  );
  expect(verdict.evidence[0]?.expected).toContain(`until ${azureLinux2.supportEnd.on}`);
});

test("Azure's default SKU decides, but nobody is said to have seen it", () => {
  const changes = { nodeImages: [{ osSku: "Ubuntu", isOsSkuImplied: true, imageVersion: null }] };
  const verdict = assess(azureLinuxCurrent, snapshot(changes));
  expect(verdict).toMatchObject({ kind: "notApplicable", evidence: [{ observed: null }] });
});

test("what does not decide is quoted", () => {
  expect(
    assess(azureLinuxCurrent, snapshot(pool(null, "AKSAzureLinux-V4gen2-202711.02.0"))).reason,
  ).toContain('"AKSAzureLinux-V4gen2-202711.02.0"');
  expect(assess(azureLinuxCurrent, snapshot(pool("AzureLinux", null))).reason).toContain('"AzureLinux"');
});

function pool(osSku: string | null, imageVersion: string | null): Changes {
  return { nodeImages: [{ osSku, imageVersion }] };
}
