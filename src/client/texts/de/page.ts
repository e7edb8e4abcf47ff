import { numberText } from '../amounts.ts'
import type { PageTexts } from '../en/page.ts'

const themes = { system: 'wie das System', light: 'hell', dark: 'dunkel' }

const sorts = { newest: 'neueste', oldest: 'älteste', longest: 'längste', shortest: 'kürzeste' }

export const page: PageTexts = {
  title: (tenant) => `Gespräche · ${tenant} · Hindsight`,
  histogram: 'Das Histogramm',
  player: 'Die Wiedergabe',
  rowDetail: 'Die Ansicht der Einzelheiten',
  keySheet: 'Die Übersicht der Tasten',
  ignored: 'In diesem Link nicht beachtet:',
  notGivenHere: (parameters) => `${parameters.join(', ')}: Der Server mit den Gesprächen kennt das nicht`,

  keys: 'Tasten',
  keysHint: 'Tasten (?)',
  signOut: 'Abmelden',
  notSignedOut: (why) => `Nicht abgemeldet: ${why}`,
  theme: (now) => `Farben: ${themes[now]}`,
  switchTheme: (now, next) => `Farben: ${themes[now]}. Wechseln zu: ${themes[next]}`,

  notCounted: 'Nicht gezählt, erneut versuchen',
  newer: (count) => `${numberText(count)} neuere, zeigen`,

  engagements: 'Gespräche',
  started: (zone) => `Begonnen (${zone})`,
  details: 'Einzelheiten',
  sortBy: (sort) => `Reihenfolge: ${sorts[sort]} zuerst`,
  loading: 'Die Gespräche werden geladen …',
  notLoaded: {
    engagements: 'Die Gespräche konnten nicht geladen werden',
    engagement: 'Das Gespräch konnte nicht geladen werden',
  },
  noAnswer: 'Es kam keine Antwort.',
  retry: 'Erneut versuchen',
  outOfDate: (at, why) => `Diese Zeilen haben den Stand ${at}. ${why}`,
  comesBack: 'Die Seite versucht es von selbst erneut.',
  unread: (rows) =>
    `Einige Zeilen waren nicht zu lesen und fehlen hier: ${rows
      .map(({ row, fields }) => `Zeile ${numberText(row)} (${fields.join(', ')})`)
      .join('; ')}`,

  pinned: 'Gespräch, das dieser Link öffnet',
  wasOpened: 'wurde durch diesen Link geöffnet und steht nicht auf dieser Seite der Liste.',
  closePinned: 'Das durch diesen Link geöffnete Gespräch schließen',
  loadingOne: 'Das Gespräch wird geladen …',
  notLookedUp:
    'Es lässt sich hier nicht einzeln abrufen: Der Server mit den Gesprächen gibt nur Listen heraus. Filtern Sie danach, um es zu finden.',
  gone: 'Dieses Gespräch gibt es nicht oder nicht mehr.',

  pages: 'Seiten',
  firstPage: 'Erste Seite',
  previous: 'Zurück',
  next: 'Weiter',
  page: (at, of) =>
    of === undefined ? `Seite ${numberText(at)}` : `Seite ${numberText(at)} von ${numberText(of)}`,
  draw: (size) => `${numberText(size)} zufällige davon`,
  rows: 'Zeilen',
}
