import type { ExportStreamTexts } from '../en/export-stream.ts'

export const exportStream: ExportStreamTexts = {
  brokeOff: 'Die Verbindung zum Server brach ab.',
  endedEarly: 'Die Datei endete vor ihrem Ende.',
}
