import { ApiError } from '../api/fetch-json.ts'
import { isWeather } from '../api/weather.ts'
import { type PageTexts, pageTexts } from '../texts/en/page.ts'
import { Button } from '../ui/Button.tsx'
import styles from './States.module.css'

interface ErrorStateProps {
  readonly error: Error
  readonly what?: keyof PageTexts['notLoaded']
  onRetry(): void
}

/** In the place of what is missing: what happened, and a way on. */
export function ErrorState({ error, what = 'engagements', onRetry }: ErrorStateProps) {
  const texts = pageTexts()
  const problem = error instanceof ApiError ? error.problem : undefined
  return (
    <div className={styles.state} role="alert">
      <p className={styles.headline}>{texts.notLoaded[what]}</p>
      <p className="muted">
        {error.message} {isWeather(error) && texts.comesBack}
      </p>
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
        {texts.retry}
      </Button>
    </div>
  )
}
