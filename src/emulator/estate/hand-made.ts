import { createListedWorld } from "./listed-world.ts";
import { nightOne, nightTwo } from "./nights.ts";
import type { Estate } from "./world.ts";

/** The made-up company: some forty clusters in thirteen subscriptions, on two nights. */
export const handMadeEstate: Estate = {
  nights: [nightOne(), nightTwo()].map(createListedWorld),
};

/** The same estate with a Key Vault secret set on every night. */
export function withSecret(estate: Estate, name: string, value: string): Estate {
  return {
    nights: estate.nights.map((night) => ({
      ...night,
      secrets: { ...night.secrets, [name]: value },
    })),
  };
}
