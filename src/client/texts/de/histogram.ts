import { numberText } from '../amounts.ts'
import type { HistogramTexts } from '../en/histogram.ts'

const titles: HistogramTexts['titles'] = {
  PT1M: 'Gesprächsbeginn je Minute',
  PT5M: 'Gesprächsbeginn je 5 Minuten',
  PT10M: 'Gesprächsbeginn je 10 Minuten',
  PT30M: 'Gesprächsbeginn je halbe Stunde',
  PT1H: 'Gesprächsbeginn je Stunde',
  PT2H: 'Gesprächsbeginn je 2 Stunden',
  PT3H: 'Gesprächsbeginn je 3 Stunden',
  PT6H: 'Gesprächsbeginn je 6 Stunden',
  PT12H: 'Gesprächsbeginn je 12 Stunden',
  P1D: 'Gesprächsbeginn je Tag',
  P1W: 'Gesprächsbeginn je Woche',
  P1M: 'Gesprächsbeginn je Monat',
  P3M: 'Gesprächsbeginn je 3 Monate',
  P1Y: 'Gesprächsbeginn je Jahr',
  P10Y: 'Gesprächsbeginn je 10 Jahre',
  P100Y: 'Gesprächsbeginn je 100 Jahre',
  P1000Y: 'Gesprächsbeginn je 1000 Jahre',
}

export const histogram: HistogramTexts = {
  titles,
  outcomes: { successful: 'erfolgreich', unsuccessful: 'erfolglos', other: 'anderes' },
  counts: {
    successful: (count) => `${numberText(count)} erfolgreich`,
    unsuccessful: (count) => `${numberText(count)} erfolglos`,
    other: (count) => `${numberText(count)} mit anderem Ergebnis`,
  },
  none: 'keine',
  unknownStart: (count) => `${numberText(count)} ohne Beginn`,
  chosen: (bars, text) => `${numberText(bars)} gewählt. ${text}`,
  keys: 'Pfeiltasten gehen von einem zum nächsten, mit der Umschalttaste wählen sie mehrere. Die Eingabetaste zeigt nur diese, Esc hebt die Wahl auf.',
  showTable: 'Als Tabelle zeigen',
  hideTable: 'Tabelle ausblenden',
  asTable: (title) => `${title}, als Tabelle`,
  from: 'Ab',
  notDrawn: (why) => `Die Zeiten des Beginns können nicht gezeichnet werden. ${why}`,
  retry: 'Erneut versuchen',
}
