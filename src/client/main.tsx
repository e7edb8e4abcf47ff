import './ui/tokens.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import * as z from 'zod/mini'
import { createQueryClient } from './api/query-client.ts'
import { createAppRouter } from './routes.tsx'
import { restoreTheme } from './ui/theme.ts'

// The content security policy forbids making code from text, which the schemas would otherwise try.
z.config({ jitless: true })
restoreTheme()

const queryClient = createQueryClient()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={createAppRouter(queryClient)} />
      </QueryClientProvider>
    </StrictMode>,
  )
}
