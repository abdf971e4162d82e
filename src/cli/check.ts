import { checkCluster } from "../application/check-cluster.ts";
import { type Document, type JudgedDocuments, judgeDocuments } from "../application/judge-documents.ts";
import { type ClusterId, parseClusterId } from "../domain/cluster.ts";
import { distinctGaps } from "../domain/gap.ts";
import type { Result, ResultHead } from "../domain/result.ts";
import { factNames } from "../presenters/control-docs.ts";
import { count } from "../presenters/wording.ts";
import { type CommonArguments, type CommonOptions, readCommonArguments } from "./arguments.ts";
import type { CommandLine } from "./command-line.ts";
import type { ExitCode } from "./exit-codes.ts";
import { openFile } from "./open-file.ts";
import { assertWritable } from "./output.ts";
import { openReport, type Report } from "./report.ts";
import { tell } from "./tell.ts";
import { UsageError } from "./usage-error.ts";

export interface CheckOptions extends CommonOptions {
  readonly strict?: boolean;
}

/** `midwatch check`: live clusters by their resource ids, or clusters in documents, without credentials. */
export async function check(
  line: CommandLine,
  targets: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  const { ids, documents, faults } = readTargets(line, targets);
  const args = await readCommonArguments(line, options, [...faults, ...inspectFaults(options, documents)]);
  if (args.output !== null) await assertWritable(args.output);
  const report = openReport(line, args, "asTheyCame");
  try {
    return ids.length > 0
      ? await checkLive(line, args, ids, report)
      : await checkDocuments(line, args, documents, report, options.strict === true);
  } finally {
    report.close();
  }
}

async function checkDocuments(
  line: CommandLine,
  args: CommonArguments,
  documents: readonly Document[],
  report: Report,
  isStrict: boolean,
): Promise<ExitCode> {
  const { readDocuments, clock } = line;
  const { profile, asOf } = args;
  const judged = await judgeDocuments(
    { readDocuments, clock, profile, asOf, onCluster: report.add },
    documents,
  );
  if (!args.isQuiet) for (const note of notesOn(judged)) tell(line, note);
  const isShort = judged.clustersWithAbsent > 0 || judged.malformed > 0;
  return report.write(judged.head, judged.isCutShort || (isStrict && isShort));
}

async function checkLive(
  line: CommandLine,
  args: CommonArguments,
  ids: readonly ClusterId[],
  report: Report,
): Promise<ExitCode> {
  const { clusters, liveFacts: facts } = line.connect(args.tenant, args.inspection);
  const request = { clusters, facts, clock: line.clock, profile: args.profile, asOf: args.asOf };
  const results: Result[] = [];
  const missing: string[] = [];
  for (const { id, subscriptionId } of ids) {
    const result = await checkCluster(request, id, subscriptionId);
    if (result) results.push(result);
    else missing.push(`there is no cluster ${id}`);
  }
  const [first] = results;
  if (first === undefined || missing.length > 0) throw new UsageError(missing);
  for (const { clusters } of results) clusters.forEach(report.add);
  const head = results.length === 1 ? first : joinHeads(first, results);
  return report.write(head, head.gaps.length > 0);
}

function joinHeads(first: ResultHead, heads: readonly ResultHead[]): ResultHead {
  return {
    ...first,
    finishedAt: heads.at(-1)?.finishedAt ?? first.finishedAt,
    scope: { clusters: heads.flatMap(({ scope }) => scope.cluster ?? []) },
    gaps: distinctGaps(heads.flatMap(({ gaps }) => gaps)),
    excluded: heads.flatMap(({ excluded }) => excluded),
  };
}

function readTargets(line: CommandLine, targets: readonly string[]) {
  const unique = [...new Set(targets)];
  const live = unique.filter((target) => /^\/subscriptions\//i.test(target));
  const ids = live.flatMap((target) => parseClusterId(target) ?? []);
  const paths = unique.filter((target) => !live.includes(target));
  const documents = paths.map(
    (path): Document =>
      path === "-" ? { name: "stdin", bytes: line.stdin } : { name: path, bytes: openFile(path) },
  );
  const faults = [
    ...live
      .filter((target) => parseClusterId(target) === null)
      .map((target) => `${target}: not the resource id of a cluster (${idForm})`),
    ...(live.length > 0 && paths.length > 0
      ? ["resource ids and documents cannot be checked in one run"]
      : []),
  ];
  return { ids, documents, faults };
}

function inspectFaults({ inspect }: CheckOptions, [document]: readonly Document[]): readonly string[] {
  return inspect === true && document !== undefined
    ? [
        `--inspect: ${document.name} is a document; only live clusters can be looked into, by their resource ids`,
      ]
    : [];
}

const idForm =
  "/subscriptions/{guid}/resourceGroups/{name}/providers/Microsoft.ContainerService/managedClusters/{name}";

/** As many kinds of facts as a line names; more would hide what the line is about. */
const mostNamed = 4;

/** What to know about documents that their result does not tell. */
function notesOn(judged: JudgedDocuments): readonly string[] {
  const { absent, clustersWithAbsent, malformed, repeated, isCutShort } = judged;
  const facts = [...absent.values()].reduce((sum, clusters) => sum + clusters, 0);
  const named = [...absent].slice(0, mostNamed).map(([group]) => factNames[group]);
  const more = absent.size - named.length;
  const kinds = [...named, ...(more > 0 ? [`${count(more, "more kind")}`] : [])].join("; ");
  return [
    ...(facts > 0
      ? [
          `${count(facts, "fact")} of ${count(clustersWithAbsent, "cluster")} ${facts === 1 ? "is" : "are"} not in the document: ${kinds}. What they decide is unknown, check the live cluster`,
        ]
      : []),
    ...(malformed > 0 ? [`${count(malformed, "fact")} could not be told; see the gaps`] : []),
    ...(isCutShort ? ["the documents do not hold all clusters they speak of; see the gaps"] : []),
    ...(repeated > 0
      ? [`${count(repeated, "repeated mention")} of clusters left out; the first one counts`]
      : []),
  ];
}
