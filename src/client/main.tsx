import './ui/tokens.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import * as z from 'zod/mini'
import { createQueryClient } from './api/query-client.ts'
import { createAppRouter } from './routes.tsx'
import { InLanguage } from './texts/InLanguage.tsx'
import { chosenLanguage, wordingOf } from './texts/language.ts'
import { speak } from './texts/speak.ts'
import { restoreTheme } from './ui/theme.ts'

// The content security policy forbids making code from text, which the schemas would otherwise try.
z.config({ jitless: true })
restoreTheme()

const queryClient = createQueryClient()
const router = createAppRouter(queryClient)
// Not a top-level await: the bundler would leave everything in a chunk of its own.
void speak(wordingOf(chosenLanguage(), navigator.languages)).then(() => {
  const root = document.getElementById('root')
  if (!root) return
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <InLanguage>
          <RouterProvider router={router} />
        </InLanguage>
      </QueryClientProvider>
    </StrictMode>,
  )
})
