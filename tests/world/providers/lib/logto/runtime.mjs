// What oidc-provider must find before it is loaded.

// It asks for Node 22; all that Node 20 lacks of what it calls is `URL.parse`.
URL.parse ??= (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null);

// Its notices go to stdout, which belongs to the `ready` line.
console.info = console.error;
