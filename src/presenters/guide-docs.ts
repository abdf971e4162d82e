import type { Control } from "../domain/control.ts";

interface Row {
  readonly asks: string;
  readonly controls: readonly string[];
  readonly note?: string;
  readonly unreadable?: { readonly why: string; readonly instead: string };
}

/** What the page tells of a guide. */
export interface GuideToShow {
  readonly name: string;
  readonly title: string;
  readonly parts: readonly { readonly title: string; readonly rows: readonly Row[] }[];
}

export interface ShortfallToShow {
  readonly where: string;
  readonly because: string;
  readonly instead: string;
}

const preamble = `# The two guides, sentence by sentence

Made by \`npm run docs\` from what stands beside the controls; change that, not this page.

Two hardening guides are in use. This page tells what they ask, in our words, and which control judges it. What is
marked *later* can be read from outside and is not judged yet: until then no report says anything about it, good or bad.`;

/** The guides as a Markdown page: what each asks and what judges it, what cannot be read, where a guide falls short. */
export function renderGuideDocs(
  guides: readonly GuideToShow[],
  shortfalls: readonly ShortfallToShow[],
  catalogue: readonly Control[],
): string {
  const known = new Set(catalogue.map(({ id }) => id));
  return `${[
    preamble,
    ...guides.flatMap((guide) => [
      `## Guide ${guide.name}: ${guide.title}`,
      ...guide.parts.flatMap(({ title, rows }) => [`### ${title}`, tableOf(rows, known)]),
    ]),
    "## What cannot be read from outside",
    [
      "| Asks | Why not | Instead |",
      "|---|---|---|",
      ...guides.flatMap(({ name, parts }) =>
        parts.flatMap(({ rows }) => rows.flatMap((row) => unreadableRow(name, row))),
      ),
    ].join("\n"),
    "## Where a guide falls short of what it asks",
    [
      "| In | Falls short because | Do instead |",
      "|---|---|---|",
      ...shortfalls.map(({ where, because, instead }) => `| ${where} | ${because} | ${instead} |`),
    ].join("\n"),
  ].join("\n\n")}\n`;
}

function tableOf(rows: readonly Row[], known: ReadonlySet<string>): string {
  return ["| Asks | Judged by |", "|---|---|", ...rows.map((row) => rowOf(row, known))].join("\n");
}

function rowOf({ asks, controls, note, unreadable }: Row, known: ReadonlySet<string>): string {
  const links = controls
    .filter((id) => known.has(id))
    .map((id) => `[\`${id}\`](controls.md#${id.replaceAll(".", "")})`);
  const later = controls.filter((id) => !known.has(id)).map((id) => `\`${id}\``);
  const said = [
    ...(links.length > 0 ? [links.join(", ")] : []),
    ...(later.length > 0 ? [`later: ${later.join(", ")}`] : []),
    ...(unreadable ? ["cannot be read from outside: see below"] : []),
    ...(note === undefined ? [] : [note]),
  ];
  return `| ${asks} | ${said.join(". ")} |`;
}

function unreadableRow(guide: string, { asks, unreadable }: Row): readonly string[] {
  return unreadable ? [`| ${guide}: ${asks} | ${unreadable.why} | ${unreadable.instead} |`] : [];
}
