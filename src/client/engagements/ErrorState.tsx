import { ApiError } from '../api/fetch-json.ts'
import { Button } from '../ui/Button.tsx'
import styles from './States.module.css'

interface ErrorStateProps {
  readonly error: Error
  readonly what?: string
  onRetry(): void
}

/** In the place of what is missing: what happened, and a way on. */
export function ErrorState({ error, what = 'The engagements', onRetry }: ErrorStateProps) {
  const problem = error instanceof ApiError ? error.problem : undefined
  return (
    <div className={styles.state} role="alert">
      <p className={styles.headline}>{what} could not be loaded</p>
      <p className="muted">{error.message}</p>
      {problem?.errors && problem.errors.length > 0 && (
        <ul className="muted">
          {problem.errors.map(({ parameter, message }) => (
            <li key={parameter}>
              {parameter}: {message}
            </li>
          ))}
        </ul>
      )}
      <Button look="primary" onClick={onRetry}>
        Retry
      </Button>
    </div>
  )
}
