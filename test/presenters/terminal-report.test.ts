import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/controls/index.ts";
import type { Result } from "../../src/domain/result.ts";
import { noChanges } from "../../src/domain/sweep.ts";
import { fail, unknown, type Verdict } from "../../src/domain/verdict.ts";
import { presentTerminalReport } from "../../src/presenters/terminal-report.ts";
import { clusterOf, failed, findingsOf, gap, moot, passed, resultOf, undecided } from "./example-result.ts";

const accounts = "identity.local-accounts-disabled";
const green = "\u001b[32m";

function draw(result: Result, options: { columns?: number; isColoured?: boolean } = {}): string {
  return presentTerminalReport(result, catalogue, { columns: 100, isColoured: false, ...options });
}

const clean = clusterOf("aks-clean", findingsOf(passed));
const failing = clusterOf("aks-failing", findingsOf(passed, { [accounts]: failed }));
const worst = clusterOf("aks-worst", findingsOf(failed));
const unread = clusterOf("aks-unread", findingsOf(undecided));

describe("what a report tells", () => {
  test("figures first: clusters, score, failures by severity, unknowns", () => {
    const text = draw(resultOf([clean, failing, unread]));
    const unknown = `? ${catalogue.length} unknown`;
    expect(text).toMatch(/3 clusters, score \d+\.\d of 100\n {2}0 critical {3}✗ 1 high /);
    expect(text).toContain(unknown);
  });

  test("clusters worst first, with a mark and a word for each layer", () => {
    const lines = draw(resultOf([clean, unread, failing, worst])).split("\n");
    const order = ["aks-worst", "aks-failing", "aks-unread", "aks-clean"];
    const rows = lines.filter((line) => order.some((name) => line.startsWith(`  ${name}`)));
    expect(rows.map((line) => line.trim().split(/\s+/)[0])).toEqual(order);
    expect(rows[0]).toMatch(/✗H .*✗C/);
    expect(rows[2]).toMatch(/–( +\?){8}$/);
    expect(rows[3]).toMatch(/100\.0( +✓){8}$/);
  });

  test("with words for the marks where there is room", () => {
    const some = [accounts, "nodes.public-ips-absent", "nodes.azure-linux-current"];
    const few = (verdicts: Readonly<Record<string, Verdict>>) =>
      findingsOf(passed, verdicts).filter(({ control }) => some.includes(control));
    const text = draw(
      resultOf([
        clusterOf("aks-two", few({ [accounts]: failed, "nodes.public-ips-absent": undecided })),
        clusterOf(
          "aks-one",
          few({ "nodes.public-ips-absent": failed, "nodes.azure-linux-current": undecided }),
        ),
      ]),
    );
    expect(text).toMatch(/aks-two +\d+\.\d +✗ high +\? unknown/);
    expect(text).toMatch(/aks-one +\d+\.\d +✓ pass +✗ high \?/);
  });

  test("failures with what was seen, what was expected and the command with real names", () => {
    const text = draw(resultOf([failing]));
    expect(text).toContain("disableLocalAccounts is not set, expected true");
    expect(text).toMatch(/\$ az aks update .*\\\n.*--name aks-failing --disable-local-accounts/s);
  });

  test("commands for offenders that the report has no room to name, and how many more there are", () => {
    const pools = (most: number) =>
      Array.from({ length: most }, (_, index) => ({
        path: `pools[${index}]`,
        observed: 1,
        expected: 2,
        pool: `p${index}`,
      }));
    const drawPools = (most: number) => {
      const [first, ...others] = pools(most);
      if (first === undefined) throw new Error("There are no pools to draw.");
      const verdict = fail(first, ...others);
      return draw(resultOf([clusterOf("aks-pools", findingsOf(passed, { "nodes.image-fresh": verdict }))]));
    };
    expect(drawPools(5)).toContain("--name p4 --node-image-only");
    expect(drawPools(5)).toMatch(/\+2 more$/m);
    expect(drawPools(9)).not.toContain("--name p6");
    expect(drawPools(9)).toContain("+3 more commands: use --format json for all");
  });

  test("a failure beside something unread in the same layer is marked as both", () => {
    const both = clusterOf(
      "aks-both",
      findingsOf(passed, {
        "monitoring.defender-sensor-on": failed,
        "monitoring.defender-plan-on": undecided,
      }),
    );
    expect(draw(resultOf([both]))).toContain("✗H?");
  });

  test("unknowns with their reason", () => {
    expect(draw(resultOf([unread]))).toContain("aks-unread: Azure answered 403. Grant the role Reader.");
  });

  test("gaps with a banner and what mends them", () => {
    const text = draw(resultOf([clean], { gaps: [gap] }));
    expect(text).toContain("INCOMPLETE: 1 gap");
    expect(text).toContain("! accessDenied  subscription 11111111-1111-4111-8111-111111111111");
    expect(text).toContain("Grant the role Security Reader.");
  });

  test("an unread fact once, with its gap, and what does not decide apart from it", () => {
    const blind = clusterOf(
      "aks-blind",
      findingsOf(passed, {
        "monitoring.defender-plan-on": unknown(`${gap.detail} ${gap.remedy}`),
        "monitoring.defender-sensor-on": unknown(gap.detail),
        [accounts]: unknown("A value this version does not know."),
      }),
    );
    const text = draw(resultOf([blind], { gaps: [gap] }));
    expect(text).toContain("leaves 2 verdicts unknown");
    expect(text.split(gap.detail)).toHaveLength(2);
    expect(text).toContain("aks-blind: A value this version does not know.");
  });

  test("changes only where something is remembered", () => {
    const withStatus = {
      ...failing,
      findings: failing.findings.map((finding) =>
        finding.control === accounts ? { ...finding, status: "new" as const, since: "2026-11-21" } : finding,
      ),
    };
    const changes = { ...noChanges, new: 1, departed: 2 };
    expect(draw(resultOf([withStatus], { changes }))).toContain("Since the last sweep: 1 new, 2 departed.");
    expect(draw(resultOf([withStatus], { changes: noChanges }))).toContain(
      "No changes since the last sweep.",
    );
    expect(draw(resultOf([withStatus]))).toContain("new since 21 Nov 2026");
    expect(draw(resultOf([failing]))).not.toContain("last sweep");
  });
});

describe("green", () => {
  test("is all well only when everything passed and everything was read", () => {
    const allWell = "Every control passes on every cluster.";
    expect(draw(resultOf([clean]))).toContain(allWell);
    expect(draw(resultOf([clean, failing]))).not.toContain(allWell);
    expect(draw(resultOf([clean, unread]))).not.toContain(allWell);
    expect(draw(resultOf([clean], { gaps: [gap] }))).not.toContain(allWell);
    expect(draw(resultOf([]))).not.toContain(allWell);
    expect(draw(resultOf([clusterOf("aks-moot", findingsOf(moot))]))).not.toContain(allWell);
  });

  test("is never the colour of what was not read or not asked", () => {
    for (const verdict of [undecided, moot]) {
      const result = resultOf([clusterOf("aks-x", findingsOf(verdict))], { gaps: [gap] });
      expect(draw(result, { isColoured: true })).not.toContain(green);
    }
    expect(draw(resultOf([clean]), { isColoured: true })).toContain(green);
  });
});

describe("how a report is drawn", () => {
  const fleet = Array.from({ length: 200 }, (_, index) => clusterOf(`aks-${index}`, findingsOf(failed)));

  test.each([72, 80, 100, 200])(
    "keeps to a terminal of %i columns, long ids and commands aside",
    (columns) => {
      const result = resultOf([...fleet, unread], { gaps: [gap] });
      const lines = draw(result, { columns }).split("\n");
      const unbreakable = /--subscription|--params |\/subscriptions\/|subscription [0-9a-f-]{36}/;
      const long = lines.filter((line) => line.length > Math.min(columns, 100) && !unbreakable.test(line));
      expect(long).toEqual([]);
    },
  );

  test("stays short for a large fleet and says where the rest is", () => {
    const text = draw(resultOf(fleet));
    expect(text).toContain("+170 more clusters: use --format json for all");
    expect(text).toContain("+199 more: aks-1");
    expect(text.split("\n").length).toBeLessThan(180);
  });

  test("lets no name paint on the terminal or turn its direction", () => {
    const nasty = clusterOf("aks-\u001b[2J\u202eevil\nnext", findingsOf(failed));
    const text = draw(resultOf([nasty], { gaps: [{ ...gap, detail: "a\u001b]0;title\u0007b" }] }));
    expect(text).toContain("aks-\\u{1b}[2J\\u{202e}evil next");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test("tells clusters of the same name apart by their group", () => {
    const twin = {
      ...clean,
      cluster: { ...clean.cluster, id: `${clean.cluster.id}x`, resourceGroup: "rg-other" },
    };
    const text = draw(resultOf([clean, twin]));
    expect(text).toContain("aks-clean (rg-payments)");
    expect(text).toContain("aks-clean (rg-other)");
  });
});
