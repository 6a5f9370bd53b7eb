/** The 52 criteria in the words of the standard, by id; written into the pages when they are built. */
declare const __CRITERIA__: Readonly<Record<string, string>>;

/** What a criterion says; its id where this standard does not have it. */
export const wordsOfCriterion = (id: string): string => __CRITERIA__[id] ?? id;
