import {externalAddressAction, gatewayDevice, practiceRouter, wanService} from '../../model/upnp.ts';
import {parseHead} from '../http/http-head.ts';

/** What the practice router says: as little as a router may. Pure, so that any input can be tried on it. */

const device = 'uuid:50c4e7a1-1c55-4a5e-9d0b-203011300077';
const server = 'SERVER: sockwalk UPnP/1.1 practice-router/1';

/** The longest search that is read, in bytes. */
export const longestSearch = 1024;

/** What a datagram searches for; null when it is no search. */
export function searchedFor(datagram: Uint8Array): string | null {
  const head = parseHead(datagram, longestSearch);
  if (head?.start !== 'M-SEARCH * HTTP/1.1' || head.fields.get('man') !== '"ssdp:discover"') return null;
  return head.fields.get('st') || null;
}

/** The answer to a datagram; null where a router stays silent, which it does for all that is not a search for it. */
export function searchAnswer(datagram: Uint8Array, webPort: number): string | null {
  const target = searchedFor(datagram);
  const found = target === 'ssdp:all' ? 'upnp:rootdevice' : target;
  if (found !== gatewayDevice && found !== 'upnp:rootdevice') return null;
  return [
    'HTTP/1.1 200 OK',
    `LOCATION: http://127.0.0.1:${webPort}${practiceRouter.description}`,
    'CACHE-CONTROL: max-age=120',
    'EXT:',
    server,
    `ST: ${found}`,
    `USN: ${device}::${found}`,
    '\r\n',
  ].join('\r\n');
}

export interface WebAnswer {
  readonly status: number;
  readonly body: string;
}

/** The answer to an HTTP request. `action` is the field SOAPACTION. */
export function webAnswer(method: string, path: string, action: string): WebAnswer {
  const known = {[practiceRouter.description]: 'GET', [practiceRouter.control]: 'POST'}[path];
  if (known === undefined) return {status: 404, body: ''};
  if (method !== known) return {status: 405, body: ''};
  if (path === practiceRouter.description) return {status: 200, body: description};
  return action === `"${wanService}#${externalAddressAction}"`
    ? {status: 200, body: externalAddress}
    : {status: 500, body: invalidAction};
}

const description = `<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0">
<specVersion><major>1</major><minor>1</minor></specVersion>
<device>
<deviceType>${gatewayDevice}</deviceType>
<friendlyName>practice router</friendlyName>
<manufacturer>sockwalk</manufacturer>
<modelName>practice-router</modelName>
<UDN>${device}</UDN>
<deviceList><device>
<deviceType>urn:schemas-upnp-org:device:WANDevice:1</deviceType>
<deviceList><device>
<deviceType>urn:schemas-upnp-org:device:WANConnectionDevice:1</deviceType>
<serviceList><service>
<serviceType>${wanService}</serviceType>
<serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId>
<controlURL>${practiceRouter.control}</controlURL>
</service></serviceList>
</device></deviceList>
</device></deviceList>
</device>
</root>
`;

const envelope = (body: string): string =>
  '<?xml version="1.0"?>\n' +
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">\n' +
  `<s:Body>${body}</s:Body>\n</s:Envelope>\n`;

const externalAddress = envelope(
  `<u:${externalAddressAction}Response xmlns:u="${wanService}">` +
    `<NewExternalIPAddress>${practiceRouter.external}</NewExternalIPAddress>` +
    `</u:${externalAddressAction}Response>`,
);

/** UPnP Device Architecture 1.1, section 3.2.2: it opens no port and changes nothing. */
const invalidAction = envelope(
  '<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>' +
    '<UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>401</errorCode>' +
    '<errorDescription>Invalid Action</errorDescription></UPnPError></detail></s:Fault>',
);
