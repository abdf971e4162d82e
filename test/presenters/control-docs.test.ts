import { describe, expect, test } from "vitest";
import { defineCombination, defineControl } from "../../src/domain/control.ts";
import { pass } from "../../src/domain/verdict.ts";
import { renderControlDocs } from "../../src/presenters/control-docs.ts";

const sealed = defineControl({
  id: "network.hatches-sealed",
  title: "Hatches are sealed",
  severity: "medium",
  layer: "network",
  revision: 3,
  rationale: "Water comes in.",
  remediation: {
    summary: "Seal them.",
    commands: ["az hatch seal --name {cluster}", "az hatch check --pool {pool}"],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/hatches",
    cis: ["5.4.4"],
    mcsb: ["NS-2"],
    policy: ["00000000-0000-4000-8000-000000000000"],
    guides: ["A", "B"],
  },
  needs: ["power", "placement"],
  evaluate: () => pass(),
});

const lit = defineControl({
  id: "identity.lamps-lit",
  title: "Lamps are lit",
  severity: "low",
  layer: "identity",
  rationale: "It is dark.",
  remediation: { summary: "Light them.", commands: ["az lamp light"] },
  references: { docs: "https://learn.microsoft.com/azure/lamps" },
  needs: ["clock"],
  evaluate: () => pass(),
});

const afloat = defineCombination({
  id: "network.ship-afloat",
  title: "The ship floats",
  severity: "critical",
  layer: "network",
  rationale: "Dark and wet.",
  remediation: { summary: "Do either.", commands: ["az ship bail"] },
  references: { docs: "https://learn.microsoft.com/azure/ships" },
  parts: [sealed, lit],
});

const catalogue = [sealed, afloat, lit];
const profiles = [
  { name: "default", controls: catalogue.map((control) => ({ control, severity: control.severity })) },
  { name: "dry", controls: [{ control: sealed, severity: "low" as const }] },
];
const page = renderControlDocs(catalogue, profiles);

describe("the page of controls", () => {
  test("lists every control with a link to its section, by layer", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| ["));
    expect(rows).toEqual([
      "| [`identity.lamps-lit`](#identitylamps-lit) | Lamps are lit | low |",
      "| [`network.hatches-sealed`](#networkhatches-sealed) | Hatches are sealed | medium |",
      "| [`network.ship-afloat`](#networkship-afloat) | The ship floats | critical |",
    ]);
  });

  test("tells all of a control's metadata", () => {
    const [, section] = page.split("## network.hatches-sealed");
    for (const said of [
      "**Hatches are sealed.** Water comes in.",
      "- Severity: medium",
      "- Layer: network",
      "- Revision: 3",
      "- Profiles: `default`, `dry`",
      "- Reads: whether the cluster runs; the cluster's region",
      "**Fix.** Seal them.",
      "```sh\naz hatch seal --name {cluster}\naz hatch check --pool {pool}\n```",
      "- Docs: <https://learn.microsoft.com/azure/hatches>",
      "- CIS AKS Benchmark 1.8.0: 5.4.4",
      "- Microsoft cloud security benchmark: NS-2",
      "- Azure Policy definitions: `00000000-0000-4000-8000-000000000000`",
      "- Guides: [A](guides.md), [B](guides.md)",
    ]) {
      expect(section).toContain(said);
    }
  });

  test("tells all that a control may read, once", () => {
    const { evaluate } = lit;
    const looked = { ...lit, shortcut: { needs: ["podImages", "clock"] as const, evaluate } };
    expect(renderControlDocs([looked], [])).toContain(
      "- Reads: the images that the cluster's pods run; the date it judges at\n",
    );
  });

  test("says nothing of frameworks that do not ask for a control", () => {
    const [, section] = page.split("## identity.lamps-lit");
    expect(section).toContain("- Revision: 1");
    expect(section).not.toMatch(/CIS|benchmark|Policy|Guides/);
  });

  test("shows a combination by its parts", () => {
    expect(page).toContain(
      "- Fails when all of these fail: [`network.hatches-sealed`](#networkhatches-sealed); and [`identity.lamps-lit`](#identitylamps-lit)",
    );
  });

  test("shows alternatives as such, and what of a control is meant", () => {
    const narrowed = { ...lit, narrowedTo: "on deck" };
    const either = { ...afloat, parts: [[sealed, narrowed], lit] as const };
    expect(renderControlDocs([either], [])).toContain(
      "fail: one of [`network.hatches-sealed`](#networkhatches-sealed), [`identity.lamps-lit`](#identitylamps-lit) (on deck); and [`identity.lamps-lit`](#identitylamps-lit)",
    );
  });

  test("shows each manifest once, at the end, with links there and back", () => {
    const manifest = "kind: Lamp\nname: bow\n---\nkind: Wick\nname: bow\n---\nkind: Lamp\nname: stern";
    const withManifest = { ...lit.remediation, manifest };
    const alone = { ...lit.remediation, manifest: "kind: Hatch" };
    const shown = renderControlDocs(
      [
        { ...lit, remediation: withManifest },
        { ...sealed, remediation: alone },
        { ...afloat, remediation: withManifest },
      ],
      [],
    );
    expect(shown.match(/- Manifest: \[1\. Lamp, Wick\]\(#1-lamp-wick\)\n- Docs/g)).toHaveLength(2);
    expect(shown.split("## Manifests\n")[1]).toBe(
      [
        "",
        "### 1. Lamp, Wick",
        "",
        "For [`identity.lamps-lit`](#identitylamps-lit), [`network.ship-afloat`](#networkship-afloat).",
        "",
        `\`\`\`yaml\n${manifest}\n\`\`\``,
        "",
        "### 2. Hatch",
        "",
        "For [`network.hatches-sealed`](#networkhatches-sealed).",
        "",
        "```yaml\nkind: Hatch\n```\n",
      ].join("\n"),
    );
    expect(page).not.toContain("Manifest");
  });

  test("ends with one line break", () => {
    expect(page).toMatch(/[^\n]\n$/);
  });
});
