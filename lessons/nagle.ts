import type {ActorName} from '../src/model/actor.ts';
import {messageFlags} from '../src/model/call.ts';
import type {Act, TimeClaim} from '../src/model/lesson.ts';
import {closesSecond, joins} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {gaveValue, received, returns, waits} from './kit/outcomes.ts';
import {type Socket, sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, client} = sockets({server: ['listener', 'connection'], client: ['client']});

/** One sleeps until all parts have come, the other sends them one by one, and gets an answer of one byte. */
const exchange = (reader: Socket, writer: Socket, ...parts: readonly string[]): readonly [Act, ...Act[]] => [
  reader.receives(parts.join('').length, messageFlags.MSG_WAITALL),
  ...parts.map(part => writer.sends(part)),
  reader.sends('!'),
  writer.receives(1),
];

/**
 * The same once the connection is no longer new: the reader's kernel is in no hurry to acknowledge. It comes to that by
 * itself in a conversation without pauses, and so not on a machine that has much else to do; and not for good.
 */
const round = (reader: Socket, writer: Socket, ...parts: readonly string[]): readonly Act[] => [
  reader.sets('TCP_QUICKACK', 0),
  ...exchange(reader, writer, ...parts),
];

const rounds = (count: number, one: readonly Act[]): readonly [Act, ...Act[]] => {
  const [first, ...others] = Array.from({length: count}, () => one).flat();
  if (!first) throw new Error('no round');
  return [first, ...others];
};

const slow = rounds(3, round(connection, client, 'a', 'b'));
const oneSend = rounds(6, round(connection, client, 'ab'));
const fast = rounds(6, round(connection, client, 'a', 'b'));

// The least time that Linux delays an ACK is 40 ms. The reader is asleep before the first byte is sent, so that a busy
// machine can make its recv() longer, never shorter; of several quick rounds one is quick on a busy machine too.
const quick = (actor: ActorName): TimeClaim => ({actor, call: 'recv', belowMs: 30});
const delayed = (actor: ActorName): TimeClaim => ({actor, call: 'recv', leastMs: 30, belowMs: 1000});
const lost = (actor: ActorName): TimeClaim => ({actor, call: 'recv', leastMs: 1000});

export const nagle = lesson({
  id: 'nagle',
  title: {ja: '小さな send() と 40 ミリ秒', en: 'Small sends and forty milliseconds'},
  about: `小さい send() を 2 回続けると、なぜ遅くなるのか
    Why are two small sends in a row slow, and what does TCP_NODELAY change?`,
  minutes: 8,
  beliefs: {
    'sent-at-once': {ja: 'send() したバイトは、すぐに送り出される', en: 'what I send() is on its way at once'},
    'nagle-delays-all-small': `Nagle アルゴリズムは、小さい send() をすべて遅らせる
      Nagle’s algorithm delays every small send()`,
    'nodelay-on-either-end': `TCP_NODELAY は、接続のどちらの側で設定しても効く
      TCP_NODELAY works on whichever end I set it`,
    'nodelay-keeps-sends-apart': `TCP_NODELAY にすれば、send() ごとに分かれて届く
      with TCP_NODELAY each send() arrives by itself`,
  },
  steps: [
    step('connect', joins(listener, client, connection), {
      before: `サーバーとクライアントをつなぎます。これまでと同じ呼び出しなので、accept() まで一度に進めます。
        Server and client get connected. These are the calls you know, so they all come at once, up to accept().`,
      after: `つながりました。これから、クライアントが「a」と「b」を 1 バイトずつ send() し、2 バイトそろったらサーバーが 1 バイトの返事をします。これを 1 往復と呼びます。
        Connected. From now on the client sends “a” and “b”, one byte each, and once it has both the server answers with one byte. We call that a round.`,
      expect: [client.is('ESTABLISHED'), connection.is('ESTABLISHED')],
      sources: ['man 7 tcp'],
    }),
    step('first-round', exchange(connection, client, 'a', 'b'), {
      before: `ためしに 1 往復します。サーバーの recv() には MSG_WAITALL を付けて、2 バイトそろうまで眠らせます。
        One round to begin with. MSG_WAITALL makes the server’s recv() sleep until both bytes are there.`,
      after: `返事が届きました。つながったばかりの接続では、Linux は確認応答(ACK)をすぐに返すので、1 往復目は速く済みます。やり取りが続くと、急がなくなります。
        The answer is there. On a new connection Linux acknowledges at once, so a first round is quick. As the conversation goes on, it no longer hurries.`,
      expect: [received('!'), client.is('ESTABLISHED', {sendQueue: 0})],
      node: `socket.write('a');  // each write() is a send() of its own
socket.write('b');
socket.on('data', answer => {});`,
      sources: ['man 2 recv', 'man 7 tcp'],
    }),
    step('rounds', slow, {
      before: `3 往復続けます。ACK を急がない、やり取りの途中の状態に毎回そろえるため、サーバーは recv() の前に、Linux の TCP_QUICKACK を 0 にします。
        Three more rounds. Before each recv() the server sets Linux’s TCP_QUICKACK to 0, so that every round is as in the middle of a conversation, when ACKs are in no hurry.`,
      belief: 'sent-at-once',
      question: `いちばん速い往復では、サーバーの recv() は「a」と「b」がそろうまで、どれくらい眠りますか。
        In the quickest round, how long will the server’s recv() sleep until it has “a” and “b”?`,
      choices: [
        {
          text: {ja: '30 ミリ秒より短い', en: 'less than 30 ms'},
          claim: quick('server'),
          because: `ループバックは速くても、「b」がまだ送り出されていません。
            Loopback is fast, but “b” had not left yet.`,
        },
        {text: {ja: '30 ミリ秒から 1 秒', en: 'between 30 ms and a second'}, claim: asClaimed.of('takes')},
        {
          text: {ja: '1 秒以上', en: 'a second or more'},
          claim: lost('server'),
          because: `失われて再送されたのではありません。「b」は、送り出されるのを待っていました。
            Nothing was lost and sent again. “b” was waiting to be sent at all.`,
        },
      ],
      hint: `send() が返るのは、カーネルがバイトを引き受けたときです。いつ送り出すかは、カーネルが決めます。
        send() returns when the kernel has taken the bytes over. When they leave is the kernel’s decision.`,
      after: `どの往復も、約 40 ミリ秒眠りました。send() は 2 回ともすぐに返っていますが、「b」はクライアント側のカーネルにとどまっていました。わけを、次で調べます。
        About 40 ms in every round. Both sends returned at once, yet “b” stayed in the client’s kernel for that long. The next step asks why.`,
      expect: [received('!'), delayed('server')],
      sources: ['man 7 tcp', 'RFC 9293 3.7.4', 'RFC 9293 A.3', 'RFC 9293 3.8.6.3'],
    }),
    step('ask-nodelay', client.reads('TCP_NODELAY'), {
      before: `小さいデータをためてよいかどうかは、TCP_NODELAY という設定で決まります。クライアントの値を聞きます。
        Whether small data may be held back is up to an option, TCP_NODELAY. The client asks for its value.`,
      after: `0 は、Nagle アルゴリズムが働くという意味です。送ったデータの ACK がまだなら(Linux では、それも小さいデータなら)、次の小さいデータを ACK が来るまでためます。一方サーバーは、返事に ACK を乗せようと、Linux では約 40 ミリ秒待ちます(遅延 ACK)。パケットを減らす工夫が二つ、互いを待っていたのです。
        TCP_NODELAY is 0: Nagle’s algorithm is on. While data is unacknowledged (on Linux: if that was small too), small data is held back until the ACK comes. The server meanwhile delays its ACK, on Linux by about 40 ms, to send it along with an answer. Two ways of saving packets waited for each other.`,
      expect: gaveValue(0),
      node: '// Node sets the option, setNoDelay(), and has no call that reads it. net begins with 0, as here.',
      sources: ['man 7 tcp', 'RFC 896', 'RFC 9293 3.7.4', 'RFC 9293 A.3', 'RFC 9293 3.8.6.3'],
    }),
    step('one-send', oneSend, {
      before: `設定はそのままで、今度は「ab」を 1 回の send() で送ります。2 バイトでも、小さいデータです。6 往復します。
        The option stays as it is, but now “ab” goes in one send(). Two bytes are small data too. Six rounds.`,
      belief: 'nagle-delays-all-small',
      question: `いちばん速い往復では、サーバーの recv() はどれくらい眠りますか。
        In the quickest round, how long will the server’s recv() sleep?`,
      choices: [
        {text: {ja: '30 ミリ秒より短い', en: 'less than 30 ms'}, claim: asClaimed.of('takes')},
        {
          text: {ja: '30 ミリ秒から 1 秒', en: 'between 30 ms and a second'},
          claim: delayed('server'),
          because: `小さいというだけでは、待たされません。ACK の来ていないデータが、ほかにあるときだけです。
            Being small is not enough: there must be other data that is not acknowledged yet.`,
        },
      ],
      hint: `前の往復の「ab」の ACK は、サーバーの返事と一緒に届いています。
        The ACK for the last round’s “ab” came along with the server’s answer.`,
      after: `すぐに届きました(数ミリ秒は、このプログラムが呼び出しを順に進める時間です)。ACK を待っているデータがないので、小さくてもすぐに送り出されます。一度に送れるものは 1 回の send() で送るのが、いちばんの対策です。
        At once (the few milliseconds are what this program takes from call to call). Nothing was unacknowledged, so even small data left right away. The best cure: what belongs together goes into one send().`,
      expect: [received('!'), quick('server')],
      node: `socket.cork();
socket.write('a');
socket.write('b');
socket.uncork();  // both in one writev()`,
      sources: ['man 7 tcp', 'RFC 9293 3.7.4', 'RFC 9293 A.3'],
    }),
    step('server-nodelay', connection.sets('TCP_NODELAY', 1), {
      before: `send() を分けたまま速くしたいときは、TCP_NODELAY を 1 にします。まず、サーバーの側で設定してみます。
        To be quick with separate sends, TCP_NODELAY is set to 1. Let us try that at the server’s end first.`,
      after: `成功です。サーバーがこの接続で送るデータは、もう待たされません。
        Done. What the server sends on this connection is no longer held back.`,
      node: 'socket.setNoDelay(true);  // on the connection that the server has',
      sources: ['man 7 tcp'],
    }),
    step('rounds-server-nodelay', slow, {
      before: `クライアントは、また「a」と「b」を別々に send() します。3 往復です。
        The client sends “a” and “b” separately again, three rounds.`,
      belief: 'nodelay-on-either-end',
      question: `いちばん速い往復では、サーバーの recv() はどれくらい眠りますか。
        In the quickest round, how long will the server’s recv() sleep?`,
      choices: [
        {
          text: {ja: '30 ミリ秒より短い', en: 'less than 30 ms'},
          claim: quick('server'),
          because: `設定が効くのは、そのソケットから送るデータだけです。「b」をためているのは、クライアントの側です。
            The option is for what that socket sends. “b” is held back at the client’s end.`,
        },
        {text: {ja: '30 ミリ秒から 1 秒', en: 'between 30 ms and a second'}, claim: asClaimed.of('takes')},
      ],
      after: `また約 40 ミリ秒です。TCP_NODELAY は設定したソケットの送信だけを変え、相手には伝わりません。サーバーの ACK が早くなるわけでもありません。小さいデータを続けて送る側で設定します。
        About 40 ms again. TCP_NODELAY changes what its own socket sends; the peer never hears of it, and the server’s ACK comes no sooner. It belongs on the end that sends the small data.`,
      expect: [received('!'), delayed('server')],
      sources: ['man 7 tcp'],
    }),
    step('client-nodelay', client.sets('TCP_NODELAY', 1), {
      before: `今度は、「a」と「b」を送るクライアントの側で、TCP_NODELAY を 1 にします。
        Now the client, which sends “a” and “b”, sets TCP_NODELAY to 1.`,
      after: `成功です。クライアント側の Nagle アルゴリズムが止まりました。
        Done: at the client’s end Nagle’s algorithm is off.`,
      node: `socket.setNoDelay(true);
net.connect({port: {port}, host: '127.0.0.1', noDelay: true});  // or from the start; node:http does it by itself`,
      sources: ['man 7 tcp'],
    }),
    step('rounds-client-nodelay', fast, {
      before: {ja: '「a」と「b」を別々に送って、6 往復します。', en: '“a” and “b” separately, six rounds.'},
      after: `今度はすぐに届きます。「b」は、「a」の ACK を待たずに送り出されました。遅延 ACK はそのままですが、それを待つ必要がなくなりました。代わりに、小さいパケットが増えます。
        Quick now: “b” left without waiting for the ACK of “a”. The server still delays its ACK, but nothing waits for it. The price is more small packets.`,
      expect: [received('!'), quick('server')],
      sources: ['man 7 tcp'],
    }),
    step('three-sends', ['one', 'two', 'three'].map(text => client.sends(text)) as [Act, Act, Act], {
      before: `TCP_NODELAY のまま、クライアントが「one」「two」「three」を続けて send() します。サーバーは、まだ recv() を呼びません。
        With TCP_NODELAY still on, the client sends “one”, “two” and “three”. The server does not call recv() yet.`,
      after: `ためる理由がないので、三つは別々のセグメントで送り出されました。サーバーの受信キューに、合わせて 11 バイトあります。
        With no reason to hold them back, they left as three segments. In the server’s receive queue there are 11 bytes altogether.`,
      expect: [returns(5), connection.is('ESTABLISHED', {recvQueue: 11})],
      sources: ['man 7 tcp'],
    }),
    step('one-recv', connection.receives(), {
      before: `サーバーが、4096 バイトのバッファーで recv() を 1 回呼びます。
        The server calls recv() once, with a buffer of 4096 bytes.`,
      belief: 'nodelay-keeps-sends-apart',
      question: {ja: 'recv() は何を返しますか。', en: 'What will recv() return?'},
      choices: [
        {
          text: {ja: '最初の send() の「one」だけ', en: '“one”, the first send() only'},
          claim: received('one'),
          because: `セグメントに分かれて届いても、受信キューでは一続きです。
            They came as separate segments, but the receive queue joins them.`,
        },
        {text: {ja: '「onetwothree」の 11 バイト', en: '“onetwothree”, 11 bytes'}, claim: asClaimed},
        {
          text: {ja: '眠る。4096 バイトそろうまで返らない', en: 'it sleeps until there are 4096'},
          claim: waits,
          because: `1 バイトでもあれば、recv() は返ります。そろうまで待つのは MSG_WAITALL のときです。
            One byte is enough for recv() to return. Only MSG_WAITALL waits for all.`,
        },
      ],
      after: `三つがつながって返りました。TCP_NODELAY が変えるのは、いつ送り出すかだけです。バイトストリームに区切りはないので、どこまでが一つのメッセージかは、プログラムが決めます。
        All three, joined. TCP_NODELAY only changes when bytes leave. A byte stream has no boundaries: where a message ends is for the program to decide.`,
      expect: received('onetwothree'),
      node: `socket.on('data', bytes => {});  // also in Node: one event for all three`,
      sources: ['man 7 tcp', 'man 2 recv'],
    }),
    step('close', [client.closes(), closesSecond(connection, client), listener.closes()], {
      before: {ja: '両側を閉じます。', en: 'Both sides close.'},
      after: `閉じました。先に閉じたクライアントの側に、TIME_WAIT が残っています。
        Closed. TIME_WAIT stays with the client, which closed first.`,
      expect: [client.is('TIME_WAIT'), connection.isGone],
      sources: ['man 2 close'],
    }),
  ],
  summary: `ACK の来ていないデータがあると(Linux では、それも小さければ)、Nagle アルゴリズムは次の小さいデータをためます。相手の遅延 ACK と重なると、Linux では 1 往復に約 40 ミリ秒かかります。対策は、1 回の send() にまとめるか、送る側で TCP_NODELAY を使うことです。どちらを選んでも、recv() に区切りは生まれません。
    While data is unacknowledged (on Linux: if that was small too), Nagle’s algorithm holds small data back. Together with the peer’s delayed ACK that costs about 40 ms a round on Linux. The cure is one send() for what belongs together, or TCP_NODELAY on the sending end. Neither puts boundaries into recv().`,
  review: [
    review('head-and-body', [
      step('begin', [...joins(listener, client, connection), ...exchange(client, connection, 'size=5;', 'hello')], {
        before: `今度はサーバーが送ります。ヘッダーの「size=5;」と本体の「hello」を別々に send() し、12 バイトそろったらクライアントが返事をします。はじめの 1 往復です。
          This time the server sends: a head, “size=5;”, and a body, “hello”, in two sends. With all 12 bytes there, the client answers. The first round.`,
        after: `接続したばかりなので、Linux は ACK をすぐに返しました。
          The connection is new, so Linux acknowledged at once.`,
        expect: received('!'),
        sources: ['man 7 tcp'],
      }),
      step('ask', rounds(3, round(client, connection, 'size=5;', 'hello')), {
        before: `同じやり取りを 3 往復続けます。TCP_NODELAY は、どのソケットでも 0 のままです。
          Three more rounds of the same. TCP_NODELAY is still 0 on every socket.`,
        belief: 'sent-at-once',
        question: `いちばん速い往復では、クライアントの recv() は 12 バイトがそろうまで、どれくらい眠りますか。
          In the quickest round, how long will the client’s recv() sleep until it has all 12 bytes?`,
        choices: [
          {
            text: {ja: '30 ミリ秒より短い', en: 'less than 30 ms'},
            claim: {actor: 'client', call: 'recv', belowMs: 30},
            because: `本体は、ヘッダーの ACK が来るまで、サーバー側のカーネルにとどまります。
              The body stays in the server’s kernel until the head is acknowledged.`,
          },
          {text: {ja: '30 ミリ秒以上', en: '30 ms or more'}, claim: {actor: 'client', call: 'recv', leastMs: 30}},
        ],
        after: `送る側がサーバーでも同じです。ヘッダーの ACK を待つサーバーと、返事に ACK を乗せたいクライアントが、約 40 ミリ秒待ち合いました。
          It is the same when the server sends. The server waited for the head’s ACK, and the client wanted to send it along with an answer: about 40 ms.`,
        expect: [received('!'), delayed('client')],
        sources: ['RFC 9293 3.7.4', 'RFC 9293 A.3', 'RFC 9293 3.8.6.3'],
      }),
      closing('close', [client, connection, listener]),
    ]),
    review('keystrokes', [
      step('begin', [...joins(listener, client, connection), ...exchange(connection, client, 'l')], {
        before: `遠くのコンピューターを操作する画面です。打ったキーを 1 バイトずつ送り、サーバーが受け取ったしるしを返してから、次のキーを打ちます。
          A remote terminal: each key that is hit is sent as one byte, and the next one is hit when the server has answered.`,
        after: {ja: '最初のキーが届きました。', en: 'The first key has arrived.'},
        expect: received('!'),
        sources: ['man 7 tcp'],
      }),
      step('ask', rounds(6, round(connection, client, 's')), {
        before: `続けて 6 回、キーを打ちます。TCP_NODELAY は 0、つまり Nagle アルゴリズムは働いています。
          Six more keys. TCP_NODELAY is 0: Nagle’s algorithm is on.`,
        belief: 'nagle-delays-all-small',
        question: `いちばん速いキーでは、サーバーの recv() は 1 バイトが届くまで、どれくらい眠りますか。
          With the quickest of the keys, how long will the server’s recv() sleep until the byte is there?`,
        choices: [
          {
            text: {ja: '30 ミリ秒以上', en: '30 ms or more'},
            claim: {actor: 'server', call: 'recv', leastMs: 30},
            because: `前のキーの ACK は返事と一緒に届いているので、待つものがありません。
              The last key’s ACK came with the answer, so there is nothing to wait for.`,
          },
          {text: {ja: '30 ミリ秒より短い', en: 'less than 30 ms'}, claim: {actor: 'server', call: 'recv', belowMs: 30}},
        ],
        after: `1 バイトでも、すぐに届きます。ACK を待っているデータが、ほかにないからです。待たされるのは、返事を待たずに続けて送ったときです。
          Even a single byte goes at once, since no other data is unacknowledged. It would wait if it followed another one before the answer.`,
        expect: [received('!'), quick('server')],
        sources: ['RFC 9293 3.7.4', 'RFC 9293 A.3'],
      }),
      closing('close', [client, connection, listener]),
    ]),
    review('reader-sets-it', [
      step(
        'begin',
        [
          ...joins(listener, client, connection),
          client.sets('TCP_NODELAY', 1),
          ...exchange(client, connection, 'x', 'y'),
        ],
        {
          before: `サーバーが「x」と「y」を別々に send() し、受け取るクライアントが TCP_NODELAY を 1 にしています。はじめの 1 往復です。
            The server sends “x” and “y” separately, and the client, which receives them, has set TCP_NODELAY to 1. The first round.`,
          after: `接続したばかりなので、Linux は ACK をすぐに返しました。
            The connection is new, so Linux acknowledged at once.`,
          expect: received('!'),
          sources: ['man 7 tcp'],
        },
      ),
      step('ask', rounds(3, round(client, connection, 'x', 'y')), {
        before: {ja: '同じやり取りを 3 往復続けます。', en: 'Three more rounds of the same.'},
        belief: 'nodelay-on-either-end',
        question: `いちばん速い往復では、クライアントの recv() は 2 バイトがそろうまで、どれくらい眠りますか。
          In the quickest round, how long will the client’s recv() sleep until it has both bytes?`,
        choices: [
          {
            text: {ja: '30 ミリ秒より短い', en: 'less than 30 ms'},
            claim: {actor: 'client', call: 'recv', belowMs: 30},
            because: `「y」をためているのはサーバーの側で、そちらの設定は 0 のままです。
              “y” is held back at the server’s end, where the option is still 0.`,
          },
          {text: {ja: '30 ミリ秒以上', en: '30 ms or more'}, claim: {actor: 'client', call: 'recv', leastMs: 30}},
        ],
        after: `約 40 ミリ秒です。受け取る側の TCP_NODELAY は、相手の送信にも自分の ACK にも効きません。
          About 40 ms. On the receiving end TCP_NODELAY changes neither what the peer sends nor one’s own ACKs.`,
        expect: [received('!'), delayed('client')],
        sources: ['man 7 tcp'],
      }),
      closing('close', [client, connection, listener]),
    ]),
    review('two-answers', [
      step(
        'begin',
        [
          ...joins(listener, client, connection),
          connection.sets('TCP_NODELAY', 1),
          connection.sends('OK;'),
          connection.sends('BYE;'),
        ],
        {
          before: `サーバーが TCP_NODELAY を 1 にして、「OK;」と「BYE;」を別々に send() します。
            The server sets TCP_NODELAY to 1 and sends “OK;” and “BYE;” separately.`,
          after: {ja: 'どちらも、すぐに送り出されました。', en: 'Both left at once.'},
          expect: [returns(4), client.is('ESTABLISHED', {recvQueue: 7})],
          sources: ['man 7 tcp'],
        },
      ),
      step('ask', client.receives(100), {
        before: `クライアントが、100 バイトのバッファーで recv() を 1 回呼びます。
          The client calls recv() once, with a buffer of 100 bytes.`,
        belief: 'nodelay-keeps-sends-apart',
        question: {ja: 'recv() は何を返しますか。', en: 'What will recv() return?'},
        choices: [
          {text: {ja: '「OK;BYE;」の 7 バイト', en: '“OK;BYE;”, 7 bytes'}, claim: asClaimed},
          {
            text: {ja: '「OK;」の 3 バイト', en: '“OK;”, 3 bytes'},
            claim: received('OK;'),
            because: `send() の切れ目は、受信キューには残りません。
              Nothing in the receive queue tells where one send() ended.`,
          },
        ],
        after: `二つがつながって返りました。「;」で区切るのは、受け取ったプログラムの仕事です。
          Both, joined. Splitting at the “;” is up to the program that receives.`,
        expect: received('OK;BYE;'),
        sources: ['man 7 tcp'],
      }),
      closing('close', [client, connection, listener]),
    ]),
  ],
});
