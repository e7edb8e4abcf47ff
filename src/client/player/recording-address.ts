/** Where a recording is, and so what may be done with its address. */

export type RecordingAddress =
  | { readonly kind: 'here'; readonly src: string }
  /** Our content security policy lets no media of another origin in; its address is only ever a plain link. */
  | { readonly kind: 'elsewhere'; readonly host: string; readonly href: string }
  | { readonly kind: 'none' }
  /** Not a web address: never loaded, and never made a link, since `javascript:` is one of these. */
  | { readonly kind: 'unusable' }

/** @param page the page's own address, against which a path is read */
export function readAddress(uri: string | undefined, page: string): RecordingAddress {
  if (uri === undefined || uri.trim() === '') return { kind: 'none' }
  if (!URL.canParse(uri, page)) return { kind: 'unusable' }
  const url = new URL(uri, page)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { kind: 'unusable' }
  // fetch refuses an address with a password in it, and a link would show it.
  url.username = ''
  url.password = ''
  if (url.origin !== new URL(page).origin) return { kind: 'elsewhere', host: url.host, href: url.href }
  return { kind: 'here', src: url.href }
}
