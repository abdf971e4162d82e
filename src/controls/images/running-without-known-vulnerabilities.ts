import { defineControl } from "../../domain/control.ts";
import type { Facts } from "../../domain/facts.ts";
import { type Evidence, fail, seen, unknown, type Verdict } from "../../domain/verdict.ts";
import { goneFromChina } from "../gone-from-china.ts";
import { passIfAllListed } from "../listed-pools.ts";
import { judgeRunningImageScans } from "../running-image-scans.ts";

const severe: readonly string[] = ["critical", "high"];

export const runningWithoutKnownVulnerabilities = defineControl({
  id: "images.running-without-known-vulnerabilities",
  title: "Running images have no known severe vulnerabilities",
  severity: "high",
  layer: "images",
  rationale:
    "A known hole in a running image is an open door with a public description: whoever reaches the pod need not look for one of their own.",
  remediation: {
    summary:
      "Rebuild the images on bases and libraries that close the holes, and roll them out; images of AKS itself come with an upgrade of the cluster. The findings, which the command lists among others, name the software and the version to take. They go with the next scan, within about a day.",
    commands: ["az security assessment list --subscription {subscription} --output table"],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/defender-for-cloud/view-and-remediate-vulnerabilities-containers",
    mcsb: ["DS-6", "PV-6"],
    policy: ["17f4b1cc-c55c-4d94-b1f9-2978f6ac2957"],
    guides: ["A", "B"],
  },
  precondition: goneFromChina,
  needs: ["imageVulnerabilities", "defenderPricings", "defenderSensor", "osDisks"],
  evaluate({ imageVulnerabilities: found, defenderPricings, defenderSensor, osDisks }) {
    const { counts, worst, unplaced, isAssessed } = found;
    const findings = Object.entries(counts);
    const open = severe.flatMap((one) => findings.filter(([severity]) => severity.toLowerCase() === one));
    const evidence = {
      path: "providers/Microsoft.Security/assessments",
      observed: open.length > 0 ? open.map(([severity, count]) => `${count} ${severity}`).join(", ") : "none",
      expected: "no open finding, critical or high",
    };
    if (open.length > 0)
      return fail(
        evidence,
        ...worst
          .filter(({ severity }) => severe.includes(severity.toLowerCase()))
          .map(({ path, software, cves }) => ({
            path,
            observed: cves.length > 0 ? `${software} (${cves.join(", ")})` : software,
            expected: "updated",
          })),
      );

    const [odd] = findings;
    if (odd) return unknown(`Findings have a severity this version does not know: "${odd[0]}".`, evidence);
    const scans = judgeRunningImageScans(defenderPricings, defenderSensor.enabled.value);
    if (!scans.isWhole) return scans.verdict;
    if (!isAssessed)
      return unknown(
        "Defender shows no assessment of the cluster: it has not looked at it yet, or the monitor lacks the role Security Reader on the subscription.",
        evidence,
      );
    if (unplaced > 0)
      return unknown(
        `${unplaced} findings on containers of the subscription do not tell which cluster they are of.`,
        evidence,
      );
    return judgeDisks(osDisks, evidence, ...scans.evidence);
  },
});

/** What runs on Windows or on ephemeral OS disks is not scanned (https://learn.microsoft.com/azure/defender-for-cloud/agentless-vulnerability-assessment-azure). */
function judgeDisks(osDisks: Facts["osDisks"], ...evidence: readonly Evidence[]): Verdict {
  const unscanned = osDisks.listed.filter(
    ({ osType, type }) => osType.toLowerCase() !== "linux" || type.value?.toLowerCase() !== "managed",
  );
  if (unscanned.length === 0) return passIfAllListed(osDisks, ...evidence);
  const names = unscanned.map(({ pool }) => pool).join(", ");
  return unknown(
    `Defender scans what runs on Linux with managed OS disks, and not on the pools ${names}.`,
    ...evidence,
    ...unscanned.map(({ pool, type }) => ({ ...seen(type, "Managed, on Linux"), pool })),
  );
}
