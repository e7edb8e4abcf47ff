import type { ExportProgress } from '../../api/export-stream.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './ExportDialog.module.css'
import { rowsOf } from './rows-of.ts'

interface ExportRunningProps {
  /** Absent: the server has not answered yet. */
  readonly progress: ExportProgress | undefined
  onCancel(): void
}

export function ExportRunning({ progress, onCancel }: ExportRunningProps) {
  return (
    <>
      <progress
        className={styles.bar}
        aria-label="Rows written"
        max={Math.max(progress?.of ?? 1, 1)}
        value={progress?.rows}
      />
      <p className="num">{progress === undefined ? 'Counting …' : rowsOf(progress)}</p>
      <div className={styles.actions}>
        <Button autoFocus onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </>
  )
}
