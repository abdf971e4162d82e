import type { Carry } from "./storage-front.ts";

/** Where in a request somebody dies: before it is sent, or once it was carried out and before the answer is back. */
export type Moment = "before" | "after";

/** One run of the product, from its start to its end or to its death at some request. */
export interface Life {
  /** What it has asked so far, of whomever. */
  readonly requests: readonly string[];
  /** Every request goes through here; the dead send none, and hear no answer. */
  readonly carry: Carry;
  /** Settles once it has died and nothing of it is under way any more. */
  readonly death: Promise<"dead">;
}

/** A life that ends at its nth request, counted from 1; without it only when all is done. */
export function createLife(nth = Number.POSITIVE_INFINITY, moment: Moment = "before"): Life {
  const requests: string[] = [];
  let underWay = 0;
  let isDead = false;
  let tellDeath: (word: "dead") => void = () => undefined;
  const death = new Promise<"dead">((resolve) => {
    tellDeath = resolve;
  });
  const never = () => {
    if (isDead && underWay === 0) tellDeath("dead");
    return new Promise<never>(() => undefined);
  };

  return {
    death,
    requests,
    async carry(send, title) {
      if (isDead) return never();
      requests.push(title);
      const isLast = requests.length === nth;
      if (isLast) isDead = true;
      if (isLast && moment === "before") return never();
      underWay += 1;
      try {
        const answer = await send();
        if (!isDead) return answer;
      } catch (error) {
        if (!isDead) throw error;
      } finally {
        underWay -= 1;
      }
      return never();
    },
  };
}
