/** The versions of tenants' engagements that this process has written or told of: what it reads later is not older. */
export interface VersionFloors {
  raise(tenant: number, version: number): void
  isReached(tenant: number, version: number): boolean
}

export function createVersionFloors(): VersionFloors {
  const floors = new Map<number, number>()
  return {
    raise(tenant, version) {
      if (version > (floors.get(tenant) ?? 0)) floors.set(tenant, version)
    },
    isReached: (tenant, version) => version >= (floors.get(tenant) ?? 0),
  }
}
