/** Access by our own accounts. */
import type { Accounts } from '../store/accounts.ts'
import type { Access } from './access.ts'

export function createStoreAccess(accounts: Accounts): Access {
  const signIn: Access['signIn'] = async (tenant, email, password) => {
    const account = await accounts.verify(tenant, email, password)
    return account && { tenant, subject: account.email, role: account.role }
  }
  return {
    signIn,
    async person(tenant, { name, secret }, program) {
      const identity = await signIn(tenant, name, secret)
      const registered = await accounts.verifyClient(tenant, program?.name ?? '', program?.secret ?? '')
      return registered === 'wrong' ? undefined : identity
    },
    async program(tenant, { name, secret }) {
      const registered = await accounts.verifyClient(tenant, name, secret)
      return registered === 'right' ? { tenant, subject: name, role: 'supervisor' } : undefined
    },
    async present({ tenant, subject }) {
      const account = await accounts.find(tenant, subject)
      return account && { tenant, subject: account.email, role: account.role }
    },
    hasTenant: (tenant) => accounts.hasTenant(tenant),
    hasProgram: (tenant, name) => accounts.hasClient(tenant, name),
  }
}
