/**
 * Writes docs/openapi.json from the table of endpoints and the schemas that parse their requests. `npm run openapi`.
 */
import { writeFileSync } from 'node:fs'
import { openApiDocument } from './openApiDocument.ts'

writeFileSync('docs/openapi.json', `${JSON.stringify(openApiDocument(), undefined, 1)}\n`)
