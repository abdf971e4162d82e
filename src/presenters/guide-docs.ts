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

Two hardening guides are in use. This page tells what they ask, in our words, and which control judges it.`;

/** The guides as a Markdown page: what each asks and what judges it, what cannot be read, where a guide falls short. */
export function renderGuideDocs(
  guides: readonly GuideToShow[],
  shortfalls: readonly ShortfallToShow[],
): string {
  return `${[
    preamble,
    ...guides.flatMap((guide) => [
      `## Guide ${guide.name}: ${guide.title}`,
      ...guide.parts.flatMap(({ title, rows }) => [`### ${title}`, tableOf(rows)]),
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

function tableOf(rows: readonly Row[]): string {
  return ["| Asks | Judged by |", "|---|---|", ...rows.map(rowOf)].join("\n");
}

function rowOf({ asks, controls, note, unreadable }: Row): string {
  const links = controls.map((id) => `[\`${id}\`](controls.md#${id.replaceAll(".", "")})`);
  const said = [
    ...(links.length > 0 ? [links.join(", ")] : []),
    ...(unreadable ? ["cannot be read from outside: see below"] : []),
    ...(note === undefined ? [] : [note]),
  ];
  return `| ${asks} | ${said.join(". ")} |`;
}

function unreadableRow(guide: string, { asks, unreadable }: Row): readonly string[] {
  return unreadable ? [`| ${guide}: ${asks} | ${unreadable.why} | ${unreadable.instead} |`] : [];
}
