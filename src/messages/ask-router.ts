import type {AskProblem, Reach} from '../model/ask.ts';
import type {Text} from '../model/text.ts';

export const askText = {
  plan: {
    ja: `本物のネットワークに送ります。これから行うこと:
  1. {host}:{port} に、UDP で「ルーターはいますか」(M-SEARCH)を {searches} 通送り、{seconds} 秒待つ(マルチキャストなので、同じ LAN の機器すべてに届く)
  2. 答えた機器(多くて {routers} 台)に HTTP で接続し、説明を読む
  3. その機器に、グローバルIPアドレスを尋ねる(SOAP の GetExternalIPAddress)
ポートは開けません。設定も変えません。接続するのは、答えた機器自身にだけです。
自分のものではないネットワーク(学校、職場、店など)では、管理者の許しを得てください。`,
    en: `This sends to a real network. What will be done:
  1. {searches} datagrams that ask “is there a router?” (M-SEARCH) go to {host}:{port} by UDP, and answers are waited for, {seconds} seconds. It is multicast: every device of the LAN hears it
  2. Each device that answers, {routers} at most, is connected to by HTTP, and its description is read
  3. The same device is asked for its public address (SOAP, GetExternalIPAddress)
No port is opened and no setting is changed. Only devices that answered are connected to.
On a network that is not yours (school, work, a shop), ask whoever runs it first.`,
  },
  question: {ja: '送りますか。[y/N] ', en: 'Send it? [y/N] '},
  nothingSent: {ja: '何も送りませんでした。', en: 'Nothing was sent.'},
  needsYes: {
    ja: 'ask-router は本物のネットワークに送るので、端末で確かめてから行います。端末がないところでは --yes を付けてください。何も送りませんでした。',
    en: 'ask-router sends to a real network, and asks first on a terminal. Without one, say --yes. Nothing was sent.',
  },
  waiting: {ja: '{seconds} 秒、答えを待っています...', en: 'Waiting {seconds} {seconds|second|seconds} for answers...'},
  notSent: {
    ja: '送れませんでした({errno})。ネットワークにつながっていないか、マルチキャストが許されていません。',
    en: 'It could not be sent ({errno}): there is no network, or it does not allow multicast.',
  },
  nobody: {
    ja: 'どの機器も答えませんでした。UPnP を切ってあるルーターは答えません(安全のためには、そのほうがよい設定です)。',
    en: 'No device answered. A router with UPnP turned off does not, and off is the safer setting.',
  },
  location: {ja: '説明の場所: {location}', en: 'description: {location}'},
  server: {ja: '自称: {server}', en: 'calls itself: {server}'},
  address: {ja: '外側のアドレス: {address}', en: 'address on the outside: {address}'},
  claimed: {
    ja: 'どれも機器が自分で言ったことで、確かめられてはいません。',
    en: 'All of this is what the devices say of themselves; none of it has been checked.',
  },
} as const satisfies Record<string, Text>;

export const reachText: Record<Reach, Text> = {
  public: {
    ja: 'グローバルIPアドレスです。外からは、LAN のどの機器もこのアドレスに見えます。',
    en: 'It is a public address. Seen from outside, every device of the LAN has this one.',
  },
  private: {
    ja: 'グローバルではなく、プライベートアドレス(RFC 1918)です。この先にもう一つ NAT があります(二重ルーター)。',
    en: 'It is not public but private (RFC 1918): there is another NAT beyond this one.',
  },
  shared: {
    ja: 'グローバルではなく、事業者の NAT の内側の番号(RFC 6598)です。ここのポートを開けても、外からは届きません。',
    en: 'It is not public but inside the provider’s NAT (RFC 6598): opening a port here does not let outsiders in.',
  },
  reserved: {
    ja: 'インターネットでは使われない番号です。ルーターが外につながっていないのかもしれません。',
    en: 'No machine of the internet has such a number. The router may not be connected to the outside.',
  },
};

/** What is wrong with what a device said, and what was therefore not done. */
export const askProblemText: Record<AskProblem['kind'], Text> = {
  'reply-too-long': {
    ja: '答えが長すぎるので、読みませんでした。',
    en: 'Its answer is too long; it was not read.',
  },
  'no-answer-form': {
    ja: '答えが SSDP の形をしていません。',
    en: 'Its answer does not have the form of SSDP.',
  },
  'no-location': {
    ja: '答えに LOCATION がありません。',
    en: 'Its answer has no LOCATION.',
  },
  'bad-location': {
    ja: 'LOCATION が http の URL ではないので、接続しませんでした。',
    en: 'Its LOCATION is no http URL; it was not connected to.',
  },
  'other-host': {
    ja: 'LOCATION が、答えた機器とは別のところを指しています。だますためかもしれないので、接続しませんでした。',
    en: 'Its LOCATION points to somebody else. That may be a trick, so nothing was connected to.',
  },
  'not-local': {
    ja: 'LAN の外のアドレスから答えてきました。接続しませんでした。',
    en: 'It answered from an address that is not on a LAN. It was not connected to.',
  },
  unreachable: {
    ja: '接続できませんでした({errno})。',
    en: 'It could not be connected to ({errno}).',
  },
  'too-slow': {
    ja: '時間内に答え終わらないので、打ち切りました。',
    en: 'It did not finish its answer in time, and was cut off.',
  },
  'cut-off': {
    ja: '答えの途中で接続が切れました。',
    en: 'The connection ended in the middle of its answer.',
  },
  'bad-http': {
    ja: '答えが HTTP の形をしていません。',
    en: 'Its answer is not HTTP.',
  },
  'header-too-long': {
    ja: 'HTTP のヘッダーが長すぎるので、打ち切りました。',
    en: 'Its HTTP header is too long, and was cut off.',
  },
  'body-too-long': {
    ja: '本文が長すぎるので、打ち切りました。',
    en: 'Its text is too long, and was cut off.',
  },
  compressed: {
    ja: '頼んでいないのに圧縮された本文を送ってきたので、開きませんでした。',
    en: 'It sent compressed text without being asked to; it was not unpacked.',
  },
  redirect: {
    ja: '別の場所へ行くように言われましたが、従いませんでした。',
    en: 'It said to go elsewhere. That was not followed.',
  },
  status: {
    ja: '要求を断られました(HTTP {status})。',
    en: 'It refused the request (HTTP {status}).',
  },
  doctype: {
    ja: 'XML に DOCTYPE があります。少しの文字を巨大に膨らませる仕掛けに使われるので、読みませんでした。',
    en: 'Its XML has a DOCTYPE, which can make little text grow huge. It was not read.',
  },
  'bad-xml': {
    ja: '説明が XML として正しくないか、大きすぎます。',
    en: 'Its text is not well-formed XML, or too large.',
  },
  'no-service': {
    ja: '説明に、グローバルIPアドレスを答えるサービスがありません。',
    en: 'Its description names no service that tells a public address.',
  },
  'bad-control-url': {
    ja: 'controlURL が http の URL ではないので、尋ねませんでした。',
    en: 'Its controlURL is no http URL; it was not asked.',
  },
  'other-control-host': {
    ja: 'controlURL が別の機器を指しているので、尋ねませんでした。',
    en: 'Its controlURL points to another device; that one was not asked.',
  },
  fault: {
    ja: '答えられないと言われました(UPnP のエラー {code})。',
    en: 'It says that it cannot tell (UPnP error {code}).',
  },
  'no-address': {
    ja: '答えに IPv4 アドレスがありません。',
    en: 'There is no IPv4 address in its answer.',
  },
};
