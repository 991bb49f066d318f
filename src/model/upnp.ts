/** What programs say to a router (UPnP Device Architecture 1.1, sections 1.3, 2 and 3; WANIPConnection:1, section 2.4.18). */

export const gatewayDevice = 'urn:schemas-upnp-org:device:InternetGatewayDevice:1';
export const wanService = 'urn:schemas-upnp-org:service:WANIPConnection:1';
export const externalAddressAction = 'GetExternalIPAddress';

/** Where every device on a network listens for searches. */
export const searchGroup = {host: '239.255.255.250', port: 1900} as const;

const message = (lines: readonly string[], body = ''): string => `${lines.join('\r\n')}\r\n\r\n${body}`;

/**
 * An M-SEARCH for a kind of device.
 *
 * @param host where it goes, as `host:port`
 * @param waitSeconds MX, which only a search of a whole network has: each device waits a random time up to it
 */
export const searchText = (host: string, target: string, waitSeconds: number | null = null): string =>
  message([
    'M-SEARCH * HTTP/1.1',
    `HOST: ${host}`,
    'MAN: "ssdp:discover"',
    ...(waitSeconds === null ? [] : [`MX: ${waitSeconds}`]),
    `ST: ${target}`,
  ]);

export const descriptionRequest = (host: string, path: string): string =>
  message([`GET ${path} HTTP/1.1`, `HOST: ${host}`, 'CONNECTION: close']);

export const soapAction = (service: string): string => `"${service}#${externalAddressAction}"`;

export const soapBody = (service: string): string =>
  '<?xml version="1.0"?>\n' +
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">' +
  `<s:Body><u:${externalAddressAction} xmlns:u="${service}"/></s:Body></s:Envelope>\n`;

export function soapRequest(host: string, path: string, service: string): string {
  const body = soapBody(service);
  return message(
    [
      `POST ${path} HTTP/1.1`,
      `HOST: ${host}`,
      'CONTENT-TYPE: text/xml; charset="utf-8"',
      `CONTENT-LENGTH: ${body.length}`,
      `SOAPACTION: ${soapAction(service)}`,
      'CONNECTION: close',
    ],
    body,
  );
}

/** The router of the lessons, on this machine's loopback. Its other side is made up: 203.0.113.0/24 is for examples (RFC 5737). */
export const practiceRouter = {
  description: '/description.xml',
  control: '/control/wan',
  external: '203.0.113.77',
} as const;
