import { defineControl } from "../../domain/control.ts";
import type { PodImage } from "../../domain/inspection.ts";
import { type Evidence, fail, isSome, notApplicable, pass, unknown } from "../../domain/verdict.ts";
import { assignPolicy } from "../assign-policy.ts";
import { describeImage, readImage } from "../image-reference.ts";
import { noPods, podList } from "../kubernetes-lists.ts";
import { podTemplate } from "../pod-template.ts";
import { judgeReports } from "../workload-scan.ts";

const noLatest = "021f8078-41a0-40e6-81b6-c6597da9f3ee";

const expected = "an image by its digest";

export const pinnedByDigest = defineControl({
  id: "images.pinned-by-digest",
  title: "Images are named by their digest",
  severity: "medium",
  layer: "images",
  rationale:
    "A tag can be moved to another image at any time: what was scanned and tried is not what the next pod starts, and whoever gets into the registry gets into the cluster.",
  remediation: {
    summary:
      "Name images by digest, which the pipeline that pushed one knows and the first command shows; pods start again once. Digests do not move by themselves: let a tool raise them with each build. The policy names images with the tag latest or none, and knows nothing of digests.",
    commands: [
      "az acr repository show --subscription {subscription} --name '<registry>' --image '<repository>:<tag>' --query digest --output tsv",
      assignPolicy("no-latest-tag", noLatest),
    ],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/container-registry/container-registry-image-tag-version",
    policy: [noLatest],
    guides: ["B"],
  },
  shortcut: {
    needs: ["podImages"],
    evaluate({ podImages }) {
      if (podImages.state === "notInspected") return unknown(podImages.reason);
      const images = podImages.value;
      const loose: readonly Evidence[] = images
        .filter(({ image }) => !readImage(image).hasDigest)
        .sort((a, b) => Number(isLatest(b)) - Number(isLatest(a)))
        .map(toEvidence);
      if (isSome(loose)) return fail(...loose);
      return images.length === 0
        ? notApplicable(noPods)
        : pass({ path: podList, observed: `${images.length} images, all by digest`, expected });
    },
  },
  needs: ["policyAddon", "workloadScan"],
  evaluate(facts) {
    const told = judgeReports(facts, [
      {
        expected: "no image with the tag latest or none",
        questions: [{ definition: noLatest }],
      },
    ]);
    return told.kind === "pass"
      ? unknown(
          "No image has the tag latest, by Azure Policy, which does not look at digests.",
          ...told.evidence,
        )
      : told;
  },
});

/** No tag at all means the same. */
function isLatest({ image }: PodImage): boolean {
  const { tag } = readImage(image);
  return tag === null || tag === "latest";
}

function toEvidence(image: PodImage): Evidence {
  return { path: image.path, observed: describeImage(image), expected };
}
