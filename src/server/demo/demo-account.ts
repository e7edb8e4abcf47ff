/**
 * Who may sign in to the demo tenant. The password stands in the repository for everybody to read: it is offered only where
 * the server listens to this machine alone unless told otherwise, and `DEMO=off` makes no such account.
 */
export const demoAccount = {
  tenant: 'PremierTenant',
  email: 'supervisor@premier.example',
  role: 'supervisor',
  password: 'hindsight-demo',
} as const

/** May do what a supervisor may not, such as deleting. */
export const demoAdmin = { ...demoAccount, email: 'admin@premier.example', role: 'admin' } as const
