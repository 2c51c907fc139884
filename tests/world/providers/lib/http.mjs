// Requests and responses: what both stand-ins need and nothing about either of them.

import { log } from './process.mjs';

const LONGEST_BODY = 64 * 1024;

/** A request that cannot be served; `status` is what the client is told. */
export class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * A request listener over `routes`: pairs of `"METHOD /path"` and a handler `(request, response, context)`.
 * A segment `:name` matches one path segment, found in `context.params`; `context.url` is the parsed URL.
 */
export function router(routes, { fallback, failed }) {
  const table = Object.entries(routes).map(([route, handler]) => {
    const [method, path] = route.split(' ');
    const pattern = path.replaceAll('.', String.raw`\.`).replaceAll(/:(\w+)/gu, '(?<$1>[^/]+)');
    return { method, pattern: new RegExp(`^${pattern}$`, 'u'), handler };
  });
  return async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    try {
      for (const { method, pattern, handler } of table) {
        const found = method === request.method && pattern.exec(url.pathname);
        if (found) {
          await handler(request, response, { url, params: { ...found.groups } });
          return;
        }
      }
      await fallback(request, response, { url });
    } catch (error) {
      log(`${request.method} ${url.pathname}: ${error.stack}`);
      failed(request, response, error);
    }
  };
}

export async function readForm(request) {
  return new URLSearchParams(await readText(request));
}

/** The JSON object in the body; anything else is a 400. */
export async function readJson(request) {
  let value;
  try {
    value = JSON.parse(await readText(request));
  } catch (cause) {
    throw cause instanceof HttpError ? cause : new HttpError(400, 'the body is not JSON');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new HttpError(400, 'the body is not a JSON object');
  }
  return value;
}

async function readText(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST_BODY) {
      throw new HttpError(413, 'the body is too long');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function sendJson(response, status, value) {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** `policy` is added to a content security policy that allows our own style sheet and pictures only. */
export function sendPage(response, status, page, policy = '') {
  for (const [name, value] of Object.entries(pageHeaders(policy))) {
    response.setHeader(name, value);
  }
  send(response, status, 'text/html; charset=utf-8', String(page));
}

export function pageHeaders(policy = '') {
  return {
    'Content-Security-Policy':
      `default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; ${policy}`,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

export function send(response, status, type, body) {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(body);
}

/** Browsers ask for it, and report an error that is none when there is nothing. */
export async function noIcon(_request, response) {
  response.writeHead(204);
  response.end();
}

export function redirect(response, location) {
  response.writeHead(303, { Location: location, 'Cache-Control': 'no-store' });
  response.end();
}

/** `base` with `parameters` added to its query; undefined ones are left out. */
export function withQuery(base, parameters) {
  const url = new URL(base);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null) {
      url.searchParams.set(name, value);
    }
  }
  return url.href;
}

export function onThisMachine(request) {
  return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress);
}

/** Controls for tests: only from this machine, and never from a page in a browser. */
export function forTests(handler) {
  return async (request, response, context) => {
    if (!onThisMachine(request) || request.headers.origin || request.headers['sec-fetch-site']) {
      throw new HttpError(403, 'test controls are for this machine only');
    }
    sendJson(response, 200, await handler(await readJson(request), context));
  };
}
