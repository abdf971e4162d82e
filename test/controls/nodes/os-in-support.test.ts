import { expect, test } from "vitest";
import { osInSupport } from "../../../src/controls/nodes/os-in-support.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { type Changes, snapshot } from "../../support/snapshot.ts";

const ubuntu2004 = "AKSUbuntu-2004gen2fipscontainerd-202611.02.0";
const ubuntu2204 = "AKSUbuntu-2204gen2containerd-202611.02.0";
const windows2019 = "AKSWindows-2019-containerd-17763.7919.260210";
const azureLinux2 = "AKSAzureLinux-V2gen2-202512.06.0";

describeControl(osInSupport, {
  pass: {
    "Azure Linux 3.0 on both pools": {},
    "Ubuntu 24.04 by its image": image("AKSUbuntu-2404gen2arm64containerd-202611.02.0"),
    "Ubuntu 22.04 a year before it retires": image(ubuntu2204),
    "Ubuntu 20.04 181 days before it retires": { clock: { asOf: "2026-09-17" }, ...image(ubuntu2004) },
    "Windows Server 2022 as a pool spells it": image("AKSWindows-2022-containerd-20348.5386.261112"),
    "Windows Server 2022 as a gallery spells it": image("AKSWindows-windows-2022-20348.5386.261112"),
    "Windows Server 2025": image("AKSWindows-2025-26100.4061.261112"),
    "Azure Container Linux as a pool spells it": image("AKSAzureContainerLinux-202611.01.0"),
    "Azure Container Linux as a gallery spells it": image("AKSAzureLinux-aclgen2TL-202611.01.0"),
    "a release told by the SKU alone, in any case": sku("UBUNTU2204"),
    "Azure Linux 3.0 by its SKU": sku("AzureLinux3"),
    "Windows Server 2019 while it was supported": { clock: { asOf: "2025-06-01" }, ...image(windows2019) },
    "Azure Linux 2.0, which another control judges, beside 3.0": {
      nodeImages: [{ imageVersion: azureLinux2 }, {}],
    },
  },
  fail: {
    "Windows Server 2019 hiding behind two good pools": {
      nodeImages: [{}, {}, { name: "win", pool: "win", osType: "Windows", imageVersion: windows2019 }],
    },
    "Windows Server 2019 as a gallery spells it": image("AKSWindows-windows-2019-17763.7919.260210"),
    "Windows Server 2019 on the day it retired": { clock: { asOf: "2026-03-01" }, ...image(windows2019) },
    "Windows Server 2019 by its SKU": sku("Windows2019"),
    "Windows Server Annual Channel": image("AKSWindows-23H2-gen2-25398.1611.260518"),
    "Windows Server Annual Channel by its SKU": sku("WindowsAnnual"),
    "Flatcar by its SKU": sku("flatcar"),
    "Flatcar by its image": image("AKSFlatcar-flatcargen2-202605.01.0"),
    "Ubuntu 18.04": image("AKSUbuntu-1804gen2containerd-202501.01.0"),
    "a pool that is to become Ubuntu 22.04 and still runs 18.04": {
      nodeImages: [{ osSku: "Ubuntu2204", imageVersion: "AKSUbuntu-1804gen2containerd-202501.01.0" }],
    },
    "Ubuntu 20.04, which retires soon": image(ubuntu2004),
    "Azure Linux with OS Guard, which retires soon": image("AKSAzureLinux-OSGuardV3gen2fipsTL-202611.02.0"),
    "a machine that no pool lists": {
      nodeImages: [{}, { pool: null, osSku: null, imageVersion: windows2019 }],
    },
    "a retired one beside a pool that does not tell": {
      nodeImages: [{ osSku: "Ubuntu", imageVersion: null }, { imageVersion: windows2019 }],
    },
  },
  unknown: {
    "Ubuntu without an image, which may be 20.04 with FIPS": sku("Ubuntu"),
    "Ubuntu by default": { nodeImages: [{ osSku: "Ubuntu", isOsSkuImplied: true, imageVersion: null }] },
    "AzureLinux without an image": sku("AzureLinux"),
    "a release of Ubuntu that Azure may add": image("AKSUbuntu-2604gen2containerd-202611.02.0"),
    "a release whose number goes on": image("AKSUbuntu-22041gen2containerd-202611.02.0"),
    "a release of Azure Linux that Azure may add": image("AKSAzureLinux-V4gen2-202611.02.0"),
    "a Windows that Azure may add, on a pool of a known SKU": {
      nodeImages: [{ osSku: "Windows2022", imageVersion: "AKSWindows-2028-containerd-30000.1.280101" }],
    },
    "an OS SKU that Azure may add": sku("AzureLinux4"),
    "an image of no known family": image("AKSSomething-1-202611.02.0"),
    "neither image nor SKU": sku(null),
    "one pool that does not tell beside a good one": {
      nodeImages: [{}, { osSku: null, imageVersion: null }],
    },
    "no pool and no machine": { nodeImages: [] },
  },
  notApplicable: {
    "Azure Linux 2.0 alone": image(azureLinux2),
    "Mariner by its SKU": sku("CBLMariner"),
  },
});

test("a retired system weighs as much as the control, one about to retire is low and told with its dates", () => {
  const onTheDay = { clock: { asOf: "2026-03-01" }, ...image(windows2019) };
  expect(assess(osInSupport, snapshot(onTheDay))).not.toHaveProperty("severity");
  const verdict = assess(osInSupport, snapshot(image(ubuntu2004)));
  expect(verdict).toMatchObject({ kind: "fail", severity: "low" });
  expect(verdict.evidence[0]?.expected).toContain("Ubuntu 20.04 retires on 2027-03-17");
});

test("the notice begins 180 days before", () => {
  const at = (asOf: string) => assess(osInSupport, snapshot({ clock: { asOf }, ...image(ubuntu2004) })).kind;
  expect([at("2026-09-18"), at("2026-09-19")]).toEqual(["pass", "fail"]);
});

test("a failure names each offender, retired or about to, and no one else", () => {
  const changes = {
    nodeImages: [{}, { pool: "apps", imageVersion: ubuntu2004 }, { pool: "win", imageVersion: windows2019 }],
  };
  const verdict = assess(osInSupport, snapshot(changes));
  expect(verdict).not.toHaveProperty("severity");
  expect(verdict.evidence.map(({ pool, observed }) => [pool, observed])).toEqual([
    ["apps", ubuntu2004],
    ["win", windows2019],
  ]);
  expect(verdict.evidence[1]?.expected).toContain("retired on 2026-03-01, its images go on 2027-04-01");
});

test("images that are gone are told as gone", () => {
  const verdict = assess(osInSupport, snapshot(sku("Flatcar")));
  expect(verdict.evidence[0]?.expected).toContain("its images are gone since 2026-09-08");
});

test("what does not decide is quoted, and nobody is said to have seen a default", () => {
  expect(assess(osInSupport, snapshot(sku("Ubuntu"))).reason).toContain('"Ubuntu"');
  const implied = { nodeImages: [{ osSku: "Ubuntu", isOsSkuImplied: true, imageVersion: null }] };
  expect(assess(osInSupport, snapshot(implied)).evidence[0]?.observed).toBeNull();
});

test("a failure of a machine without a pool names no pool", () => {
  const verdict = assess(osInSupport, snapshot({ nodeImages: [{ pool: null, imageVersion: windows2019 }] }));
  expect(verdict.evidence[0]).not.toHaveProperty("pool");
});

function image(imageVersion: string): Changes {
  return { nodeImages: [{ imageVersion }] };
}

function sku(osSku: string | null): Changes {
  return { nodeImages: [{ osSku, imageVersion: null }] };
}
