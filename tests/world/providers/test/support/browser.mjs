// A browser reduced to what a sign-in needs of one: cookies, one redirect at a time, forms.

/** Cookies as RFC 6265 sends them: by host and path, never by port. */
export class Browser {
  #cookies = new Map();

  constructor(headers = {}) {
    this.headers = headers;
  }

  /** One request; no redirect is followed. The response has `page` (its text) and `at` (the URL). */
  async request(url, options = {}) {
    const at = new URL(url);
    const headers = { accept: 'text/html', ...this.headers, cookie: this.#cookiesFor(at), ...options.headers };
    const response = await fetch(at, { redirect: 'manual', ...options, headers });
    for (const line of response.headers.getSetCookie()) {
      this.#store(at, line);
    }
    return Object.assign(response, { at, page: await response.text() });
  }

  /** Follows redirects until a page, or until a URL for which `stop` holds. */
  async visit(url, { stop = () => false, ...options } = {}) {
    let response = await this.request(url, options);
    for (let hops = 0; response.status === 303 || response.status === 302; hops += 1) {
      const next = new URL(response.headers.get('location'), response.at);
      if (stop(next)) {
        return Object.assign(response, { stopped: next });
      }
      if (hops === 20) {
        throw new Error(`too many redirects at ${next}`);
      }
      response = await this.request(next);
    }
    return response;
  }

  /** Submits the form of a page; hidden fields come along, `fields` add to or replace them. */
  submit(response, fields, options = {}) {
    const action = /<form[^>]* action="([^"]*)"/u.exec(response.page)[1].replaceAll('&amp;', '&');
    const hidden = [...response.page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu)];
    const body = new URLSearchParams({ ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), ...fields });
    return this.visit(new URL(action, response.at), { ...options, method: 'POST', body });
  }

  #cookiesFor({ hostname, pathname }) {
    return [...this.#cookies.values()]
      .filter(({ host, path }) => host === hostname
        && (pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #store({ hostname }, line) {
    const [pair, ...attributes] = line.split(';').map((part) => part.trim());
    const [name, value] = pair.split(/=(.*)/su);
    const attribute = (wanted) => attributes.map((part) => part.split('='))
      .find(([key]) => key.toLowerCase() === wanted)?.[1];
    const path = attribute('path') ?? '/';
    const key = `${hostname} ${path} ${name}`;
    const expires = attribute('expires');
    if (expires && Date.parse(expires) < Date.now()) {
      this.#cookies.delete(key);
    } else {
      this.#cookies.set(key, { host: hostname, path, name, value });
    }
  }
}
