import type { WeightedParts } from '../texts/parts.ts'

/** A sentence with what carries it set off, and the rest muted. */
export function WeightedText({ parts }: { readonly parts: WeightedParts }) {
  return parts.map((part) =>
    typeof part === 'string' ? (
      <span key={part} className="muted">
        {part}
      </span>
    ) : (
      <strong key={`strong ${part.strong}`} className="num">
        <bdi>{part.strong}</bdi>
      </strong>
    ),
  )
}
