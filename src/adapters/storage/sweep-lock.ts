import { randomUUID } from "node:crypto";
import type { LockAnswer } from "../../application/ports.ts";
import { SourceError } from "../../application/source-error.ts";
import { readRow } from "./read-row.ts";
import type { Table } from "./table.ts";

const keys = { partitionKey: "lock", rowKey: "sweep" };
const mostAttempts = 5;

/**
 * Takes the one lock: a row that can be created once. Its holder renews it; a lock not renewed for `staleAfterInMs` is
 * taken over, unless somebody else was quicker.
 */
export async function takeLock(
  table: Table,
  sweepId: string,
  now: string,
  staleAfterInMs: number,
): Promise<LockAnswer> {
  // Tells this call's own row from that of another caller for the same sweep, should the answer to the first try get lost.
  const claim = randomUUID();
  const row = { ...keys, holder: sweepId, lockedAt: now, claim };
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    if (await table.insert(row)) return { outcome: "taken", holder: sweepId };
    const held = await readLock(table);
    if (held === null) continue;
    if (held.claim === claim) return { outcome: "taken", holder: sweepId };

    const isStale = hasGoneStale(held, now, staleAfterInMs);
    // A stale lock is nobody's, not even that of an earlier life of the same sweep.
    if (!isStale && held.holder !== sweepId) return { outcome: "refused", holder: held.holder };
    const outcome = isStale ? "taken" : "renewed";
    // Another batch of this very sweep was quicker: its renewal is a moment old and good for all.
    const isRenewed = !isStale && attempt > 0;
    if (isRenewed || (await table.replace(isStale ? row : { ...row, claim: held.claim }, held.etag)))
      return { outcome, holder: sweepId };
  }
  throw changedTooOften(table);
}

/** Renews the lock for its holder, without a word to whoever asks for a free one. Returns who holds it now, or null. */
export async function renewLock(
  table: Table,
  sweepId: string,
  now: string,
  staleAfterInMs: number,
): Promise<string | null> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const held = await readLock(table);
    if (held === null || hasGoneStale(held, now, staleAfterInMs)) return null;
    const { holder, claim, etag } = held;
    // As above, another batch of this sweep may have been quicker.
    if (holder !== sweepId || attempt > 0) return holder;
    if (await table.replace({ ...keys, holder, lockedAt: now, claim }, etag)) return holder;
  }
  throw changedTooOften(table);
}

/** Gives the lock back; whoever does not hold it changes nothing. */
export async function releaseLock(table: Table, sweepId: string): Promise<void> {
  let claim: string | null = null;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const held = await readLock(table);
    // Under another claim it is the lock of a later life of the sweep, which took it over meanwhile.
    if (held?.holder !== sweepId || held.claim !== (claim ?? held.claim)) return;
    claim = held.claim;
    // Renewed in between, by a late batch, it is still to be given back.
    if (await table.remove(keys.partitionKey, keys.rowKey, held.etag)) return;
  }
  throw changedTooOften(table);
}

/** A clock that once ran far ahead must not lock for ever, so the distance counts in both directions. */
function hasGoneStale({ lockedAt }: { readonly lockedAt: number }, now: string, afterInMs: number): boolean {
  return Math.abs(Date.parse(now) - lockedAt) > afterInMs;
}

function changedTooOften(table: Table): SourceError {
  return new SourceError(`The lock in table ${table.name} changes hands faster than it can be taken.`, {
    reason: "unavailable",
  });
}

async function readLock(table: Table) {
  const row = await table.find(keys.partitionKey, keys.rowKey);
  if (row === null) return null;
  return readRow(table.name, row, () => {
    const { holder, claim, etag } = row;
    const lockedAt = typeof row.lockedAt === "string" ? Date.parse(row.lockedAt) : Number.NaN;
    if (typeof holder !== "string" || typeof claim !== "string" || Number.isNaN(lockedAt)) {
      throw new Error("it does not tell who holds the lock since when");
    }
    return { holder, claim, lockedAt, etag };
  });
}
