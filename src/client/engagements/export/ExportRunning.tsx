import type { ExportProgress } from '../../api/export-stream.ts'
import { exportDialogTexts } from '../../texts/en/export-dialog.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './ExportDialog.module.css'

interface ExportRunningProps {
  /** Absent: the server has not answered yet. */
  readonly progress: ExportProgress | undefined
  onCancel(): void
}

export function ExportRunning({ progress, onCancel }: ExportRunningProps) {
  const texts = exportDialogTexts()
  return (
    <>
      <progress
        className={styles.bar}
        aria-label={texts.written}
        max={Math.max(progress?.of ?? 1, 1)}
        value={progress?.rows}
      />
      <p className="num">
        {progress === undefined ? texts.counting : texts.rows(progress.rows, progress.of)}
      </p>
      <div className={styles.actions}>
        <Button autoFocus onClick={onCancel}>
          {texts.cancel}
        </Button>
      </div>
    </>
  )
}
