import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { PartBoundary } from './PartBoundary.tsx'

interface PartOptions<P> {
  /** Such as "The player": one thing, with its article. */
  what?(): string
  /** What stands in its place until it is there. */
  meanwhile?(props: P): ReactNode
}

/**
 * A part of the page that is loaded when it is first shown. Where that fails (no network, or a newer version on the server
 * whose parts have other names) it says so, and the rest of the page stays.
 */
export function loadedPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { what, meanwhile }: PartOptions<P> = {},
): ComponentType<P> {
  const Loaded = lazy(async () => ({ default: await load() }))
  return (props) => (
    <PartBoundary what={what?.()}>
      <Suspense fallback={meanwhile?.(props)}>
        <Loaded {...props} />
      </Suspense>
    </PartBoundary>
  )
}
