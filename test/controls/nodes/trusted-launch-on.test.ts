import { expect, test } from "vitest";
import { trustedLaunchOn } from "../../../src/controls/nodes/trusted-launch-on.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, type Changes, set, snapshot } from "../../support/snapshot.ts";

const off = { secureBoot: absent(false), vtpm: absent(false) };

describeControl(trustedLaunchOn, {
  pass: {
    "both on on both pools": {},
    "beside a Windows pool": pools({}, { osType: "Windows", ...off }),
    "beside an Arm64 pool, told by its size": pools({}, { vmSize: "Standard_D4ps_v5", ...off }),
    "beside an Arm64 pool, told by its image": pools(
      {},
      { vmSize: null, imageVersion: "AKSAzureLinux-V3gen2arm64-202611.02.0", ...off },
    ),
    "beside a confidential pool": pools({}, { vmSize: "Standard_DC4as_v5", ...off }),
    "beside a sandboxed pool": pools({}, { workloadRuntime: "katavmisolation", ...off }),
    "on a pool whose size is not told": pools({ vmSize: null }),
    "on a pool of a runtime Azure may add": pools({ workloadRuntime: "Unikernel" }),
  },
  fail: {
    "the default": pools(off),
    "a pool whose image is not told": pools({ imageVersion: null, ...off }),
    "secure boot alone": pools({ vtpm: set(false) }),
    "the virtual TPM alone": pools({ secureBoot: set(false) }),
    "one pool beside a good one": pools({}, off),
    "one pool beside one that cannot have it": pools({ osType: "Windows", ...off }, off),
    "one pool beside one whose size is not told": pools({ vmSize: null, ...off }, off),
    "a pool with a runtime that can": pools({ workloadRuntime: "WasmWasi", ...off }),
    "a size whose family has a p, which is no Arm64": pools({ vmSize: "Standard_NP10s", ...off }),
    "an Intel size of the same series": pools({ vmSize: "Standard_D4ds_v5", ...off }),
    "a pool, whatever nodes no pool lists": {
      trustedLaunch: { listed: [off], unlisted: "There are others." },
    },
  },
  unknown: {
    "off on a pool whose size is not told": pools({ vmSize: null, ...off }),
    "off on a pool of a runtime Azure may add": pools({}, { workloadRuntime: "Unikernel", ...off }),
    "off on an operating system Azure may add": pools({ osType: "Plan9", ...off }),
    "nodes that no pool lists": { trustedLaunch: { unlisted: "There are others." } },
    "nodes that no pool lists beside pools that cannot": {
      trustedLaunch: { listed: [{ osType: "Windows" }], unlisted: "There are others." },
    },
    "no pool": pools(),
  },
  notApplicable: {
    "Arm64 with local disks": pools({ vmSize: "Standard_D8pds_v5", ...off }),
    "Arm64 with little memory": pools({ vmSize: "Standard_D8plds_v6", ...off }),
    "confidential memory-optimized": pools({ vmSize: "standard_ec8ads_v5", ...off }),
    "sandboxed and Windows": pools(
      { workloadRuntime: "KataVmIsolation", ...off },
      { osType: "windows", ...off },
    ),
  },
});

test("a failure names what is off on which pool, and nothing else", () => {
  const changes = pools({}, { pool: "apps", secureBoot: set(false) });
  expect(assess(trustedLaunchOn, snapshot(changes)).evidence).toEqual([
    {
      path: "properties.agentPoolProfiles[1].securityProfile.enableSecureBoot",
      observed: false,
      expected: true,
      pool: "apps",
    },
  ]);
});

test("a pass names what was looked at, not what was left out", () => {
  const changes = pools({}, { osType: "Windows", ...off });
  expect(assess(trustedLaunchOn, snapshot(changes)).evidence.map(({ pool }) => pool)).toEqual([
    "system",
    "system",
  ]);
});

test("pools that do not decide are named", () => {
  const changes = pools({}, { pool: "apps", vmSize: null, ...off });
  expect(assess(trustedLaunchOn, snapshot(changes)).reason).toContain("apps");
});

type Pools = NonNullable<NonNullable<Changes["trustedLaunch"]>["listed"]>;

function pools(...listed: Pools): Changes {
  return { trustedLaunch: { listed } };
}
