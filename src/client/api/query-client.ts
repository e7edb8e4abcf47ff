/** How queries behave unless they say otherwise. */
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './fetch-json.ts'
import { sessionOptions } from './queries.ts'

const retriesWithoutAnswer = 1

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => noteSessionEnd(client, error) }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // What the server refused it will refuse again; only silence is worth another try.
        retry: (failures, error) =>
          error instanceof ApiError && error.status === 0 && failures < retriesWithoutAnswer,
        retryDelay: 500,
        refetchOnWindowFocus: false,
        // Without a network a query fails and says so; the default would wait for one without a word.
        networkMode: 'always',
        refetchOnReconnect: true,
      },
    },
  })
  return client
}

/** A 401 anywhere means that the session is over: the page then asks for the password in place. */
export function noteSessionEnd(client: QueryClient, error: unknown): void {
  if (error instanceof ApiError && error.status === 401) client.setQueryData(sessionOptions.queryKey, {})
}
