/** How queries behave unless they say otherwise. */
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './fetch-json.ts'
import { sessionOptions } from './queries.ts'
import { weatherDue, weatherInterval } from './weather.ts'

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
        refetchInterval: weatherInterval,
        refetchOnWindowFocus: weatherDue,
        // Without a network a query fails and says so; the default would wait for one without a word.
        networkMode: 'always',
        refetchOnReconnect: true,
      },
    },
  })
  return client
}

/**
 * A 401 anywhere means that the session is over: the page then asks for the password in place. A 501 means that what was
 * asked for turned out to be lacking: the session, asked anew, says so.
 */
export function noteSessionEnd(client: QueryClient, error: unknown): void {
  if (!(error instanceof ApiError)) return
  if (error.status === 401) client.setQueryData(sessionOptions.queryKey, {})
  if (error.status === 501) void client.refetchQueries(sessionOptions)
}
