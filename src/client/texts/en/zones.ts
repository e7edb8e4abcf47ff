/** The switch of the time zone. */
import { inLanguage } from '../in-language.ts'

const english = {
  timeZone: 'Time zone',
  ofThisDevice: (zone: string) => `${zone} (this device)`,
}

export type ZonesTexts = typeof english
export const zonesTexts = inLanguage('zones', english)
