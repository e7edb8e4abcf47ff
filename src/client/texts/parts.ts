/** A sentence in parts, in the order the language has them; those that carry it are set off from the rest. */
export type WeightedParts = readonly (string | { readonly strong: string })[]
