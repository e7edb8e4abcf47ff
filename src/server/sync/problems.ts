/** What a sync could not take, told by engagement and field. */
export interface Problem {
  /** Its id; undefined: it has none that can be read. */
  readonly engagement: string | undefined
  /** Such as `recordings[0].uri`. */
  readonly field: string
  readonly why: string
}

export interface Problems {
  readonly count: number
  add(problem: Problem): void
  /** One line each, and a last one for those that were too many to keep. */
  lines(): readonly string[]
}

const mostKept = 10_000

export function createProblems(): Problems {
  // The same row may come in two windows.
  const kept = new Set<string>()
  let more = 0
  return {
    get count() {
      return kept.size + more
    },
    add({ engagement, field, why }) {
      const line = `${engagement === undefined ? '(without a readable id)' : engagement} · ${field}: ${why}`
      if (kept.has(line)) return
      if (kept.size < mostKept) kept.add(line)
      else more++
    },
    lines: () => [...kept, ...(more === 0 ? [] : [`and ${more} more`])],
  }
}
