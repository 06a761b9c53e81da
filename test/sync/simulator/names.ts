/** How many names and numbers the scripts draw from: few, so that devices meet over the same person. */
export const inventedNip = (person: number) => `19860926201505100${person % 10}`
