import {messageFlags} from '../src/model/call.ts';
import {routerSockets} from '../src/model/lesson.ts';
import {
  descriptionRequest,
  gatewayDevice,
  practiceRouter,
  searchText,
  soapRequest,
  wanService,
} from '../src/model/upnp.ts';
import {text} from './kit/bytes.ts';
import {connects} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {listsInterfaces} from './kit/others.ts';
import {fails, returns, returnsFrom, sentAll, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {udp, page, control, own, listener} = sockets({client: ['udp', 'page', 'control', 'own'], server: ['listener']});

const part = (words: string) => ({kind: 'returns-part', bytes: text(words)}) as const;

/** Where the router serves its description; `{port}` is the port of its web side. */
const webHost = '127.0.0.1:{port}';
const searchFor = (target: string) => text(searchText(`127.0.0.1:{port of ${routerSockets.search}}`, target));
const search = searchFor(gatewayDevice);
const getDescription = text(descriptionRequest(webHost, practiceRouter.description));
const askAddress = text(soapRequest(webHost, practiceRouter.control, wanService));

const web = {of: routerSockets.web};

export const router = lesson({
  id: 'router',
  title: {ja: '自分のアドレスとルーター', en: 'Your addresses and the router'},
  about: {
    ja: 'インターネットから見た自分のアドレスは、だれに聞けば分かるのか',
    en: 'Who can tell you the address that the internet knows you by?',
  },
  minutes: 8,
  network: 'host',
  actors: ['router', 'client'],
  beliefs: {
    'first-address-is-the-lans': `自分のアドレスの一覧で先頭にあるのは、LAN で使うアドレスだ
      the first of my own addresses is the one that I have on the LAN`,
    'search-returns-what-it-found': `機器を探す呼び出しは、見つかった機器の一覧を返す
      the call that searches for devices returns the list of what it found`,
    'found-router-tells-its-global-address': `ルーターが見つかれば、その答えにグローバルIPアドレスが書いてある
      once the router is found, its answer has the public address in it`,
    'global-address-is-this-machines': `グローバルIPアドレスは、このコンピューターに付いているアドレスだ
      the public address is an address of this machine`,
  },
  steps: [
    step('own-addresses', listsInterfaces('client'), {
      before: `はじめに、このコンピューターのアドレスの一覧を getifaddrs() でカーネルに尋ねます。ネットワークには何も送られません。
        First, getifaddrs() asks the kernel for the list of this machine’s own addresses. Nothing is sent to a network.`,
      belief: 'first-address-is-the-lans',
      question: {ja: '一覧には、どんなアドレスが入っていますか。', en: 'Which addresses are in the list?'},
      choices: [
        {
          text: `LAN のアドレスだけ(家の中のほかの機器から届く)
            only those on the LAN, where other devices reach it`,
          claim: {kind: 'returns-interface', which: 'none', internal: true},
          because: `lo(ループバック)のものもあります。LAN のアドレスがほしければ、internal のものを除いて探します。
            lo, the loopback, has one too. To find those on the LAN, leave out what is internal.`,
        },
        {
          text: `127.0.0.1 も(このコンピューターの中だけで使う)
            127.0.0.1 too, for use inside this machine only`,
          claim: asClaimed,
        },
        {
          text: `ルーターのグローバルIPアドレスも(${practiceRouter.external})
            the router’s public address too (${practiceRouter.external})`,
          claim: {kind: 'returns-interface', which: 'some', host: practiceRouter.external},
          because: `グローバルIPアドレスはルーターのもので、この一覧のどこにもありません。
            The public address is the router’s. It is nowhere in this list.`,
        },
      ],
      hint: `インターフェースには番号があります。1 番は、どのコンピューターにもあるものです。
        Interfaces are numbered. Number 1 is one that every machine has.`,
      after: `lo の 127.0.0.1 もありました。Linux では先頭に来ることが多いのですが、順番の約束はありません。どのコンピューターでも 127.0.0.1 は自分自身を指すので、ほかの機器に教えても届きません。なお、接続しに行くだけなら自分のアドレスを調べる必要はなく、connect() のときにカーネルが選びます。
        127.0.0.1, of lo, is there too. On Linux it often comes first, but no order is promised. On every machine it means that machine itself, so it is no use to tell it to another. And to connect somewhere, a program need not look up its own address at all: connect() lets the kernel choose.`,
      expect: {kind: 'returns-interface', which: 'some', host: '127.0.0.1', internal: true},
      node: `const all = Object.values(os.networkInterfaces()).flat();
all.find(one => one.family === 'IPv4' && !one.internal);`,
      sources: ['man 3 getifaddrs', 'man 7 netdevice', 'RFC 1122 3.2.1.3'],
    }),
    step('search-socket', udp.opens('SOCK_DGRAM'), {
      before: `次にルーターを探します。SSDP という決まりでは、HTTP に似た文字列を UDP で送ります。そのためのソケットです。
        Next, the router is searched for. SSDP does that with text much like HTTP’s, sent over UDP. This is the socket for it.`,
      after: `SOCK_DGRAM なので、データグラム(UDP)のソケットです。connect() をしなくても、sendto() のたびに宛先を書けば送れます。
        SOCK_DGRAM makes it a socket for datagrams, which means UDP. It needs no connect(): each sendto() names where to send.`,
      expect: udp.isUnlisted('CLOSE'),
      node: "const udp = dgram.createSocket('udp4');",
      sources: ['man 2 socket', 'man 7 udp'],
    }),
    step('search', udp.sendsTo({of: routerSockets.search}, search), {
      before: `「ルーターはいますか」という M-SEARCH を送ります。ふつうは LAN 全体(マルチキャストの 239.255.255.250:1900)に送りますが、ここではこのコンピューターの中の練習用ルーターだけに送ります。
        An M-SEARCH asks “is there a router?”. Usually it goes to the whole LAN (multicast, 239.255.255.250:1900). Here it goes only to the practice router on this machine.`,
      belief: 'search-returns-what-it-found',
      question: {ja: 'sendto() は何を返しますか。', en: 'What will sendto() return?'},
      choices: [
        {
          text: {ja: '見つかったルーターの数(1)', en: 'how many routers it found: 1'},
          claim: returns(1),
          because: `カーネルは M-SEARCH の意味を知りません。バイトを送っただけです。
            The kernel does not know what an M-SEARCH means. It has sent bytes.`,
        },
        {text: {ja: '送ったバイト数', en: 'how many bytes it sent'}, claim: asClaimed},
        {
          text: {ja: 'まだ返らない。ルーターが答えるまで待つ', en: 'nothing yet: it waits until the router answers'},
          claim: waits,
          because: `送るほうは、相手の返事を待ちません。待つのは recvfrom() です。
            Sending does not wait for an answer. recvfrom() is what waits.`,
        },
      ],
      after: `返ったのは送ったバイト数だけです。答えは、来るとすればあとで届きます。LAN 全体に送ったときは、機器ごとに MX 秒までのばらばらな時に答えるので、「探す関数がその場で一覧を返す」ようには作れません。
        Only the number of bytes came back. An answer comes later, if one comes. In a whole LAN each device waits a random time, up to MX seconds, so a function that searches cannot have its list ready when it returns.`,
      expect: sentAll(search),
      node: "udp.send(search, 1900, '239.255.255.250');\nudp.on('message', (answer, from) => { /* ... */ });",
      sources: ['man 2 sendto', 'UPnP Device Architecture 1.1, 1.3'],
    }),
    step('search-answer', udp.receivesFrom(1500), {
      shows: 'bytes',
      before: `recvfrom() で答えを受け取ります。答えには LOCATION というヘッダーがあります。
        recvfrom() takes the answer. It has a header field that is called LOCATION.`,
      belief: 'found-router-tells-its-global-address',
      question: {ja: 'LOCATION には何が書いてありますか。', en: 'What does LOCATION hold?'},
      choices: [
        {
          text: {ja: 'ルーターのグローバルIPアドレス', en: 'the router’s public address'},
          claim: part(`LOCATION: ${practiceRouter.external}`),
          because: `LOCATION は「説明の場所」で、LAN の側の URL です。
            LOCATION says where the description is: a URL on the side of the LAN.`,
        },
        {
          text: {ja: 'ルーターの LAN 側のアドレスだけ', en: 'the router’s address on the LAN, and no more'},
          claim: part('LOCATION: 127.0.0.1'),
          because: `アドレスだけでは、どのポートの、どこに説明があるのか分かりません。
            An address alone does not tell on which port, and where, the description is.`,
        },
        {
          text: `ルーターの説明(XML)を取りに行く、LAN 側の URL
            a URL on the LAN, where the router’s description is`,
          claim: asClaimed,
        },
      ],
      hint: `名前は「ルーターの場所」ではなく「説明の場所」のことです。
        The name means where the description is, not where the router is.`,
      after: `URL でした。ホストは LAN の側(ここでは 127.0.0.1)で、「:」の前を取り出しても「http」にしかなりません。また、これはだれでも送れる文字列です。接続する前に、ホストが差出人と同じかを確かめます。
        It is a URL. Its host is on the LAN’s side, here 127.0.0.1, and what stands before the first “:” is just “http”. It is also text that anybody could send: before connecting, check that its host is the sender.`,
      expect: part(`LOCATION: http://${webHost}/`),
      node: "udp.on('message', (answer, from) => { /* ... */ });",
      sources: ['man 2 recvfrom', 'UPnP Device Architecture 1.1, 1.3'],
    }),
    step('description-connect', [udp.closes(), ...connects(page, web)], {
      before: `UDP のソケットはもう要りません。閉じて、LOCATION のホストとポートに TCP で接続します。
        The UDP socket has done its work. It is closed, and a TCP connection is made to the host and port of LOCATION.`,
      after: `つながりました。SSDP は UDP で探し、そのあとの話は HTTP、つまり TCP でします。相手のルーターは別のプロセスで、左の表示はカーネルの表から読んだものです。
        Connected. SSDP searches over UDP; what follows is HTTP, over TCP. The router is another process, and what you see of it on the left was read from the kernel’s tables.`,
      expect: [udp.isGone, page.is('ESTABLISHED', {remote: {host: '127.0.0.1', port: 'server'}})],
      node: 'const page = net.connect({host, port});',
      sources: ['man 2 connect', 'UPnP Device Architecture 1.1, 2'],
    }),
    step('description-request', page.sends(getDescription), {
      before: `GET を送ります。HTTP の要求はただの文字列で、最初の行とヘッダー、それに終わりを示す空行です。
        A GET is sent. An HTTP request is only text: a first line, header fields, and an empty line that ends it.`,
      after: `接続の上に何を書くかは、アプリケーション層の決まりです。ソケットにとっては、ただのバイトです。
        What to write on a connection is for an application-layer protocol to say. To the socket, it is bytes.`,
      expect: sentAll(getDescription),
      node: 'http.get(location, answer => { /* ... */ });',
      sources: ['RFC 9112 2.1'],
    }),
    step('description', page.receives(4096, messageFlags.MSG_WAITALL), {
      shows: 'bytes',
      before: `説明を受け取ります。TCP はバイトストリームなので、一度に全部が来るとはかぎりません。MSG_WAITALL は「バッファーが埋まるか、相手が送り終えるまで待つ」という指定です。
        Now the description. TCP is a byte stream, so it need not come all at once. MSG_WAITALL means: wait until the buffer is full or the other side has finished.`,
      belief: 'found-router-tells-its-global-address',
      question: {ja: '説明には何が書いてありますか。', en: 'What does the description say?'},
      choices: [
        {
          text: {ja: 'グローバルIPアドレスを尋ねるための URL', en: 'the URL at which to ask for the public address'},
          claim: asClaimed,
        },
        {
          text: {ja: 'グローバルIPアドレスそのもの', en: 'the public address itself'},
          claim: part(practiceRouter.external),
          because: `説明にあるのは、変わらないことだけです。アドレスは変わるので、そのつど尋ねます。
            The description has what stays the same. An address may change, so it is asked for each time.`,
        },
        {
          text: {ja: 'いま開いているポートの一覧', en: 'the list of ports that are open now'},
          claim: part('NewExternalPort'),
          because: `それも変わるものなので、説明には書かれず、サービスに尋ねます。
            That changes too: it is not in the description, but asked of the service.`,
        },
      ],
      after: `機器の入れ子の中に WANIPConnection というサービスがあり、その controlURL が尋ねる窓口です。知らない相手が作った XML なので、読む長さを限り、そのまま端末に出さないようにします。
        Inside its nested devices there is a service named WANIPConnection, and its controlURL is where to ask. It is XML by a stranger: read no more than a limit, and never print it to a terminal as it is.`,
      expect: part(`<controlURL>${practiceRouter.control}</controlURL>`),
      node: "answer.on('data', chunk => { /* ... */ });\nanswer.on('end', () => { /* ... */ });",
      sources: ['man 2 recv', 'UPnP Device Architecture 1.1, 2'],
    }),
    step('control-connect', [page.closes(), ...connects(control, web)], {
      before: `CONNECTION: close と書いて頼んだので、一つの接続で一つの要求です。閉じて、もう一度つなぎます。
        The request said CONNECTION: close, so one connection serves one request. It is closed, and another one made.`,
      after: `別のソケットと別の一時ポートで、同じ相手につながりました。
        Another socket, with another ephemeral port, is connected to the same place.`,
      expect: control.is('ESTABLISHED', {remote: {port: 'server'}}),
      sources: ['man 2 connect', 'RFC 9112 9.6'],
    }),
    step('ask', control.sends(askAddress), {
      before: `SOAP で尋ねます。SOAP は、XML に書いた呼び出しを HTTP の POST で送る決まりです。呼び出すのは GetExternalIPAddress です。
        The question is put in SOAP: a call, written in XML, that is sent by an HTTP POST. The call is GetExternalIPAddress.`,
      after: `パスワードも鍵もありません。UPnP のルーターは、LAN の中からならだれにでも答え、頼まれればポートも開けます。ここでは尋ねるだけです。
        There was no password and no key. A UPnP router answers anybody on the LAN, and opens ports for anybody too. Here we only ask.`,
      expect: sentAll(askAddress),
      node: "http.request(controlURL, {method: 'POST', headers: {SOAPACTION: action}}, answer => { /* ... */ }).end(xml);",
      sources: ['UPnP Device Architecture 1.1, 3', 'WANIPConnection:1, 2.4.18'],
    }),
    step('external-address', control.receives(4096, messageFlags.MSG_WAITALL), {
      shows: 'bytes',
      before: {ja: '答えを受け取ります。', en: 'Now the answer.'},
      after: `NewExternalIPAddress は ${practiceRouter.external} でした(203.0.113.0/24 は説明用の番号です)。LAN の何台もの機器が、外からはこの一つのアドレスに見えます。ルーターが差出人を書き換え、返事を元の機器に戻すからで、この仕組みが NAT です。
        NewExternalIPAddress is ${practiceRouter.external} (203.0.113.0/24 is for examples). Seen from outside, all devices of a LAN have this one address: the router rewrites the sender of what leaves, and hands each reply to the right device. That is NAT.`,
      expect: part(`<NewExternalIPAddress>${practiceRouter.external}</NewExternalIPAddress>`),
      sources: ['WANIPConnection:1, 2.4.18', 'RFC 5737', 'RFC 2663 4.1'],
    }),
    step('global-bind', [control.closes(), own.opens(), own.binds({host: practiceRouter.external, port: 0})], {
      before: `グローバルIPアドレスが分かりました。新しいソケットを ${practiceRouter.external} に bind() してみます。bind() は何も送りません。
        Now the public address is known. A new socket is bound to ${practiceRouter.external}; bind() sends nothing.`,
      belief: 'global-address-is-this-machines',
      question: {ja: 'bind() は何を返しますか。', en: 'What will bind() return?'},
      choices: [
        {
          text: {ja: '0。外から届くアドレスで待ち受けられる', en: '0: the socket can listen where outsiders reach it'},
          claim: returns(0),
          because: `そのアドレスを持つのはルーターで、このコンピューターではありません。最初の一覧にもありませんでした。
            The router has that address, not this machine. It was not in the first step’s list either.`,
        },
        {
          text: {ja: '-1 と EADDRINUSE。ルーターが使っている', en: '-1 with EADDRINUSE: the router is using it'},
          claim: fails('EADDRINUSE'),
          because: `EADDRINUSE は、このコンピューターのソケットが使っているときです。ルーターのことを、カーネルは知りません。
            EADDRINUSE is about sockets of this machine. Its kernel does not know what the router uses.`,
        },
        {
          text: `-1 と EADDRNOTAVAIL。このコンピューターのアドレスではない
            -1 with EADDRNOTAVAIL: it is no address of this machine`,
          claim: asClaimed,
        },
      ],
      after: `EADDRNOTAVAIL です。外からの接続を受けるには、サーバーは LAN のアドレスで待ち受け、ルーターに「このポートに来たら、この機器に渡す」と設定します。これがポートフォワーディング(ポート開放)です。
        EADDRNOTAVAIL. To take connections from outside, a server listens on its LAN address, and the router is told: what comes to this port goes to that device. This is port forwarding.`,
      expect: fails('EADDRNOTAVAIL'),
      node: `server.listen(8080, '${practiceRouter.external}');\n// 'error': EADDRNOTAVAIL`,
      sources: ['man 2 bind', 'RFC 2663 4.1'],
    }),
    step('own-close', own.closes(), {
      before: `片付けます。では、LAN の中から自分の家のグローバルIPアドレスに connect() すると、どうなるでしょう。外へ出る通信になるので、ここでは試しません。
        Time to clean up. And what if you connect() to your own public address from inside the LAN? That would leave this machine, so it is not tried here.`,
      after: `つながるとはかぎりません。転送の設定がなければ、ルーターに断られる(ECONNREFUSED)か、返事がありません。あっても、返事がグローバルIPアドレスからではなく LAN の機器から直接来ると、接続とは見なされず時間切れになります。これを防ぎ、中から中へ折り返させるのがヘアピンNAT です。
        It need not work. Without port forwarding the router refuses it (ECONNREFUSED) or says nothing. With it, the reply may come straight from the device on the LAN, not from the address that was called, so the connection times out. A router that handles this too does hairpin NAT.`,
      expect: own.isGone,
      sources: ['RFC 4787 6', 'RFC 5382 7.2'],
    }),
  ],
  summary: `127.0.0.1 は自分だけ、LAN のアドレスは家の中、グローバルIPアドレスは外から使うものです。家の IPv4 なら、最後のものはふつうルーターが持つので、ルーターを見つけ、説明を読み、尋ねて、やっと分かります(IPv6 なら機器自身が、事業者の NAT の内側なら事業者が持ちます)。ソケットの練習には 127.0.0.1 で十分です。本物のルーターには、sockwalk ask-router で尋ねられます(送る前に確認があります)。
    127.0.0.1 is for yourself, the LAN address for your home, the public address for those outside. At home, with IPv4, the last is usually the router’s: a program learns it by finding the router, reading its description and asking. (With IPv6 each device has its own; behind a provider’s NAT it is the provider’s.) To practise sockets, 127.0.0.1 is enough. sockwalk ask-router asks your real router, once you have said yes.`,
  review: [
    review('internal-address', {actors: ['client']}, [
      step('own-addresses', listsInterfaces('client'), {
        before: `友だちに教えるアドレスを選ぶため、プログラムが自分のアドレスの一覧から internal のものを除きます。
          To choose an address to tell a friend, a program leaves out of its own addresses those that are internal.`,
        belief: 'first-address-is-the-lans',
        question: {ja: '127.0.0.1 はどうなりますか。', en: 'What becomes of 127.0.0.1?'},
        choices: [
          {
            text: `残る。LAN のアドレスなので internal ではない
              it stays: it is the LAN’s address, not internal`,
            claim: {kind: 'returns-interface', which: 'some', host: '127.0.0.1', internal: false},
            because: `127.0.0.1 は、どのコンピューターでも自分自身を指します。LAN には出ません。
              127.0.0.1 means the machine itself, on every machine. It never leaves for the LAN.`,
          },
          {text: {ja: '除かれる。internal だから', en: 'it goes: it is internal'}, claim: asClaimed},
          {
            text: {ja: '初めから一覧にない', en: 'it was never in the list'},
            claim: {kind: 'returns-interface', which: 'none', host: '127.0.0.1'},
            because: `127.0.0.1 はループバック(lo)のアドレスで、一覧に入っています。
              127.0.0.1 is the address of the loopback, lo, and that is in the list.`,
          },
        ],
        after: `127.0.0.1 は一覧にあり、internal です。除かずに探すと、これが先に見つかることがあります。友だちがつないでも、友だち自身のコンピューターにつながります。
          127.0.0.1 is in the list, and internal. Unless it is left out a search may find it first, and a friend who connects there reaches the friend’s own machine.`,
        expect: {kind: 'returns-interface', which: 'some', host: '127.0.0.1', internal: true},
        node: 'all.filter(one => !one.internal);',
        sources: ['man 3 getifaddrs'],
      }),
    ]),
    review('nobody-answers', {actors: ['router', 'client']}, [
      step(
        'search',
        [
          udp.opens('SOCK_DGRAM'),
          udp.sendsTo({of: routerSockets.search}, searchFor('urn:schemas-upnp-org:device:MediaServer:1')),
        ],
        {
          before: `今度はメディアサーバー(動画などを配る機器)を探します。聞いているのはルーターだけで、メディアサーバーはありません。
            This time a media server is searched for. Only a router hears it; there is no media server here.`,
          after: {ja: '送れました。', en: 'It was sent.'},
          expect: returnsFrom(1),
          sources: ['UPnP Device Architecture 1.1, 1.3'],
        },
      ),
      step('wait', udp.polls('POLLIN', 300), {
        before: {ja: 'poll() で、答えを 0.3 秒だけ待ちます。', en: 'poll() waits for an answer, for 0.3 seconds.'},
        belief: 'search-returns-what-it-found',
        question: {ja: 'poll() は何を返しますか。', en: 'What will poll() return?'},
        choices: [
          {text: {ja: '0。何も届かない', en: '0: nothing comes'}, claim: asClaimed},
          {
            text: {ja: '1。「0 台見つかった」という答えが届く', en: '1: an answer says that none was found'},
            claim: {kind: 'returns-ready', ready: {udp: ['POLLIN']}},
            because: `「いない」と答える役目の機器はありません。
              There is nobody whose role it is to say that there is none.`,
          },
          {
            text: {ja: '-1 と ECONNREFUSED', en: '-1 with ECONNREFUSED'},
            claim: fails('ECONNREFUSED'),
            because: `データグラムは、ルーターのソケットに届いています。ECONNREFUSED は、届け先のポートにだれもいないときです。
              The datagram reached the router’s socket. ECONNREFUSED means that nobody has the port.`,
          },
        ],
        after: `当てはまる機器だけが答えるので、いなければ静かなままです。「見つからなかった」と言えるのは、自分で決めた時間だけ待ったあとです。
          Only a device that fits answers; where there is none, all stays quiet. “Not found” can be said only after waiting as long as you have decided to.`,
        expect: returns(0),
        sources: ['man 2 poll', 'UPnP Device Architecture 1.1, 1.3'],
      }),
      closing('clear-away', udp),
    ]),
    review('host-of-location', {actors: ['router', 'client']}, [
      step('search', [udp.opens('SOCK_DGRAM'), udp.sendsTo({of: routerSockets.search}, searchFor('upnp:rootdevice'))], {
        before: `種類を決めずに、すべての機器(upnp:rootdevice)を探します。プログラムは、最初に答えた機器の LOCATION のホストに接続するつもりです。
          Every device is searched for, of whatever kind (upnp:rootdevice). The program means to connect to the host in the LOCATION of the first one that answers.`,
        after: {ja: '送れました。', en: 'It was sent.'},
        expect: returnsFrom(1),
        sources: ['UPnP Device Architecture 1.1, 1.3'],
      }),
      step('answer', udp.receivesFrom(1500), {
        before: {ja: '答えを受け取ります。', en: 'The answer is received.'},
        belief: 'found-router-tells-its-global-address',
        question: {ja: 'new URL(location).hostname は何になりますか。', en: 'What will new URL(location).hostname be?'},
        choices: [
          {
            text: {ja: 'ルーターの外側のアドレス', en: 'the router’s address on the outside'},
            claim: part(`LOCATION: http://${practiceRouter.external}`),
            because: `LOCATION は、LAN の側から説明を取りに行く URL です。
              LOCATION is a URL for fetching the description from the LAN.`,
          },
          {
            text: {ja: '答えた機器の、こちら側のアドレス', en: 'the address on our side of the device that answered'},
            claim: asClaimed,
          },
          {
            text: {ja: '空。URL ではないから', en: 'nothing: LOCATION is no URL'},
            claim: part(`LOCATION: ${practiceRouter.external}`),
            because: {ja: 'LOCATION は http:// で始まる URL です。', en: 'LOCATION is a URL: it begins with http://.'},
          },
        ],
        after: `こちら側のアドレスでした。そこに接続すると、インターネットの向こうではなく、同じ LAN の機器そのものと話すことになります。
          The address on our side. Whoever connects there talks to that device on the same LAN, not to anything beyond it.`,
        expect: part('LOCATION: http://127.0.0.1'),
        node: 'new URL(location).hostname;',
        sources: ['UPnP Device Architecture 1.1, 1.3'],
      }),
      closing('clear-away', udp),
    ]),
    review('cloud-address', [
      step('server-bind', [listener.opens(), listener.binds({host: '203.0.113.20', port: 0})], {
        before: `クラウドの管理画面には、このサーバーのグローバルIPアドレスは 203.0.113.20 とあります。事業者の NAT が、内側のアドレスに転送しています。サーバーは 203.0.113.20 に bind() します。
          A cloud’s control panel says that this server’s public address is 203.0.113.20. The provider’s NAT forwards that to an inner address. The server binds to 203.0.113.20.`,
        belief: 'global-address-is-this-machines',
        question: {ja: 'bind() は何を返しますか。', en: 'What will bind() return?'},
        choices: [
          {
            text: `-1 と EADDRNOTAVAIL。サーバーの中にそのアドレスはない
              -1 with EADDRNOTAVAIL: the server does not have that address`,
            claim: asClaimed,
          },
          {
            text: {ja: '0。管理画面にあるアドレスだから', en: '0: it is the address in the panel'},
            claim: returns(0),
            because: `管理画面が示すのは外から見たアドレスです。カーネルは知りません。
              The panel shows what is seen from outside. The kernel does not know it.`,
          },
          {
            text: `-1 と EACCES。グローバルIPアドレスには特権が要る
              -1 with EACCES: a public address needs a privilege`,
            claim: fails('EACCES'),
            because: `特権が要るのは、ふつうは 1024 より小さいポートです。アドレスには要りません。
              It is ports below 1024 that usually need a privilege, not addresses.`,
          },
        ],
        after: `アドレスを持つのは事業者の機器です。サーバーは内側のアドレスか 0.0.0.0(自分のすべてのアドレス)で待ち受けます。
          It is the provider’s equipment that has the address. The server listens on its inner address, or on 0.0.0.0, which means all of its own.`,
        expect: fails('EADDRNOTAVAIL'),
        sources: ['man 2 bind', 'man 7 ip'],
      }),
      closing('clear-away', listener),
    ]),
  ],
});
