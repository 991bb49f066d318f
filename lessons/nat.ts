import type {FrameClaim} from '../src/model/lesson.ts';
import {text} from './kit/bytes.ts';
import {connects} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {
  asks,
  at,
  forwards,
  home,
  inNetwork,
  internet,
  listensEverywhere,
  masquerades,
  onLan,
  onWan,
  routerInside,
  routerOutside,
  segment,
  withFilter,
} from './kit/home-network.ts';
import {lesson, review} from './kit/lesson.ts';
import {completes, fails, gaveAddress, returns, sentAll, waits} from './kit/outcomes.ts';
import {neverPasses, nothingPasses, passes} from './kit/segments.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, firstConnection, secondConnection} = sockets({
  server: ['listener', 'connection', 'first-connection', 'second-connection'],
});
const {datagram, unanswered, client, own, again, local, first, test, homeListener, guest, outside, friend} = sockets({
  client: ['datagram', 'unanswered', 'client', 'own', 'again', 'local', 'first', 'test'],
  'server-2': ['home-listener', 'guest'],
  'client-2': ['outside', 'friend'],
});
const {second} = sockets({'client-3': ['second']});

/** What a connection leaves behind may come late: the steps after it claim no silence, only that none of these passes. */
const anotherSyn = {flags: ['SYN']} as const satisfies FrameClaim;

const onWire = {shows: 'picture', needs: inNetwork} as const;
const onWireWithFilter = {shows: 'picture', needs: withFilter} as const;
const greeting = text('hello');
const natAndServer = [masquerades, ...listensEverywhere(listener)] as const;
const game = at(routerOutside, 9000);

export const nat = lesson({
  id: 'nat',
  title: {ja: '家とインターネットのあいだ', en: 'Between home and internet'},
  about: `家の中のアドレスは、ルーターの外では、どう書き換わるのか
    What becomes of a home’s own address on the other side of its router?`,
  minutes: 12,
  actors: ['server', 'server-2', 'client', 'client-2', 'network'],
  network: 'home',
  picture: 'hosts',
  hosts: {server: 'internet', 'client-2': 'internet', client: 'home', 'client-3': 'home', 'server-2': 'home'},
  beliefs: {
    'arp-asks-for-the-destination': `遠くのコンピューターに送るときも、まずその相手の MAC アドレスを調べる
      to send to a far computer, one first finds out its MAC address`,
    'private-address-works-outside': `プライベートIPアドレスのままで、インターネットと通信できる
      a private address will do to talk with the internet`,
    'server-sees-the-private-address': `サーバーには、家の中のコンピューターのアドレスが見える
      the server sees the address of the computer at home`,
    'global-address-leads-home': `家の中からも、家のグローバルIPアドレスに接続すれば、家のサーバーに届く
      from inside too, the home’s public address leads to the server at home`,
  },
  steps: [
    step('server-listens', listensEverywhere(listener), {
      before: `三台のコンピューターがあります。家(192.168.1.10)、ルーター(家の側は 192.168.1.1、外側は 203.0.113.5)、インターネット(203.0.113.80)です。インターネットのサーバーが待ち受けます。
        There are three machines: home (192.168.1.10), a router (192.168.1.1 inside, 203.0.113.5 outside), and the internet (203.0.113.80). The internet’s server begins to listen.`,
      after: `三台は、それぞれ別のネットワーク名前空間です。フレームは、ルーターの lan(家の側)と wan(外側)でキャプチャします。ルーターを通るパケットは、入るときと出るときの二度見えます。
        Each of the three is a network namespace of its own. Frames are captured at the router, on lan (the home’s side) and wan (outside): what passes it is seen twice, coming in and going out.`,
      expect: [listener.is('LISTEN', {recvQueue: 0}), nothingPasses],
      ...onWire,
      sources: ['man 2 listen', 'man 7 network_namespaces', 'RFC 1918 3', 'RFC 5737'],
    }),
    step('datagram', [datagram.opens('SOCK_DGRAM'), datagram.sendsTo(at(internet), greeting)], {
      before: `家のクライアントが、インターネットのコンピューターへ、データグラムを一つ送ります。受け取るソケットはありません。見るのは、その道のりです。ルーターは、いまはパケットを転送するだけです。
        The client at home sends one datagram to the machine on the internet. No socket will receive it: what we look at is its way. For now the router only forwards packets.`,
      belief: 'arp-asks-for-the-destination',
      question: `家のコンピューターは ARP で、だれの MAC アドレスを尋ねますか。
        Whose MAC address will the computer at home ask for, by ARP?`,
      choices: [
        {
          text: {ja: `インターネットのコンピューター(${internet})`, en: `the machine on the internet (${internet})`},
          claim: passes(onLan({protocol: 'arp', destination: {host: internet}})),
          because: `ARP もフレームも、同じネットワークの中でしか届きません。203.0.113.80 は、その外にいます。
            ARP and frames reach only the same network, and 203.0.113.80 is outside it.`,
        },
        {
          text: {ja: `ルーター(${routerInside})`, en: `the router (${routerInside})`},
          claim: passes(onLan(asks(home, routerInside))),
        },
        {
          text: {ja: 'だれも。IP アドレスだけで送れる', en: 'nobody’s: the IP address is enough'},
          claim: neverPasses(onLan({protocol: 'arp'})),
          because: `イーサネットのフレームには、宛先の MAC アドレスを書かなければなりません。
            An Ethernet frame needs a destination MAC address.`,
        },
      ],
      hint: `フレームは、ルーターを越えません。遠くへ行くパケットは、まずだれに渡しますか。
        A frame does not pass a router. To whom is a packet given first that goes far?`,
      after: `尋ねたのはルーターです。遠くへのパケットは、宛先の IP アドレスを変えずに、フレームだけルーター宛てにして渡します。ルーターは TTL を 64 から 63 に減らし、wan で 203.0.113.80 を ARP で尋ね、新しいフレームで送りました。
        The router’s. A packet that goes far keeps its destination, and only the frame is addressed to the router. That took TTL from 64 to 63, asked for 203.0.113.80 by ARP on wan, and sent a new frame there.`,
      expect: [
        sentAll(greeting),
        passes(
          onLan(asks(home, routerInside)),
          onLan(asks(routerInside, home)),
          onLan({protocol: 'udp', source: {host: home}, destination: {host: internet}, length: greeting, ttl: 64}),
          onWan(asks(routerOutside, internet)),
          onWan(asks(internet, routerOutside)),
          onWan({protocol: 'udp', source: {host: home}, destination: {host: internet}, length: greeting, ttl: 63}),
        ),
      ],
      ...onWire,
      sources: ['man 7 arp', 'RFC 826', 'RFC 1122 3.3.1', 'RFC 1812 5.3.1'],
    }),
    step('client-connect', [unanswered.opens(), unanswered.sets('TCP_SYNCNT', 1), unanswered.connects(at(internet))], {
      before: `次は TCP です。インターネットのサーバーに connect() します。ルーターは、転送するだけです。早く諦めるように、Linux の TCP_SYNCNT で SYN の再送を減らします。
        Now TCP: the client connects to the server on the internet. The router only forwards. With Linux’s TCP_SYNCNT fewer SYNs are sent again, so that it gives up soon.`,
      belief: 'private-address-works-outside',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {
          text: {ja: '返事が来ず、待ち続ける', en: 'wait, and no answer comes'},
          claim: [waits, passes(onLan({flags: ['SYN'], isAgain: true}))],
        },
        {
          text: {ja: 'ルーターに断られる(ECONNREFUSED)', en: 'be refused by the router: ECONNREFUSED'},
          claim: fails('ECONNREFUSED'),
          because: `ルーターは、よそへのパケットを渡すだけです。断るのは、ふつう宛先のコンピューターです。
            A router hands on what is for others. It is usually the destination that refuses.`,
        },
        {
          text: {ja: '0 が返り、つながる', en: 'return 0: connected'},
          claim: returns(0),
          because: `SYN は着きました。しかし返事の宛先は 192.168.1.10 で、サーバーの側には、そこへの経路がありません。
            The SYN arrived. But the answer would go to 192.168.1.10, and from the server there is no route there.`,
        },
      ],
      hint: `SYN に応えるセグメントは、SYN の送信元のアドレスに送られます。
        What answers a SYN is sent to the SYN’s source address.`,
      after: `待ち続け、SYN が再送されました。SYN は wan に出ても、送信元が 192.168.1.10 のままです。どこの家でも使うプライベートIPアドレスなので、インターネットの側に、そこへ返す経路はありません。
        It waits, and the SYN was sent again. On wan too its source is 192.168.1.10, a private address such as every home uses: from the internet no route leads back to it.`,
      expect: [
        waits,
        unanswered.is('SYN_SENT'),
        listener.queue(0),
        passes(
          onLan(segment(['SYN'], home, {ttl: 64})),
          onWan(segment(['SYN'], home, {ttl: 63})),
          onLan(segment(['SYN'], home, {isAgain: true})),
          onWan(segment(['SYN'], home, {isAgain: true})),
        ),
        neverPasses({from: 'server'}),
      ],
      ...onWire,
      patienceMs: 8000,
      sources: ['RFC 1918 3', 'man 2 connect', 'RFC 9293 3.8.1'],
    }),
    step('server-polls', listener.polls('POLLIN', 2500), {
      // Until connect() has given up: with TCP_SYNCNT 1 that is two waits of one second each (tcp_syn_linear_timeouts, Linux 6.5).
      before: `サーバーのプログラムには、何か届いているでしょうか。poll() で 2.5 秒だけ待ってみます。
        Has anything come to the server’s program? It waits in poll() for 2.5 seconds.`,
      after: `0 が返りました。何も届いていません。返す経路のない SYN は、サーバー側のカーネルが捨てました。そのあいだに connect() も ETIMEDOUT で諦めました。TCP_SYNCNT を変えなければ、2 分あまりかかります。
        poll() returned 0: nothing. The kernel there dropped a SYN that it had no route to answer by. Meanwhile connect() gave up, with ETIMEDOUT; with the usual TCP_SYNCNT that takes more than two minutes.`,
      expect: [returns(0), completes('client-connect', fails('ETIMEDOUT')), neverPasses({from: 'server'})],
      ...onWire,
      patienceMs: 12_000,
      sources: ['man 2 poll', 'man 2 connect', 'man 7 tcp'],
    }),
    step('client-closes', [unanswered.closes(), datagram.closes()], {
      before: {ja: 'クライアントが、二つのソケットを閉じます。', en: 'The client closes its two sockets.'},
      after: `何も流れません。接続は、できていなかったからです。
        Nothing passes: there never was a connection.`,
      expect: [unanswered.isGone, neverPasses({})],
      ...onWire,
      sources: ['man 2 close'],
    }),
    step('masquerade', masquerades, {
      before: `ルーターに NAT の規則を一つ加えます。MASQUERADE は「wan から出ていくものの送信元を、ルーターの wan のアドレスにする」という規則です。
        The router gets a rule of NAT. MASQUERADE: what goes out by wan gets the router’s address there as its source.`,
      after: `規則が入りました。呼び出しの行は、それを nft コマンドで書いたものです。家庭のルーターは、同じ働きを初めから持っています。
        The rule is set; its line among the calls is how it would be written for the nft command. Routers for homes do this from the start.`,
      expect: [returns(0), neverPasses({})],
      ...onWireWithFilter,
      sources: ['man 8 nft', 'RFC 3022 2.2'],
    }),
    step('client-connect-translated', connects(client, at(internet)), {
      before: {ja: 'クライアントが、もう一度 connect() します。', en: 'The client connects once more.'},
      belief: 'private-address-works-outside',
      question: `wan に出る SYN の送信元は、どのアドレスですか。
        Which source address will the SYN have on wan?`,
      choices: [
        {
          text: {ja: `${home}(家のコンピューター)`, en: `${home}, the computer’s at home`},
          claim: passes(onWan(segment(['SYN'], home))),
          because: `それは lan での送信元です。そのままでは返事が来ないことを、さきほど見ました。
            That is its source on lan. With it no answer came, as we have seen.`,
        },
        {
          text: {ja: `${routerInside}(ルーターの家の側)`, en: `${routerInside}, the router’s inside`},
          claim: passes(onWan(segment(['SYN'], routerInside))),
          because: `それもプライベートIPアドレスです。外から返事を送れません。
            That is a private address too. No answer could be sent to it from outside.`,
        },
        {
          text: {ja: `${routerOutside}(ルーターの外側)`, en: `${routerOutside}, the router’s outside`},
          claim: passes(onWan(segment(['SYN'], routerOutside))),
        },
      ],
      hint: `返事が、インターネットからルーターに届くアドレスです。
        It is one by which an answer from the internet gets to the router.`,
      after: `つながりました。lan では 192.168.1.10、wan では 203.0.113.5 からの接続です。ルーターは、どの接続がだれのものかをアドレスとポートで覚えていて、帰りの SYN+ACK の宛先を 192.168.1.10 に書き戻しました。
        Connected. On lan it comes from 192.168.1.10, on wan from 203.0.113.5. The router remembers whose connection it is, by addresses and ports, and wrote 192.168.1.10 back into the SYN+ACK as its destination.`,
      expect: [
        client.is('ESTABLISHED', {local: {host: home}}),
        passes(
          onLan(segment(['SYN'], home, {destination: {host: internet}, ttl: 64})),
          onWan(segment(['SYN'], routerOutside, {destination: {host: internet}, ttl: 63})),
          onWan(segment(['SYN', 'ACK'], internet, {destination: {host: routerOutside}, ttl: 64})),
          onLan(segment(['SYN', 'ACK'], internet, {destination: {host: home}, ttl: 63})),
          onLan(segment(['ACK'], home)),
          onWan(segment(['ACK'], routerOutside)),
        ),
      ],
      ...onWireWithFilter,
      sources: ['RFC 3022 2.2', 'man 8 nft'],
    }),
    step('server-accepts', [listener.accepts(connection), connection.readsPeerAddress()], {
      before: `インターネットのサーバーが accept() し、getpeername() で相手のアドレスを調べます。
        The server on the internet accepts the connection, and asks getpeername() for the name of its peer.`,
      belief: 'server-sees-the-private-address',
      question: {ja: '相手のアドレスは、何と答えますか。', en: 'Which address will it be told?'},
      choices: [
        {
          text: {ja: `${home}(クライアント)`, en: `${home}, the client’s`},
          claim: gaveAddress({host: home}),
          because: `サーバーに届いた SYN には、192.168.1.10 はどこにも書いてありませんでした。
            The SYN that reached the server did not have 192.168.1.10 in it anywhere.`,
        },
        {
          text: {ja: `${routerOutside}(ルーターの外側)`, en: `${routerOutside}, the router’s outside`},
          claim: gaveAddress({host: routerOutside}),
        },
        {
          text: {ja: `${routerInside}(ルーターの家の側)`, en: `${routerInside}, the router’s inside`},
          claim: gaveAddress({host: routerInside}),
          because: `それは、家の中でルーターを呼ぶためのアドレスです。外へ出るパケットには書かれません。
            That is what the router is called inside the home. It is not written into what goes out.`,
        },
      ],
      hint: `サーバーのカーネルが知っているのは、届いた SYN に書いてあったことだけです。
        All that the server’s kernel knows is what stood in the SYN that arrived.`,
      after: `203.0.113.5 です。accept() も getpeername() も、届いた SYN の送信元を答えます。その奥に家のコンピューターがあることは、サーバーには分かりません。
        It is 203.0.113.5. accept() and getpeername() tell the source of the SYN that arrived. That there is a computer behind it, the server cannot know.`,
      expect: [
        gaveAddress({host: routerOutside, port: 'another'}),
        connection.is('ESTABLISHED', {remote: {host: routerOutside}}),
      ],
      needs: withFilter,
      sources: ['man 2 getpeername', 'man 2 accept', 'RFC 3022 2.2'],
    }),
    step('client-name', client.readsOwnAddress(), {
      before: `同じ接続のことを、クライアントも尋ねます。getsockname() は自分の名前です。
        Of the same connection the client asks too: getsockname() is its own name.`,
      after: `192.168.1.10 です。クライアントは、書き換えられたことを知りません。両側の答えはどちらも正しく、二つを結びつけられるのはルーターだけです。
        It is 192.168.1.10. The client knows nothing of the rewriting. Both answers are right, and only the router can tell that they belong together.`,
      expect: gaveAddress({host: home, port: 'another'}),
      needs: withFilter,
      sources: ['man 2 getsockname'],
    }),
    step('close-connection', [client.closes(), connection.closes()], {
      before: {ja: 'この接続を、両側で閉じます。', en: 'Both sides close this connection.'},
      after: `FIN も、同じように書き換えられて通りました。
        The FINs passed too, rewritten in the same way.`,
      expect: passes(onLan(segment(['FIN', 'ACK'], home)), onWan(segment(['FIN', 'ACK'], routerOutside))),
      ...onWireWithFilter,
      sources: ['man 2 close'],
    }),
    step('home-listens', listensEverywhere(homeListener), {
      before: `今度は、家のコンピューターでサーバー(サーバー 2)を動かします。
        Now the computer at home runs a server, server 2.`,
      after: `家のコンピューターの、すべてのアドレスの {port} 番で待ち受けています。ただし、家のグローバルIPアドレス 203.0.113.5 は、そこに含まれません。ルーターのアドレスだからです。
        It listens on port {port} of all addresses of the computer at home. The home’s public address, 203.0.113.5, is none of them: it is the router’s.`,
      expect: homeListener.is('LISTEN'),
      needs: inNetwork,
      sources: ['man 2 listen', 'man 7 ip'],
    }),
    step('own-public-address', connects(own, at(routerOutside)), {
      before: `家のクライアントが、自分の家のグローバルIPアドレス 203.0.113.5 の {port} 番に connect() します。
        The client at home connects to its own home’s public address: 203.0.113.5, port {port}.`,
      belief: 'global-address-leads-home',
      question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
      choices: [
        {
          text: {ja: '0 が返り、家のサーバーにつながる', en: 'return 0: connected to the server at home'},
          claim: returns(0),
          because: `そのアドレスを持つのはルーターです。ルーターは、家のサーバーのことを知りません。
            It is the router that has this address, and it knows nothing of the server at home.`,
        },
        {
          text: {ja: 'いったんインターネットへ出て、戻ってくる', en: 'go out to the internet, and come back'},
          claim: passes(onWan({flags: ['SYN']})),
          because: `宛先はルーター自身なので、SYN はルーターから先へは行きません。
            The router itself is the destination: the SYN goes no further.`,
        },
        {
          text: {ja: 'ルーターに断られる(ECONNREFUSED)', en: 'be refused by the router: ECONNREFUSED'},
          claim: asClaimed.of('outcome'),
        },
      ],
      hint: `203.0.113.5 は、どのコンピューターのアドレスですか。そこの {port} 番で、だれか待っていますか。
        Whose address is 203.0.113.5? Does anybody listen there, on port {port}?`,
      after: `断られました。宛先はルーター自身で、その {port} 番では、だれも待ち受けていません。lan に RST+ACK が返り、wan には何も出ていません。RST の TTL が 64 なのは、ルーターが自分で送ったからです。
        Refused. The destination is the router itself, and nobody listens on its port {port}. RST+ACK came back on lan, and nothing went out on wan. The RST’s TTL is 64: the router itself sent it.`,
      expect: [
        fails('ECONNREFUSED'),
        passes(
          onLan(segment(['SYN'], home, {destination: {host: routerOutside}})),
          onLan(segment(['RST', 'ACK'], routerOutside, {destination: {host: home}, ttl: 64})),
        ),
        neverPasses(onWan(anotherSyn)),
      ],
      ...onWire,
      sources: ['RFC 3022 2.2', 'RFC 9293 3.5.2'],
    }),
    step('port-forward', forwards('server'), {
      before: `ルーターに「wan から {port} 番に来たものは、192.168.1.10 の {port} 番へ渡す」という規則を加えます。ポート開放(ポートフォワーディング)です。
        The router gets another rule: what comes in by wan for port {port} goes on to port {port} of 192.168.1.10. This is port forwarding.`,
      after: `規則が入りました。MASQUERADE とは逆に、入ってくるものの宛先を書き換えます。
        The rule is set. It is the opposite of MASQUERADE: the destination of what comes in is rewritten.`,
      expect: [returns(0), neverPasses(anotherSyn)],
      ...onWireWithFilter,
      sources: ['man 8 nft', 'RFC 3022 2.2'],
    }),
    step('outside-connects', connects(outside, at(routerOutside)), {
      before: `インターネットのクライアント(クライアント 2)が、203.0.113.5 の {port} 番に connect() します。
        A client on the internet, client 2, connects to 203.0.113.5, port {port}.`,
      after: `家のサーバーにつながりました。wan で 203.0.113.5 だった宛先が、lan では 192.168.1.10 です。帰りの SYN+ACK では、送信元が 203.0.113.5 に書き換えられます。
        It is connected to the server at home. The destination was 203.0.113.5 on wan, and is 192.168.1.10 on lan. In the SYN+ACK that goes back, the source is rewritten to 203.0.113.5.`,
      expect: [
        outside.is('ESTABLISHED', {remote: {host: routerOutside}}),
        homeListener.queue(1, {state: 'ESTABLISHED'}),
        passes(
          onWan(segment(['SYN'], internet, {destination: {host: routerOutside}})),
          onLan(segment(['SYN'], internet, {destination: {host: home}})),
          onLan(segment(['SYN', 'ACK'], home, {destination: {host: internet}})),
          onWan(segment(['SYN', 'ACK'], routerOutside, {destination: {host: internet}})),
          onWan(segment(['ACK'], internet, {destination: {host: routerOutside}})),
          onLan(segment(['ACK'], internet, {destination: {host: home}})),
        ),
      ],
      ...onWireWithFilter,
      sources: ['RFC 3022 2.2', 'man 8 nft'],
    }),
    step('home-accepts', homeListener.accepts(guest), {
      before: {ja: '家のサーバーが accept() します。', en: 'The server at home accepts it.'},
      after: `相手は 203.0.113.80、外のクライアントの本当のアドレスです。この規則が書き換えたのは宛先だけで、送信元はそのままでした。
        Its peer is 203.0.113.80, the real address of the client outside. This rule rewrote the destination alone, and left the source as it was.`,
      expect: [
        gaveAddress({host: internet, port: 'another'}),
        guest.is('ESTABLISHED', {local: {host: home, port: 'server'}}),
      ],
      needs: withFilter,
      sources: ['man 2 accept', 'RFC 3022 2.2'],
    }),
    step('inside-again', connects(again, at(routerOutside)), {
      before: `外からはつながりました。家のクライアントが、もう一度 203.0.113.5 の {port} 番に connect() します。
        From outside it works. The client at home connects to 203.0.113.5, port {port}, once more.`,
      belief: 'global-address-leads-home',
      question: {ja: '今度の connect() はどうなりますか。', en: 'What will connect() do this time?'},
      choices: [
        {
          text: {ja: '0 が返り、家のサーバーにつながる', en: 'return 0: connected to the server at home'},
          claim: returns(0),
          because: `この規則は「wan から来たもの」についてです。家の中からの SYN は、lan から来ます。
            The rule is about what comes in by wan. A SYN from inside comes in by lan.`,
        },
        {
          text: {ja: 'さきほどと同じく断られる(ECONNREFUSED)', en: 'be refused as before: ECONNREFUSED'},
          claim: asClaimed.of('outcome'),
        },
        {
          text: {ja: '返事が来ず、待ち続ける', en: 'wait, and no answer comes'},
          claim: waits,
          because: `ルーターが自分宛てとして受け取り、すぐに RST で答えます。
            The router takes it as its own, and answers with RST at once.`,
        },
      ],
      hint: `この規則は、どのインターフェースから来たものについてでしたか。
        By which interface does that come in which the rule is about?`,
      after: `また断られました。規則は wan から来たものだけを渡し、家の中からの SYN は lan から来るからです。中から外側のアドレスに来たものを中へ折り返す働きをヘアピンNAT といい、このルーターにはありません。
        Refused again: the rule is about what comes in by wan, and a SYN from inside comes in by lan. To turn such a SYN back inside is called hairpin NAT, and this router does not do it.`,
      expect: [
        fails('ECONNREFUSED'),
        passes(
          onLan(segment(['SYN'], home, {destination: {host: routerOutside}})),
          onLan(segment(['RST', 'ACK'], routerOutside, {destination: {host: home}})),
        ),
        neverPasses(onWan(anotherSyn)),
      ],
      ...onWireWithFilter,
      sources: ['RFC 5382 7.2', 'RFC 4787 6'],
    }),
    step('close-forwarded', [outside.closes(), guest.closes(), again.closes()], {
      before: `外からの接続と、断られたソケットを閉じます。
        The connection from outside is closed, and the refused socket.`,
      after: `外からの接続の FIN も、宛先を書き換えられて家に届きました。
        The FIN from outside, too, came home with its destination rewritten.`,
      expect: passes(
        onWan(segment(['FIN', 'ACK'], internet, {destination: {host: routerOutside}})),
        onLan(segment(['FIN', 'ACK'], internet, {destination: {host: home}})),
      ),
      ...onWireWithFilter,
      sources: ['man 2 close', 'RFC 3022 2.2'],
    }),
    step('loopback', connects(local, 'server'), {
      before: `クライアントとサーバー 2 は、同じ家のコンピューターにいます。それなら 127.0.0.1 に connect() すれば足ります。
        The client and server 2 are on the same computer. For them it is enough to connect to 127.0.0.1.`,
      after: `つながりました。この接続のものは、lan にも wan にも流れません。同じ LAN の別の機器からなら 192.168.1.10 です。203.0.113.5 とポート開放が要るのは、外から来る相手だけです。
        Connected, and nothing of it passes on lan or on wan. Another device of the same LAN would use 192.168.1.10. Only those who come from outside need 203.0.113.5, and port forwarding.`,
      expect: [
        local.is('ESTABLISHED', {remote: {host: '127.0.0.1', port: 'server'}}),
        homeListener.queue(1),
        neverPasses(anotherSyn),
      ],
      ...onWire,
      sources: ['RFC 1122 3.2.1.3', 'man 7 ip'],
    }),
    closing('close', [local, own, homeListener, listener], {needs: inNetwork}),
  ],
  summary: `プライベートIPアドレスのままでは、外から返事が来ません。NAT は出ていくものの送信元をルーターの外側のアドレスに書き換え、返事を書き戻します。ポート開放は、wan から来たものの宛先を書き換えます。家の中から自分のグローバルIPアドレスに接続しても、ヘアピンNAT がなければ相手はルーターです。同じコンピューターなら 127.0.0.1 で足ります。(RFC 1918、RFC 3022、RFC 5382 7.2)
    To a private address no answer comes from outside. NAT rewrites the source of what leaves to the router’s outer address, and the answers back. Port forwarding rewrites the destination of what comes in by wan. From inside, your own public address is the router, unless that does hairpin NAT. On one computer, 127.0.0.1 is enough. (RFC 1918, RFC 3022, RFC 5382 7.2)`,
  review: [
    review('nobody-there', {actors: ['client', 'network']}, [
      step('connect-to-nobody', connects(client, {host: '198.51.100.7', port: 80}), {
        before: `家のクライアントが、198.51.100.7 の 80 番に connect() します。そのようなコンピューターは、どこにもありません。
          The client at home connects to 198.51.100.7, port 80. There is no such machine anywhere.`,
        belief: 'arp-asks-for-the-destination',
        question: `家のコンピューターは ARP で、だれの MAC アドレスを尋ねますか。
          Whose MAC address will the computer at home ask for, by ARP?`,
        choices: [
          {
            text: {ja: 'だれも。相手がいないので、何も送らない', en: 'nobody’s: there is nobody to send to'},
            claim: neverPasses(onLan({protocol: 'arp'})),
            because: `家のコンピューターは、相手がいるかどうかを知りません。ルーターに渡してみるだけです。
              The computer does not know whether anybody is there. It gives the packet to the router.`,
          },
          {
            text: {ja: '198.51.100.7。だれも答えない', en: 'that of 198.51.100.7, and nobody answers'},
            claim: passes(onLan({protocol: 'arp', destination: {host: '198.51.100.7'}})),
            because: `198.51.100.7 は家のネットワークの外です。いてもいなくても、ARP で尋ねる相手ではありません。
              198.51.100.7 is outside the home’s network. There or not, it is not one to ask for by ARP.`,
          },
          {
            text: {ja: `ルーター(${routerInside})`, en: `that of the router (${routerInside})`},
            claim: passes(onLan(asks(home, routerInside))),
          },
        ],
        after: `ルーターを尋ね、SYN を渡しました。ルーターにはその先への経路がないので、「届かない」という ICMP が返り、connect() は失敗します。
          The router’s, and then gave it the SYN. The router has no route to it, and answers with ICMP, “unreachable”, and connect() fails.`,
        expect: [
          fails('ENETUNREACH'),
          passes(
            onLan(asks(home, routerInside)),
            onLan({flags: ['SYN'], destination: {host: '198.51.100.7'}}),
            onLan({protocol: 'icmp', source: {host: routerInside}, destination: {host: home}}),
          ),
          neverPasses(onWan({})),
        ],
        ...onWire,
        sources: ['RFC 1122 3.3.1', 'RFC 792', 'man 7 icmp'],
      }),
      closing('close', [client], {needs: inNetwork}),
    ]),
    review('from-outside-to-private', {actors: ['server-2', 'client-2']}, [
      step('home-listens', listensEverywhere(homeListener), {
        before: `家のサーバーが待ち受け、友だちに「192.168.1.10 の {port} 番につないで」と教えます。
          A server listens at home, and a friend is told: connect to 192.168.1.10, port {port}.`,
        after: {ja: '待ち受けています。', en: 'It listens.'},
        needs: inNetwork,
        sources: ['man 2 listen'],
      }),
      step('friend-connects', connects(friend, at(home)), {
        before: `友だちは、インターネットの側から connect() します。
          The friend connects, from the internet.`,
        belief: 'private-address-works-outside',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {text: {ja: '失敗する(ENETUNREACH)', en: 'fail: ENETUNREACH'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: '0 が返り、家のサーバーにつながる', en: 'return 0: connected to the server at home'},
            claim: returns(0),
            because: `192.168.1.10 はどの家にもあり得ます。友だちの側からは、この家にたどり着けません。
              Any home may have a 192.168.1.10. From the friend’s side it is no way to this one.`,
          },
          {
            text: {ja: 'ルーターに断られる(ECONNREFUSED)', en: 'be refused by the router: ECONNREFUSED'},
            claim: fails('ECONNREFUSED'),
            because: `ルーターまでも行きません。友だちのカーネルが、送る先を知らないのです。
              It does not even get to the router: the friend’s kernel does not know where to send it.`,
          },
        ],
        after: `ENETUNREACH です。友だちのコンピューターに 192.168.1.x への経路はなく、SYN は出ませんでした。もし友だちの LAN に 192.168.1.10 があれば、その機器につながってしまいます。
          ENETUNREACH. That computer has no route to 192.168.1.x, and no SYN left it. Were there a 192.168.1.10 in the friend’s own LAN, the friend would reach that.`,
        expect: [fails('ENETUNREACH'), neverPasses({})],
        ...onWire,
        sources: ['RFC 1918 3', 'man 2 connect'],
      }),
      closing('close', [friend, homeListener], {needs: inNetwork}),
    ]),
    review('two-from-one-home', {actors: ['server', 'client', 'client-3', 'network']}, [
      step('first-guest', [...natAndServer, ...connects(first, at(internet)), listener.accepts(firstConnection)], {
        before: `サーバーが、いたずらをする客をアドレスで締め出すことにしました。NAT のある家から、最初の客が来ます。
          A server wants to shut out a bad guest, by address. From a home with NAT a first guest comes.`,
        after: {ja: '203.0.113.5 から来ました。', en: 'It came from 203.0.113.5.'},
        expect: gaveAddress({host: routerOutside}),
        needs: withFilter,
        sources: ['man 2 accept'],
      }),
      step('second-guest', [...connects(second, at(internet)), listener.accepts(secondConnection)], {
        before: `同じ家の別の人も、同じサーバーに接続します。
          Somebody else in the same home connects to that server too.`,
        belief: 'server-sees-the-private-address',
        question: {ja: 'サーバーに見えるアドレスは何ですか。', en: 'Which address will the server see?'},
        choices: [
          {text: {ja: '最初の客と同じ 203.0.113.5', en: '203.0.113.5, as with the first guest'}, claim: asClaimed},
          {
            text: {ja: '家の中のアドレス 192.168.1.10', en: '192.168.1.10, an address inside the home'},
            claim: gaveAddress({host: home}),
            because: `家の中のアドレスは、ルーターで書き換えられ、外には出ません。
              Addresses inside the home are rewritten at the router, and do not get out.`,
          },
          {
            text: {ja: '別のグローバルIPアドレス', en: 'another public address'},
            claim: gaveAddress({host: '203.0.113.6'}),
            because: `この家には、グローバルIPアドレスは一つしかありません。
              This home has only one public address.`,
          },
        ],
        after: `同じ 203.0.113.5 で、ポートだけが違います。アドレスで締め出すと、同じ家の全員が入れなくなります。
          It is 203.0.113.5 again, and only the port differs. To shut out that address is to shut out everybody in that home.`,
        expect: gaveAddress({host: routerOutside}),
        needs: withFilter,
        sources: ['man 2 accept', 'RFC 3022 2.2'],
      }),
      closing('close', [first, second, firstConnection, secondConnection, listener], {needs: withFilter}),
    ]),
    review('tested-from-inside', {actors: ['server-2', 'client', 'client-2', 'network']}, [
      step(
        'friend-is-in',
        [masquerades, forwards(9000), ...listensEverywhere(homeListener), ...connects(friend, game)],
        {
          before: `家でゲームのサーバーを動かし、ルーターの 9000 番を開けました。友だちが外から 203.0.113.5 の 9000 番につなぎます。
            A game’s server runs at home, and the router’s port 9000 is forwarded to it. A friend outside connects to 203.0.113.5, port 9000.`,
          after: {ja: '友だちはつながりました。', en: 'The friend is in.'},
          expect: homeListener.queue(1),
          ...onWireWithFilter,
          sources: ['man 8 nft'],
        },
      ),
      step('test-from-inside', connects(test, game), {
        before: `自分でも試そうと、家の中から 203.0.113.5 の 9000 番につなぎます。
          To test it yourself, you connect to 203.0.113.5, port 9000, from inside.`,
        belief: 'global-address-leads-home',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {text: {ja: '断られる(ECONNREFUSED)', en: 'be refused: ECONNREFUSED'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: '友だちと同じく、つながる', en: 'connect, as the friend’s did'},
            claim: returns(0),
            because: `友だちの SYN は wan から、自分の SYN は lan から来ます。規則が渡すのは wan からのものだけです。
              The friend’s SYN came in by wan, yours comes in by lan. The rule is about wan only.`,
          },
          {
            text: {ja: '友だちの接続が切れて、代わりにつながる', en: 'take the place of the friend, who is cut off'},
            claim: friend.isGone,
            because: `一つのポートで、いくつでも接続できます。
              One port can have any number of connections.`,
          },
        ],
        after: `断られました。サーバーやポート開放が壊れているのではありません。このルーターは中からの接続を折り返さないので、試すなら外から、自分で使うなら 127.0.0.1 や 192.168.1.10 です。
          Refused, and neither the server nor the forwarding is broken: this router turns nothing back inside. Test it from outside, and use 127.0.0.1 or 192.168.1.10 yourself.`,
        expect: [
          fails('ECONNREFUSED'),
          passes(onLan({flags: ['SYN']}), onLan(segment(['RST', 'ACK'], routerOutside))),
          neverPasses(onWan(anotherSyn)),
        ],
        ...onWireWithFilter,
        sources: ['RFC 5382 7.2'],
      }),
      closing('close', [friend, test, homeListener], {needs: withFilter}),
    ]),
  ],
});
