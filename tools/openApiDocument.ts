import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { Refusal, statusByKind } from '../src/protocol/failure.ts'
import { maxSmallBytes } from '../src/protocol/limits.ts'
import { Hash, Id } from '../src/protocol/parts.ts'
import { type Endpoint, endpoints } from '../src/server/endpoints.ts'

const whoSays: Partial<Record<Endpoint['who'], string>> = {
  standing: 'A device that is something in the space, or was in the last 30 days: what it may not make is parked.',
  reader: 'A device that may hear of any space.',
  account: 'Who is signed in.',
  bearer: 'Who brings what the request itself must show: a password, a code, a token.',
  anyone: 'Anyone; the answer tells only of the caller.',
}

/** A schema as JSON Schema; what that cannot say (spaces are trimmed, letters made small) is left to the server. */
function schemaOf(schema: v.GenericSchema, typeMode: 'input' | 'output') {
  const { $schema, ...form } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode,
    errorMode: 'ignore',
    /** JSON Schema's patterns are Unicode's already and know no flags. */
    overrideAction: ({ valibotAction, jsonSchema }) =>
      'requirement' in valibotAction && valibotAction.requirement instanceof RegExp && valibotAction.type === 'regex'
        ? { ...jsonSchema, pattern: valibotAction.requirement.source }
        : undefined,
  })
  return form
}

const json = (schema: object) => ({ 'application/json': { schema } })
const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }

function refusalsOf({ who, request, query, path, refusals = [] }: Endpoint): Refusal['kind'][] {
  const byWho: Refusal['kind'][] = who === 'anyone' ? [] : ['unauthorized', 'forbidden']
  const byRequest: Refusal['kind'][] = request ? ['badRequest', 'tooLarge'] : query ? ['badRequest'] : []
  const byPath: Refusal['kind'][] = path.includes(':') ? ['notFound'] : []
  return [...new Set([...byWho, ...byRequest, ...byPath, ...refusals, 'storageFull' as const, 'serverError' as const])]
}

function answersOf(endpoint: Endpoint) {
  const { answer } = endpoint
  const success =
    answer === 'redirect'
      ? { 302: { description: 'The address to go to' } }
      : answer === 'bytes'
        ? { 200: { description: 'The bytes', content: bytes } }
        : 'events' in answer
          ? {
              200: {
                description: 'A stream',
                content: { 'text/event-stream': { schema: schemaOf(answer.events, 'output') } },
              },
            }
          : { 200: { description: 'Done', content: json(schemaOf(answer, 'output')) } }
  const kindsByStatus = Map.groupBy(refusalsOf(endpoint), (kind) => statusByKind[kind])
  const refused = [...kindsByStatus].map(([status, kinds]) => [
    status,
    { description: kinds.join(', '), content: json({ $ref: '#/components/schemas/Refusal' }) },
  ])
  return { ...success, ...Object.fromEntries(refused) }
}

function parametersOf({ path, query }: Endpoint) {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: schemaOf(name === 'hash' ? Hash : Id, 'input') },
  }))
  const form = query ? schemaOf(query, 'input') : {}
  const inQuery = Object.entries(form.properties ?? {}).map(([name, schema]) => ({
    ...{ name, in: 'query', required: form.required?.includes(name) ?? false, schema },
  }))
  return [...inPath, ...inQuery]
}

function bodyOf({ request, maxBytes = maxSmallBytes }: Endpoint) {
  if (!request) return {}
  const content = request === 'bytes' ? bytes : json(schemaOf(request, 'input'))
  return { requestBody: { required: true, description: `At most ${maxBytes} bytes, unzipped`, content } }
}

function securityOf({ who }: Endpoint) {
  if (who === 'anyone' || who === 'bearer') return []
  return [who === 'account' ? { session: [] } : { device: [] }]
}

function operationOf(endpoint: Endpoint) {
  return {
    operationId: `${endpoint.method} ${endpoint.path}`,
    description: whoSays[endpoint.who] ?? `A device that may ${endpoint.who} in the space.`,
    'x-who': endpoint.who,
    security: securityOf(endpoint),
    parameters: parametersOf(endpoint),
    ...bodyOf(endpoint),
    responses: answersOf(endpoint),
  }
}

export type Operation = { operationId: string; 'x-who': Endpoint['who']; responses: Record<string, object> }
export type OpenApi = { openapi: string; paths: Record<string, Record<string, Operation>> }

/** The API as an OpenAPI 3.1 document. `x-who` is what core/access.ts calls the action, or another kind of caller. */
export function openApiDocument(): OpenApi {
  const byPath = Map.groupBy(endpoints, ({ path }) => `/api/v1${path.replace(/:(\w+)/g, '{$1}')}`)
  const paths = [...byPath].map(([path, methods]): [string, Record<string, Operation>] => [
    path,
    Object.fromEntries(methods.map((endpoint) => [endpoint.method.toLowerCase(), operationOf(endpoint)])),
  ])
  const document = {
    openapi: '3.1.0',
    info: { title: 'Hadir', version: '1', description: 'How to call it, and its rules: src/protocol/README.md.' },
    paths: Object.fromEntries(paths),
    components: {
      schemas: { Refusal: schemaOf(Refusal, 'output') },
      securitySchemes: {
        device: { type: 'apiKey', in: 'cookie', name: 'hadir_device' },
        session: { type: 'apiKey', in: 'cookie', name: 'hadir_session' },
      },
    },
  }
  return document
}
