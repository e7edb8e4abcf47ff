/** Every endpoint, those included that only whoever needs them loads: the page asks for an export once somebody wants one. */
import { exportRoute } from './export-route.ts'
import { routes } from './routes.ts'

const { engagements, count, ...others } = routes

export const allRoutes = { engagements, count, export: exportRoute, ...others } as const
