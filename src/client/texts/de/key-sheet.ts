import type { KeySheetTexts } from '../en/key-sheet.ts'

export const keySheet: KeySheetTexts = {
  keys: 'Tasten',
  groups: [
    {
      title: 'Liste',
      keys: [
        ['/', 'Nach Personen filtern'],
        ['j / k', 'Nächste / vorige Zeile'],
        ['x', 'Zeile auswählen'],
        ['Eingabe', 'Zeile öffnen oder schließen'],
        ['n / p', 'Nächste / vorige Seite'],
        ['Strg / Cmd K', 'Jede Handlung nach ihrem Namen'],
        ['?', 'Diese Übersicht'],
      ],
    },
    {
      title: 'Wiedergabe',
      keys: [
        ['Leertaste', 'Abspielen oder anhalten'],
        ['← / →', '5 Sekunden zurück / vor'],
        ['Umschalt ← / →', '30 Sekunden zurück / vor'],
        ['[ / ]', 'Langsamer / schneller'],
        ['1 – 9', 'Aufzeichnung wählen'],
        ['m / s', 'Gewählte Aufzeichnung stumm / solo'],
        ['a / b', 'Marke A / B, dazwischen wiederholen'],
        ['g', 'Zu einer Uhrzeit gehen'],
        ['l', 'Link zu dieser Stelle kopieren'],
        ['Umschalt N / P', 'Nächstes / voriges Gespräch'],
      ],
    },
  ],
  singleKeys: 'Einzelne Tasten wirken, wenn kein Feld den Fokus hat',
  close: 'Schließen',
}
