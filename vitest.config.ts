import { defineConfig } from 'vitest/config'

/** What looks at PostgreSQL alone. */
const ofPostgres = ['src/server/store/engine/postgres/**/*.test.ts']
/** What has to hold whichever engine there is: it is run on both. */
const ofBoth = [
  'src/server/store/{engagement-reader,engagement-histogram,paging-while-writing,write-engagements,sample-statement,sync-state}.test.ts',
  'src/server/http/{list,count,histogram,sample,export}-engagements.test.ts',
  'src/server/http/{delete-engagement,list-audit,look-back,open-files,saved-views,slow-readers,tenants-apart,vanished-clients}.test.ts',
  'src/server/commands/{check-files,killed-import,full-disk}.test.ts',
]

// Apart from vite.config.ts: the unit tests run on Node and take nothing from the page's build.
export default defineConfig({
  test: {
    environment: 'node',
    // Of two cores a third is idle otherwise: many tests wait for processes and databases.
    maxWorkers: 3,
    globalSetup: ['src/server/test-support/postgres/global-setup.ts'],
    // Several tests start processes, two or three one after another: on a busy machine that alone takes more than the 5 s
    // of the default. How fast anything is, the benchmarks say.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'page',
          include: ['src/client/**/*.test.{ts,tsx}'],
          // Whoever has the page speak another language, or changes what is global, puts it back.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          // Modules of the server are loaded once a worker: once a file took longer than many a test.
          include: ['src/**/*.test.ts'],
          exclude: ['src/client/**', ...ofPostgres],
          isolate: false,
          provide: { engine: 'embedded' },
        },
      },
      {
        extends: true,
        test: {
          name: 'PostgreSQL',
          include: [...ofPostgres, ...ofBoth],
          isolate: false,
          // Each run asks as many as it has time for; `ANSWERS=10000 npm run test:unit -- same-answers` asks more.
          provide: { engine: 'PostgreSQL', answers: Number(process.env.ANSWERS ?? 2500) },
        },
      },
    ],
  },
})
