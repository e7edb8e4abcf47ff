/**
 * The entry of every command, in JavaScript: what reads TypeScript takes 20 MB for as long as the process lives, and is not needed
 * once everything else was read and compiled by an earlier start. Where the folder cannot be written, nothing is kept.
 */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/hindsight', import.meta.url)))
await import('./main.ts')
