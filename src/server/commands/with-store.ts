/** A command's deed on the store, which is open for as long as it takes. */
import { AccountExists } from '../store/accounts.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import type { CommandContext } from './command.ts'

/** The words were right, and yet it cannot be done; the message says why. */
export class Refusal extends Error {}

/** @returns the exit code */
export async function withStore(
  { config, stderr }: CommandContext,
  act: (store: Store) => Promise<void>,
): Promise<number> {
  const store = await openStore(config)
  try {
    await act(store)
    return 0
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof AccountExists)) throw error
    stderr.write(`${error.message}\n`)
    return 1
  } finally {
    await store.close()
  }
}
