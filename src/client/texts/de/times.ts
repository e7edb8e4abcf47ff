import type { TimesTexts } from '../en/times.ts'

export const times: TimesTexts = {
  presets: {
    today: 'Heute',
    yesterday: 'Gestern',
    '7d': 'Letzte 7 Tage',
    '30d': 'Letzte 30 Tage',
    '90d': 'Letzte 90 Tage',
    week: 'Diese Woche',
    month: 'Dieser Monat',
    any: 'Beliebige Zeit',
  },
  rolling: {
    today: 'heute',
    yesterday: 'gestern',
    '7d': 'in den letzten 7 Tagen',
    '30d': 'in den letzten 30 Tagen',
    '90d': 'in den letzten 90 Tagen',
    week: 'in dieser Woche',
    month: 'in diesem Monat',
  },
  anyTime: 'zu beliebiger Zeit',
  until: (at) => `bis ${at}`,
  since: (at) => `ab ${at}`,
  at: (at) => `am ${at}`,
  between: (first, last) => `${first} – ${last}`,
  now: 'jetzt',
}
