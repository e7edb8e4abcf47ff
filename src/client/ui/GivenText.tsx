import { cutText } from './cut-text.ts'

interface GivenTextProps {
  readonly children: string
  /** Characters; beyond them it is cut. */
  readonly longest?: number
}

/** A text that somebody gave: whichever way it is written, what stands beside it keeps its place. */
export function GivenText({ children, longest }: GivenTextProps) {
  return <bdi>{cutText(children, longest)}</bdi>
}
