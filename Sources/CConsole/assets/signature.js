// Who calls and where, and the signature of a request. A key lives in this module and nowhere else: it
// is in no storage, and a reload forgets it.

/** Where calls go: filled in from the server's health when the page opens. */
export const place = { account: null, region: 'us-east-1', signatures: 'ignore' };

let keys = null;

/** Takes a key pair, or with an access key id alone says who calls where nobody checks; '' for the root. */
export function callAs(given) {
  keys = given;
}

/** The access key id that calls are made with; null for none. */
export const keyID = () => keys?.id ?? null;

const text = new TextEncoder();
const hexadecimal = (buffer) =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function digest(message) {
  return hexadecimal(await crypto.subtle.digest('SHA-256', text.encode(message)));
}

async function mac(key, message) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  return crypto.subtle.sign('HMAC', imported, text.encode(message));
}

const escape = (part) =>
  encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalQuery(query) {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => [escape(name), escape(value)])
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
}

/**
 * The headers of a request with those that say who calls (Signature Version 4). Without a key there
 * is only the scope, which names the account and the region to a server that checks no signature.
 */
export async function signed(method, path, headers, body, service) {
  const id = keys?.id ?? place.account;
  if (!id) return headers;
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${place.region}/${service}/aws4_request`;
  const all = { ...headers, 'X-Amz-Date': time };
  if (keys?.token) all['X-Amz-Security-Token'] = keys.token;
  const named = Object.entries({ ...all, Host: location.host })
    .map(([name, value]) => [name.toLowerCase(), value.trim()])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const names = named.map(([name]) => name).join(';');
  let signature = '0'.repeat(64);
  if (keys?.secret) {
    if (!crypto.subtle) throw new Error('This browser signs only on localhost or over https.');
    const [bare, query = ''] = path.split('?');
    const lines = named.map((pair) => pair.join(':')).join('\n');
    const parts = [method, bare, canonicalQuery(query), lines, '', names, await digest(body ?? '')];
    const message = ['AWS4-HMAC-SHA256', time, scope, await digest(parts.join('\n'))].join('\n');
    let key = text.encode(`AWS4${keys.secret}`);
    for (const part of scope.split('/')) key = await mac(key, part);
    signature = hexadecimal(await mac(key, message));
  }
  const fields = `Credential=${id}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...all, Authorization: `AWS4-HMAC-SHA256 ${fields}` };
}
