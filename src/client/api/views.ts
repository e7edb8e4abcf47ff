/** Saved views of a tenant, on the server. */
import { type ViewContent, type ViewV1, viewListV1, viewV1 } from '../../contract/model/view.ts'
import { pathOf, routes } from '../../contract/routes.ts'
import { fetchJson } from './fetch-json.ts'

export async function fetchViews(tenant: string, signal: AbortSignal): Promise<readonly ViewV1[]> {
  return fetchJson(pathOf(routes.views, { tenant }), (body) => viewListV1.parse(body).views, { signal })
}

/** @param revision the one to be replaced; undefined: it is new */
export function saveView(
  tenant: string,
  id: string,
  content: ViewContent,
  revision: string | undefined,
): Promise<ViewV1> {
  return fetchJson(pathOf(routes.view, { tenant, viewId: id }), (body) => viewV1.parse(body), {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      ...(revision === undefined ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` }),
    },
    body: JSON.stringify(content),
  })
}

export function removeView(tenant: string, id: string, revision: string): Promise<void> {
  return fetchJson(pathOf(routes.view, { tenant, viewId: id }), () => undefined, {
    method: 'DELETE',
    headers: { 'if-match': `"${revision}"` },
  })
}
