import { expect, test } from "vitest";
import { azureLinuxPreferred } from "../../../src/controls/nodes/azure-linux-preferred.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { type Changes, snapshot } from "../../support/snapshot.ts";

const ubuntu = "AKSUbuntu-2404gen2containerd-202611.02.0";
const windows = "AKSWindows-2022-containerd-20348.5386.261112";

describeControl(azureLinuxPreferred, {
  pass: {
    "both pools": {},
    "by its SKU, in any case": pool("AZURELINUX", null),
    "OS Guard": pool("AzureLinuxOSGuard", "AKSAzureLinux-OSGuardV3gen2fipsTL-202611.02.0"),
    "OS Guard by its SKU": pool("AzureLinuxOSGuard", null),
    "Azure Container Linux": pool("AzureContainerLinux", "AKSAzureContainerLinux-202611.01.0"),
    "Azure Container Linux by its SKU": pool("AzureContainerLinux", null),
    "2.0 under its older name, which another control judges": pool("CBLMariner", null),
    "beside a Windows pool": {
      nodeImages: [{}, { osType: "Windows", osSku: "Windows2022", imageVersion: windows }],
    },
    "beside a Windows pool that tells its type alone": {
      nodeImages: [{}, { osType: "Windows", osSku: null, imageVersion: null }],
    },
    "a machine that no pool lists": { nodeImages: [{}, { pool: null, osType: null, osSku: null }] },
  },
  fail: {
    "Ubuntu by its image": pool("Ubuntu", ubuntu),
    "Ubuntu by its SKU": pool("Ubuntu2404", null),
    "the default": { nodeImages: [{ osSku: "Ubuntu", isOsSkuImplied: true, imageVersion: null }] },
    "one pool behind two good ones": { nodeImages: [{}, {}, { osSku: "Ubuntu", imageVersion: ubuntu }] },
    "a pool that is to become Azure Linux": pool("AzureLinux", ubuntu),
    Flatcar: pool("Flatcar", null),
    "a machine that no pool lists": { nodeImages: [{}, { pool: null, osSku: null, imageVersion: ubuntu }] },
    "Ubuntu beside a pool that does not tell": {
      nodeImages: [{ osSku: null, imageVersion: null }, { imageVersion: ubuntu }],
    },
  },
  unknown: {
    "an OS SKU that Azure may add": pool("AzureLinux4", null),
    "an image of no known family": pool(null, "AKSSomething-1-202611.02.0"),
    "a Linux pool that tells neither": { nodeImages: [{}, { osSku: null, imageVersion: null }] },
    "no pool and no machine": { nodeImages: [] },
  },
  notApplicable: {
    "Windows alone": { nodeImages: [{ osType: "Windows", osSku: "Windows2022", imageVersion: windows }] },
    "a Windows machine, by its image": { nodeImages: [{ osType: null, osSku: null, imageVersion: windows }] },
    "Windows by its SKU": { nodeImages: [{ osType: null, osSku: "Windows2025", imageVersion: null }] },
  },
});

test("a failure names the offending pool alone", () => {
  const changes = { nodeImages: [{}, { pool: "apps", osSku: "Ubuntu", imageVersion: ubuntu }] };
  expect(assess(azureLinuxPreferred, snapshot(changes)).evidence).toMatchObject([
    { observed: ubuntu, pool: "apps" },
  ]);
});

test("a default is told as one, and nobody is said to have seen it", () => {
  const changes = { nodeImages: [{ osSku: "Ubuntu", isOsSkuImplied: true, imageVersion: null }] };
  const [evidence] = assess(azureLinuxPreferred, snapshot(changes)).evidence;
  expect(evidence).toMatchObject({ observed: null, expected: expect.stringContaining("without an OS SKU") });
});

test("what does not decide is quoted", () => {
  expect(assess(azureLinuxPreferred, snapshot(pool("AzureLinux4", null))).reason).toContain('"AzureLinux4"');
});

function pool(osSku: string | null, imageVersion: string | null): Changes {
  return { nodeImages: [{ osSku, imageVersion }] };
}
