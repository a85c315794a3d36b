// Requests: the services' REST as their SDKs send it, and the page's own.

const dpsVersion = '2021-10-01';
const hubVersion = '2021-04-12';

export class RequestError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// What went wrong, out of a problem (RFC 9457), an error of DPS, or one of a hub, which may hold a second one as text.
function reason(body, status) {
  if (body?.Message) {
    if (body.Message.startsWith('{')) {
      return JSON.parse(body.Message).message;
    }

    const text = body.Message.replace(/^ErrorCode:\w+;/, '');
    return body.Message.startsWith('ErrorCode:DeviceNotFound') ? `There is no device '${text}'.` : text;
  }

  return body?.detail ?? body?.message ?? body?.title ?? `The emulator answered ${status}.`;
}

async function send(path, { method = 'GET', body, headers = {}, type = 'application/json' } = {}) {
  const isJson = type === 'application/json' && body !== undefined;
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': type },
      body: isJson ? JSON.stringify(body) : body,
    });
  } catch (error) {
    throw new Error('The emulator does not answer.', { cause: error });
  }

  if (!response.ok) {
    throw new RequestError(response.status, reason(await response.json().catch(() => null), response.status));
  }

  return response;
}

async function read(path, options) {
  const response = await send(path, options);
  return response.headers.get('content-type')?.includes('json') ? response.json() : null;
}

// Null in place of a 404.
export const orNull = promise => promise.catch(error => {
  if (error.status === 404) {
    return null;
  }

  throw error;
});

const escape = parts => parts.map(encodeURIComponent).join('/');
const dpsPath = parts => `dps/${escape(parts)}?api-version=${dpsVersion}`;
const hubPath = (hub, parts) => `hubs/${escape([hub, ...parts])}?api-version=${hubVersion}`;

export const own = (parts, options) => read('api/' + escape(parts), options);
export const dps = (parts, options) => read(dpsPath(parts), options);
export const hub = (name, parts, options) => read(hubPath(name, parts), options);

// A page of a query: its items, and the token of the next page; null when there is none.
async function query(path, text, size, token) {
  const headers = { 'x-ms-max-item-count': String(size) };
  if (token) {
    headers['x-ms-continuation'] = token;
  }

  const response = await send(path, { method: 'POST', body: { query: text }, headers });
  return { items: await response.json(), next: response.headers.get('x-ms-continuation') };
}

export const queryDps = (parts, size, token) => query(dpsPath([...parts, 'query']), '*', size, token);
export const queryOwn = (parts, size, token) => query('api/' + escape([...parts, 'query']), '*', size, token);
export const queryHub = (name, text, size, token) => query(hubPath(name, ['devices', 'query']), text, size, token);

export const search = (kind, prefix) => read(`api/${kind}?prefix=${encodeURIComponent(prefix)}`);

export const telemetry = (name, id, range) => read(`api/${escape(['hubs', name, 'devices', id, 'telemetry'])}?${range}`);

export const log = after => read(`api/log?after=${after}`);

export const describeFile = file => own(['certificates'], { method: 'POST', body: file, type: 'application/octet-stream' });
