// Builds one form per request out of openapi.json, sends it, and shows what came back.

const KEY_STORE = 'ecograph.key'
const JSON_BODY = 'JSON'
const base = new URL('.', document.baseURI)

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

/** The schema that says what may be typed: behind a reference, within a list, or the one that is not null. */
function plainSchema(schema, all) {
  if (!schema) return {}
  if (schema.$ref) return plainSchema(all[schema.$ref.split('/').pop()], all)
  if (schema.type === 'array') return plainSchema(schema.items, all)
  const choices = schema.anyOf?.filter((one) => one.type !== 'null')
  return choices?.length ? { ...schema, ...plainSchema(choices[0], all) } : schema
}

function control(parameter, all) {
  const schema = plainSchema(parameter.schema, all)
  const options = schema.enum ?? (schema.type === 'boolean' ? [true, false] : null)
  const fallback = parameter.schema.default
  if (options) {
    const empty = element('option', { value: '', textContent: fallback === undefined ? '' : `(${fallback})` })
    return element('select', { name: parameter.name }, empty, ...options.map((o) => element('option', { textContent: o })))
  }
  const example = parameter.schema.examples?.[0] ?? schema.examples?.[0] ?? fallback ?? ''
  return element('input', { name: parameter.name, required: parameter.required === true, placeholder: String(example ?? '') })
}

function address(path, parameters, form) {
  const query = new URLSearchParams()
  let filled = path
  for (const parameter of parameters) {
    const value = form.elements.namedItem(parameter.name).value.trim()
    if (parameter.in === 'path') filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(value))
    else if (parameter.in === 'query' && value) {
      const values = parameter.schema.type === 'array' ? value.split(',') : [value]
      values.forEach((one) => query.append(parameter.name, one.trim()))
    }
  }
  return filled + (query.size ? `?${query}` : '')
}

async function send(event, method, path, parameters) {
  event.preventDefault()
  const form = event.target
  const answer = form.nextElementSibling
  const target = new URL(address(path, parameters, form), base.origin)
  const key = document.getElementById('key').value
  const options = { method: method.toUpperCase(), headers: key ? { Authorization: `Bearer ${key}` } : {} }
  const json = form.elements.namedItem(JSON_BODY)
  if (json) {
    options.headers['Content-Type'] = 'application/json'
    options.body = json.value
  } else if (method === 'post') options.body = new FormData(form)
  answer.textContent = `${options.method} ${target}\n…`
  try {
    const started = performance.now()
    const response = await fetch(target, options)
    const text = await response.text()
    const shown = response.headers.get('content-type')?.includes('json') ? JSON.stringify(JSON.parse(text), null, 2) : text
    const took = Math.round(performance.now() - started)
    answer.textContent = `${options.method} ${target}\n${response.status} ${response.statusText}, ${took} ms\n\n${shown}`
  } catch (fault) {
    answer.textContent = `${options.method} ${target}\n${fault}`
  }
}

/** What the schema of a JSON body gives as examples or defaults, to start from. */
function exampleBody(schema, all) {
  const properties = Object.entries(plainSchema(schema, all).properties ?? {})
  return Object.fromEntries(properties.map(([name, one]) => [name, one.examples?.[0] ?? one.default ?? null]))
}

/** Fields of a multipart body become inputs as well, a file or a text; a JSON body is one text to edit. */
function bodyFields(operation, all) {
  const content = operation.requestBody?.content ?? {}
  if (content['application/json']) {
    const value = JSON.stringify(exampleBody(content['application/json'].schema, all), null, 2)
    return [[JSON_BODY, element('textarea', { name: JSON_BODY, rows: 8, value }), '']]
  }
  return Object.entries(content['multipart/form-data']?.schema?.properties ?? {}).map(([name, property]) => [
    name,
    element('input', { name, type: plainSchema(property, all).format === 'binary' ? 'file' : 'text' }),
    property.description ?? '',
  ])
}

function requestForm(path, method, operation, all) {
  const parameters = (operation.parameters ?? []).filter((one) => one.in !== 'header')
  const form = element('form')
  const fields = parameters.map((parameter) => [
    parameter.name + (parameter.required ? ' *' : ''),
    control(parameter, all),
    parameter.description ?? plainSchema(parameter.schema, all).description ?? '',
  ])
  for (const [name, input, about] of [...fields, ...bodyFields(operation, all)]) {
    input.id = `${operation.operationId}-${input.name}`
    form.append(element('label', { textContent: name, htmlFor: input.id }), input)
    if (about) form.append(element('small', { textContent: about }))
  }
  form.append(element('button', { textContent: 'Send' }))
  form.addEventListener('submit', (event) => void send(event, method, path, parameters))
  const title = element('summary', {}, element('span', { className: 'method', textContent: method }))
  title.append(element('code', { textContent: path }), operation.summary ?? '')
  const about = element('p', { textContent: operation.description ?? '' })
  return element('details', {}, title, about, form, element('pre'))
}

const key = document.getElementById('key')
key.value = sessionStorage.getItem(KEY_STORE) ?? ''
key.addEventListener('change', () => sessionStorage.setItem(KEY_STORE, key.value))

const description = await (await fetch(new URL('openapi.json', base))).json()
document.getElementById('about').textContent = description.info.description.trim()
document.getElementById('requests').replaceChildren(
  ...Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      requestForm(path, method, operation, description.components?.schemas ?? {}),
    ),
  ),
)
