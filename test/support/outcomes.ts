import { SourceError } from "../../src/application/source-error.ts";

/** Everything a source brings, page after page. */
export async function listed<T>(source: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const page of source) items.push(...page);
  return items;
}

/** The SourceError a reading fails with; anything else that comes of it fails the test. */
export async function failureOf(reading: Promise<unknown>): Promise<SourceError> {
  const outcome = await reading.then(
    () => "an answer",
    (error: unknown) => error,
  );
  if (outcome instanceof SourceError) return outcome;
  throw new Error("The reading did not fail with a SourceError.", { cause: outcome });
}
