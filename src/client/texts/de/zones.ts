import type { ZonesTexts } from '../en/zones.ts'

export const zones: ZonesTexts = {
  timeZone: 'Zeitzone',
  ofThisDevice: (zone) => `${zone} (dieses Gerät)`,
}
