import type { Carry } from "./storage-front.ts";

/** Where in a request somebody dies: before it is sent, or once it was carried out and before the answer is back. */
export type Moment = "before" | "after";

/** A request somebody makes. Told by what it asks, as the order of what is asked at the same time is chance. */
export interface CountedRequest {
  readonly title: string;
  /** Which of those with the same title, from 1. */
  readonly nth: number;
  readonly isWrite: boolean;
}

/** One run of the product, from its start to its end or to its death at some request. */
export interface Life {
  /** What it has asked so far, of whomever. */
  readonly requests: readonly CountedRequest[];
  /** False for one that never came to the request it was to die at. */
  readonly hasDied: boolean;
  /** Every request goes through here; the dead send none, and hear no answer. */
  readonly carry: Carry;
  /** Settles once it has died and nothing of it is under way any more. */
  readonly death: Promise<"dead">;
}

/** A life that ends at this request; without one only when all is done. */
export function createLife(last?: Pick<CountedRequest, "title" | "nth">, moment: Moment = "before"): Life {
  const requests: CountedRequest[] = [];
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
    get hasDied() {
      return isDead;
    },
    async carry(send, asked) {
      if (isDead) return never();
      const request = countRequest(requests, asked);
      requests.push(request);
      const isLast = request.title === last?.title && request.nth === last.nth;
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

/** The next request after these. */
export function countRequest(earlier: readonly CountedRequest[], asked: string): CountedRequest {
  // The same whatever the tables of an installation are called.
  const title = asked.replace(/test\d+-?/, "").replace("https://management.azure.com", "ARM");
  return {
    title,
    nth: earlier.filter((one) => one.title === title).length + 1,
    isWrite: !/^GET |ARM/.test(title),
  };
}
