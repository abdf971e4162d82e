import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, pass, unknown } from "../../domain/verdict.ts";
import { planExtension } from "../defender-extensions.ts";
import { goneFromChina } from "../gone-from-china.ts";

export const registryScanningOn = defineControl({
  id: "images.registry-scanning-on",
  title: "Images in registries are scanned for vulnerabilities",
  severity: "high",
  layer: "images",
  rationale:
    "Holes become known long after an image was built: without a scan that comes back, a registry hands out the same broken library for years and nobody is told.",
  remediation: {
    summary:
      "Turn on registry access in the plan for containers, here with the plan itself, which the subscription pays for by vCore; the plan for posture has the same extension. It scans registries of the cluster's subscription alone. Look afterwards whether the plan's other extensions still are what they were.",
    commands: [
      "az security pricing create --subscription {subscription} --name Containers --tier standard --extensions name=ContainerRegistriesVulnerabilityAssessments isEnabled=True",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/defender-for-cloud/agentless-vulnerability-assessment-azure",
    cis: ["5.1.1"],
    mcsb: ["DS-6", "PV-6"],
    policy: ["090c7b07-b4ed-4561-ad20-e9075f3ccaff"],
    guides: ["A", "B"],
  },
  precondition: goneFromChina,
  needs: ["defenderPricings"],
  evaluate({ defenderPricings }) {
    // A cluster's own pricing says nothing of registries.
    const switches = defenderPricings
      .filter(({ isOwn }) => !isOwn)
      .map((pricing) => planExtension(pricing, "ContainerRegistriesVulnerabilityAssessments"));
    const evidenceOf = (state: "on" | "off" | "odd"): readonly Evidence[] =>
      switches.flatMap((one) => (one.state === state ? [one.evidence] : []));

    const on = evidenceOf("on");
    if (isSome(on)) return pass(...on);
    const odd = evidenceOf("odd");
    if (isSome(odd))
      return unknown(
        `A Defender plan says something this version does not know: "${odd[0].observed}".`,
        ...odd,
      );
    const off = evidenceOf("off");
    return isSome(off) ? fail(...off) : unknown("No Defender plan of the subscription was found.");
  },
});
