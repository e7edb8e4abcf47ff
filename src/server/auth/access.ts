/** Whoever decides who may sign in: our own accounts, or an upstream. */
import type { Identity } from './identity.ts'

export interface Pair {
  readonly name: string
  readonly secret: string
}

/** undefined: the credentials are wrong. Which of them is told to nobody. */
export interface Access {
  /** A person, by email and password, on the page. */
  signIn(tenant: string, email: string, password: string): Promise<Identity | undefined>
  /** A person, through a program, which may have to say who it is. */
  person(tenant: string, person: Pair, program: Pair | undefined): Promise<Identity | undefined>
  /** A program by itself. */
  program(tenant: string, program: Pair): Promise<Identity | undefined>
  /** As they are by now; undefined: whoever it was has no access any more. */
  present(identity: Identity): Promise<Identity | undefined>
  /** For the audit: nothing is kept of tenants that do not exist, nor names that may be misplaced passwords. */
  hasTenant(tenant: string): Promise<boolean>
  hasProgram(tenant: string, name: string): Promise<boolean>
}
