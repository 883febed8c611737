// Writes src/api/schema.ts from the OpenAPI of the API, or checks that it has not drifted.
// The description comes from `ecograph export-openapi`, or from the file named in ECOGRAPH_OPENAPI.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const target = fileURLToPath(new URL('../src/api/schema.ts', import.meta.url))
const venv = fileURLToPath(new URL('../../.venv/bin/ecograph', import.meta.url))

function describe() {
  const file = process.env.ECOGRAPH_OPENAPI
  if (file) return readFileSync(file, 'utf8')
  return execFileSync(existsSync(venv) ? venv : 'ecograph', ['export-openapi'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
}

const head = '// Generated from the OpenAPI of the API by `npm run generate:api`. Do not edit.\n\n'
const text = head + astToString(await openapiTS(JSON.parse(describe())))

if (process.argv[2] === 'write') {
  writeFileSync(target, text)
} else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  process.stderr.write('src/api/schema.ts does not fit the API: run `npm run generate:api` and commit the result.\n')
  process.exit(1)
} else {
  process.stdout.write('src/api/schema.ts fits the API.\n')
}
