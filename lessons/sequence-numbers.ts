import type {Act, FrameClaim} from '../src/model/lesson.ts';
import {fill} from './kit/bytes.ts';
import {closesAll, connects, joins, listens} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {fails, returns} from './kit/outcomes.ts';
import {neverPasses, nothingPasses, passes, passesOnly} from './kit/segments.ts';
import {type Socket, sockets} from './kit/sockets.ts';
import {step} from './kit/step.ts';

const {listener, connection, connectionAgain, client, clientAgain} = sockets({
  server: ['listener', 'connection', 'connection-again'],
  client: ['client', 'client-again'],
});

const handshake: readonly FrameClaim[] = [
  {from: 'client', flags: ['SYN'], sequence: 0},
  {from: 'server', flags: ['SYN', 'ACK'], sequence: 0, acknowledgment: 1},
  {from: 'client', flags: ['ACK'], sequence: 1, acknowledgment: 1},
];

/** An acknowledgment that is all that a segment is for. */
const bareAck = (from: 'server' | 'client', acknowledgment?: number): FrameClaim => ({
  from,
  flags: ['ACK'],
  length: 0,
  ...(acknowledgment === undefined ? {} : {acknowledgment}),
});

/**
 * From now on its kernel is in no hurry to acknowledge, as in the middle of a conversation. It comes to that by itself, but not
 * on a machine that has much else to do; and not for good.
 */
const takesItsTime = (socket: Socket): Act => socket.sets('TCP_QUICKACK', 0);

/** Small segments leave at once. */
const sendsAtOnce = (socket: Socket): Act => socket.sets('TCP_NODELAY', 1);

const round: readonly [Act, ...Act[]] = [
  takesItsTime(connection),
  client.sends('ping'),
  connection.receives(),
  connection.sends('pong'),
  client.receives(),
];

/** The server talks, and the client says something now and then. */
const serverTalks: readonly [Act, ...Act[]] = [
  takesItsTime(client),
  ...['a', 'b', 'c'].map(word => connection.sends(word)),
  client.sends('I see'),
];

// Bytes of the client: hello 1 to 5, again 6 to 10, ping 11 to 14, 15 to 18 and 19 to 22, three words of 4 up to 34.
// Bytes of the server: HELLO! 1 to 6, pong 7 to 18, done 19 to 22.
const afterWords = 35;
const afterDone = 23;

export const sequenceNumbers = lesson({
  id: 'sequence-numbers',
  title: {ja: '番号と確認応答', en: 'Numbers and acknowledgments'},
  about: {ja: 'seq と ack の番号は、何を数えているのか', en: 'What do seq and ack count, and what takes a number?'},
  minutes: 10,
  network: 'private',
  beliefs: {
    'numbers-begin-at-zero': `シーケンス番号は、接続ごとに 0 か 1 から始まる
      the sequence numbers of every connection begin at 0 or 1`,
    'ack-names-last-byte': `ACK の番号は、受け取った最後のバイトの番号だ
      an ACK names the last byte that was received`,
    'ack-for-every-segment': `届いたセグメントには、一つずつ、すぐに ACK が返る
      every segment that arrives is answered by an ACK of its own, at once`,
    'no-data-no-number': {ja: 'データのないセグメントは、番号を使わない', en: 'a segment without data takes no number'},
  },
  steps: [
    step('server-listen', listens(listener), {
      before: `このレッスンは、セグメントに書かれた番号を読みます。まず、サーバーが待ち受けます。
        This lesson reads the numbers that are written in segments. First the server gets ready to listen.`,
      after: `TCP は、送るバイトに一つずつ番号を付けます。シーケンス番号(seq)です。受け取った側は、その番号を使って答えます(ack)。
        TCP gives a number to each byte that it sends: the sequence number (seq). The receiving side answers in terms of these numbers (ack).`,
      expect: nothingPasses,
      shows: 'wire',
      sources: ['RFC 9293 3.4'],
    }),
    step('client-connect', connects(client), {
      before: `クライアントが connect() します。最初のセグメントは SYN で、シーケンス番号の始まりを伝えます。
        The client calls connect(). The first segment is a SYN, which says where its sequence numbers begin.`,
      belief: 'numbers-begin-at-zero',
      question: `SYN のヘッダーには、どのシーケンス番号が入っていますか。
        Which sequence number is in the header of the SYN?`,
      choices: [
        {
          text: {ja: '0', en: '0'},
          claim: passes({from: 'client', flags: ['SYN'], sequenceInHeader: 0}),
          because: `0 に見えるのは、見やすいように引き算した相対番号です。ヘッダーの数は違います。
            The 0 that you may have seen is a relative number, made by subtraction for the reader. The header holds another.`,
        },
        {
          text: {ja: '1', en: '1'},
          claim: passes({from: 'client', flags: ['SYN'], sequenceInHeader: 1}),
          because: `いつも同じ番号から始めると、前の接続の遅れたセグメントと見分けられません。
            If all began alike, late segments of an earlier connection could not be told from those of this one.`,
        },
        {
          text: {ja: '予想できない、接続ごとに違う番号', en: 'one that cannot be predicted, and differs each time'},
          claim: passes({from: 'client', flags: ['SYN'], sequenceInHeader: {least: 2}}),
        },
      ],
      hint: `前の接続の遅れたセグメントが紛れ込んだり、第三者が番号を言い当てたりしては困ります。
        A late segment of an earlier connection should not fit in, nor one from somebody who guesses the number.`,
      after: `32 ビットの、予想できない番号です(初期シーケンス番号)。サーバーも自分の番号を選びました。w でフレームの中を見ると、ヘッダーの数が分かります。大きくて読みにくいので、ここからは SYN を 0 と数えた相対番号で書きます。
        A number of 32 bits that nobody can predict, the initial sequence number. The server chose one of its own. Press w to see them in the headers. They are long to read, so from here on we count from the SYN: that is 0, and the rest relative to it.`,
      expect: passesOnly({...handshake[0], sequenceInHeader: {least: 2}}, ...handshake.slice(1)),
      shows: 'wire',
      sources: ['RFC 9293 3.4.1', 'RFC 6528'],
    }),
    step('server-accept', listener.accepts(connection), {
      before: `サーバーが accept() します。何も流れないので、ハンドシェイクの番号をもう一度見てください。
        The server calls accept(). Nothing passes, so have another look at the numbers of the handshake.`,
      after: `クライアントの SYN は seq 0、それに答えた SYN+ACK は ack 1 です。SYN はデータを持ちませんが、番号を一つ使います。番号があるから、届いたと答えてもらえるのです。データの最初のバイトは 1 番です。
        The client’s SYN is seq 0, and the SYN+ACK that answers it says ack 1. A SYN has no data, yet it takes one number: only what has a number can be acknowledged. The first byte of data will be number 1.`,
      expect: nothingPasses,
      shows: 'wire',
      sources: ['RFC 9293 3.4', 'RFC 9293 3.5'],
    }),
    step('client-send', client.sends('hello'), {
      before: `クライアントが「hello」を送ります。5 バイトの番号は 1 から 5 です。
        The client sends “hello”. Its five bytes have the numbers 1 to 5.`,
      belief: 'ack-names-last-byte',
      question: `サーバー側から返る ACK の番号は、いくつですか。
        Which number will the ACK from the server’s side name?`,
      choices: [
        {
          text: {ja: '2。次のセグメントの番号', en: '2, the number of the next segment'},
          claim: passes(bareAck('server', 2)),
          because: `番号が付いているのは、セグメントではなくバイトです。
            Bytes are numbered, not segments.`,
        },
        {
          text: {ja: '5。届いた最後のバイトの番号', en: '5, the last byte that has arrived'},
          claim: passes(bareAck('server', 5)),
          because: `SYN(0 番)への ACK は、0 ではなく 1 でした。
            The ACK for the SYN, number 0, said 1 and not 0.`,
        },
        {
          text: {ja: '6。次に欲しいバイトの番号', en: '6, the byte that is wanted next'},
          claim: passes(bareAck('server', 6)),
        },
      ],
      hint: {ja: 'SYN(0 番)への ACK は 1 でした。', en: 'The ACK for the SYN, which is number 0, said 1.'},
      after: `ack 6 は「5 番まで全部届いた。次は 6 番が欲しい」です。サーバーはまだ recv() を呼んでいません。答えたのはカーネルです。
        “ack 6” says: I have all up to 5, and want 6 next. The server has not called recv() yet. It was the kernel that answered.`,
      expect: [returns(5), passes({from: 'client', sequence: 1, length: 5}, bareAck('server', 6))],
      shows: 'wire',
      sources: ['RFC 9293 3.4', 'RFC 9293 3.10.7.4'],
    }),
    step('server-recv', connection.receives(), {
      before: {ja: 'サーバーが recv() で 5 バイトを読みます。', en: 'The server reads the 5 bytes with recv().'},
      after: `何も流れません。ACK は「届いた」という答えで、もう済んでいます。プログラムが読んだかどうかは、ACK では分かりません。
        Nothing passes. An ACK says that bytes have arrived, and that was said before. Whether a program has read them, an ACK does not tell.`,
      expect: [returns(5), nothingPasses],
      shows: 'wire',
      sources: ['man 2 recv', 'RFC 9293 3.4'],
    }),
    step('server-send', [connection.sends('HELLO!'), client.receives()], {
      before: `今度はサーバーが「HELLO!」の 6 バイトを送り、クライアントが読みます。
        Now the server sends 6 bytes, “HELLO!”, and the client reads them.`,
      after: `seq は 1 です。番号は向きごとに別で、サーバーにはサーバーの番号があります。同じセグメントが ack 6 とも言っています。最初の SYN と一部の RST のほかは、どのセグメントにも ack が入ります。
        It is seq 1: each direction has numbers of its own, and these are the server’s. The same segment says ack 6 as well. Every segment but the first SYN, and some RSTs, has an ack in it.`,
      expect: [
        returns(6),
        passes({from: 'server', sequence: 1, acknowledgment: 6, length: 6}, {...bareAck('client', 7), sequence: 6}),
      ],
      shows: 'wire',
      sources: ['RFC 9293 3.4', 'RFC 9293 3.1'],
    }),
    step('late-ack', [takesItsTime(connection), connection.receives(), client.sends('again')], {
      before: `サーバーは recv() で待ち、クライアントが 5 バイトを送ります。Linux の TCP_QUICKACK を 0 にして、サーバー側のカーネルを、やり取りの途中と同じ「急がない」状態にしておきます。
        The server waits in recv(), and the client sends 5 bytes. Linux’s TCP_QUICKACK, set to 0, puts the server’s kernel in no hurry, which is how it is in the middle of a conversation.`,
      belief: 'ack-for-every-segment',
      question: {ja: 'ACK は、いつ返りますか。', en: 'When will the ACK come back?'},
      choices: [
        {
          text: {ja: 'すぐに(20 ミリ秒未満)', en: 'at once, in less than 20 ms'},
          claim: passes({from: 'client', length: 5}, {...bareAck('server', 11), afterMs: {below: 20}}),
          because: `すぐ返すと、ACK だけのセグメントが一つ要ります。少し待てば、返事のデータと一緒に運べるかもしれません。
            That would cost a segment for the ACK alone. A little later there may be an answer to send it with.`,
        },
        {
          text: {ja: '少し待ってから', en: 'after a little while'},
          claim: passes({from: 'client', length: 5}, {...bareAck('server', 11), afterMs: {least: 20}}),
        },
        {
          text: {ja: 'サーバーが返事を送るまで返らない', en: 'not before the server sends an answer'},
          claim: [passes({from: 'client', length: 5}), neverPasses({from: 'server'})],
          because: `待つ時間には限りがあります。相手が、届かなかったと思って送り直すからです。
            It must not wait too long, or the peer thinks that the bytes are lost and sends them again.`,
        },
      ],
      hint: `ACK だけのセグメントも、線とカーネルには負担です。
        A segment for nothing but an ACK is work too, for the wire and for both kernels.`,
      after: `recv() はすぐに返りましたが、ACK は少し待ってから流れました。Linux ではふつう約 40 ミリ秒です。返事のデータができれば一緒に運べるので、それを待つのです(遅延 ACK)。
        recv() returned at once, and the ACK left only later: on Linux usually after about 40 ms. The kernel waits in case there is an answer that can carry the ACK. This is a delayed ACK.`,
      expect: [
        returns(5),
        passes({from: 'client', sequence: 6, length: 5}, {...bareAck('server', 11), afterMs: {least: 20}}),
      ],
      shows: 'wire',
      sources: ['RFC 9293 3.8.6.3', 'RFC 1122 4.2.3.2', 'man 7 tcp'],
    }),
    step('rounds', [...round, ...round, ...round], {
      before: `クライアントが「ping」を送り、サーバーが読んで、すぐに「pong」と返します。これを 3 回します。
        The client sends “ping”, and the server reads it and answers “pong” right away. Three times.`,
      belief: 'ack-for-every-segment',
      question: `三つの「ping」に、サーバー側からは ACK だけのセグメントがいくつ流れますか。
        For the three pings, how many segments with nothing but an ACK will come from the server’s side?`,
      choices: [
        {
          text: {ja: '三つ。ping ごとに一つ', en: 'three, one for each ping'},
          claim: {frames: [], count: {of: bareAck('server'), least: 3}},
          because: `データを運ぶセグメントには、ack も入ります。「pong」にもです。
            A segment with data has an ack in it as well, and so do the pongs.`,
        },
        {
          text: {ja: '三つより少ない', en: 'fewer than three'},
          claim: {frames: [], count: {of: bareAck('server'), least: 0, below: 3}},
        },
      ],
      hint: {ja: '「pong」のセグメントにも、ack を書く場所があります。', en: 'A pong has room for an ack, too.'},
      after: `「pong」が ack も運びました。15、19、23 と、ping のたびに 4 ずつ進んでいます。待つ間に返事ができたので、ACK だけのセグメントは要りません。間に合わないほど忙しいときだけ、別に流れます。
        The pongs carried the acks: 15, 19, 23, on by 4 with every ping. The answer was there before the wait was over, so no segment of its own was needed. Only on a machine too busy to answer in time would one go out.`,
      expect: [
        returns(4),
        {
          // How many ACKs went alone is the question's: on a busy machine an answer may come after the 40 ms of the wait.
          frames: [15, 19, 23].map(acknowledgment => ({from: 'server', length: 4, acknowledgment})),
        },
      ],
      shows: 'wire',
      sources: ['RFC 9293 3.8.6.3'],
    }),
    step(
      'three-words',
      [
        sendsAtOnce(client),
        takesItsTime(connection),
        ...['one ', 'two ', 'six '].map(word => client.sends(word)),
        connection.sends('done'),
      ],
      {
        before: `クライアントが、4 バイトずつ 3 回続けて送ります。番号は 23 から 34 です。そのあとでサーバーが「done」と送ります。TCP_NODELAY は、三つを別々のセグメントにするためです。
          The client sends three times in a row, 4 bytes each: numbers 23 to 34. After that the server sends “done”. TCP_NODELAY makes three segments of the three.`,
        belief: 'ack-for-every-segment',
        question: `「done」のセグメントの ack は、いくつですか。
          What will be the ack of the segment “done”?`,
        choices: [
          {
            text: {ja: '35。三つまとめて', en: '35: all three at once'},
            claim: passes({from: 'server', length: 4, acknowledgment: afterWords}),
          },
          {
            text: {ja: '27。答えるのは、一つ目から順に', en: '27: first things first'},
            claim: passes({from: 'server', length: 4, acknowledgment: 27}),
            because: `セグメントごとに答える必要はありません。全部届いていれば、その続きの番号を言えば足ります。
              There is no need to answer each. If all have arrived, the number after the last of them says so.`,
          },
        ],
        hint: `ack は「そこより前は全部届いた」という意味です。
          An ack says that everything before it has arrived.`,
        after: `ack 35 の一つで、三つのセグメントが全部届いたと分かります。ACK は「ここまで全部」なので、途中の ACK がなくなっても困りません。
          One “ack 35” says that all three segments are there. Since an ACK means “all up to here”, it does no harm if one before it gets lost.`,
        expect: [
          returns(4),
          passes(...[23, 27, 31].map((sequence): FrameClaim => ({from: 'client', sequence, length: 4})), {
            from: 'server',
            length: 4,
            acknowledgment: afterWords,
          }),
        ],
        shows: 'wire',
        sources: ['RFC 9293 3.4', 'RFC 9293 3.8.6.3'],
      },
    ),
    step('client-close', [connection.receives(), client.receives(), client.closes()], {
      before: `両側が残りを読み、クライアントが close() します。FIN の seq は 35 で、データはありません。
        Both sides read what is left, and the client closes. Its FIN is seq 35 and has no data.`,
      belief: 'no-data-no-number',
      question: {ja: 'FIN への ACK は、いくつですか。', en: 'What will the ACK for the FIN be?'},
      choices: [
        {
          text: {ja: '35。データがないので進まない', en: '35: there is no data, so it stays'},
          claim: passes({from: 'client', flags: ['FIN', 'ACK']}, bareAck('server', afterWords)),
          because: `それでは、FIN が届いたのか届いていないのか、分かりません。SYN と同じです。
            Then nobody could say whether the FIN has arrived. It is as with the SYN.`,
        },
        {
          text: {ja: '36', en: '36'},
          claim: passes({from: 'client', flags: ['FIN', 'ACK']}, bareAck('server', afterWords + 1)),
        },
        {
          text: {ja: 'ACK は返らない。データがないので', en: 'there is none, for want of data'},
          claim: [passes({from: 'client', flags: ['FIN', 'ACK']}), neverPasses({from: 'server'})],
          because: `FIN は大事な知らせです。ACK がなければ、再送されます。
            A FIN matters: without an ACK it is sent again.`,
        },
      ],
      hint: {ja: 'SYN もデータを持ちませんでした。', en: 'The SYN had no data either.'},
      after: `36 です。FIN も番号を一つ使います。番号を使うのは、データのバイト、SYN、FIN です。ACK だけのセグメントは使わず、ACK に ACK は返りません。
        The ACK is 36: a FIN takes one number too. Bytes of data, SYN and FIN take numbers. A bare ACK takes none, and nobody acknowledges an ACK.`,
      expect: passes(
        {from: 'client', flags: ['FIN', 'ACK'], sequence: afterWords, length: 0},
        bareAck('server', afterWords + 1),
      ),
      shows: 'wire',
      sources: ['RFC 9293 3.4', 'RFC 9293 3.6'],
    }),
    step('server-close', [connection.receives(), connection.closes(), listener.closes()], {
      before: `サーバーの recv() は 0 を返します。サーバーも close() します。
        The server’s recv() returns 0, and the server closes as well.`,
      after: `サーバーの FIN は seq 23 です。22 バイト送ったあとの、次の番号です。それへの ACK は 24 で、どちらの向きも全部届いたと分かりました。
        The server’s FIN is seq 23, the next number after 22 bytes. The ACK for it says 24: both sides now know that everything has arrived.`,
      expect: [
        connection.isGone,
        listener.isGone,
        passes(
          {from: 'server', flags: ['FIN', 'ACK'], sequence: afterDone, length: 0},
          bareAck('client', afterDone + 1),
        ),
      ],
      shows: 'wire',
      sources: ['RFC 9293 3.6'],
    }),
  ],
  summary: `seq は、そのセグメントの最初の番号。ack は、次に欲しい番号で、「そこより前は全部届いた」という意味です。データの 1 バイト、SYN、FIN が番号を一つずつ使い、向きごとに別に数えます。始まりの番号は毎回違います。ACK は少し待つことがあり、返事のデータに乗り、一つで何個ものセグメントに答えます。(RFC 9293 3.4、3.8.6.3)
    seq is the first number in a segment. ack is the number wanted next: all before it has arrived. Each byte of data takes a number, and so do SYN and FIN; each direction counts for itself, from a start that differs every time. An ACK may wait a little, ride on an answer, and answer for several segments at once. (RFC 9293 3.4, 3.8.6.3)`,
  review: [
    review('same-port-again', [
      step('first-time', [...joins(listener, client, connection), connection.closes(), client.closes()], {
        before: `クライアントがつなぎ、両側がすぐに閉じます。
          A client connects, and both sides close at once.`,
        after: {ja: '一つ目の接続が終わりました。', en: 'The first connection is over.'},
        expect: passes(
          {from: 'server', flags: ['FIN', 'ACK']},
          {from: 'client', flags: ['FIN', 'ACK']},
          bareAck('server'),
        ),
        shows: 'wire',
        sources: ['man 2 connect'],
      }),
      step(
        'second-time',
        [
          clientAgain.opens(),
          clientAgain.sets('SO_REUSEADDR', 1),
          clientAgain.binds({host: '127.0.0.1', port: client.place}),
          clientAgain.connects(),
        ],
        {
          before: `同じクライアントが、同じポートからもう一度つなぎます。両端のアドレスとポートは、前とまったく同じです。
            The same client connects once more, from the same port. The addresses and ports of both ends are just what they were.`,
          belief: 'numbers-begin-at-zero',
          question: `ヘッダーの中で、二つ目の SYN のシーケンス番号はどうなりますか。
            In the header, what will be the sequence number of the second SYN?`,
          choices: [
            {
              text: {ja: '一つ目とは違う', en: 'another'},
              claim: passes({from: 'client', flags: ['SYN'], isAgain: false, sequenceInHeader: {least: 2}}),
            },
            {
              text: {ja: '一つ目の SYN と同じ', en: 'the same as the first SYN’s'},
              claim: passes({from: 'client', flags: ['SYN'], isAgain: true}),
              because: `同じなら、前の接続の遅れたセグメントが、新しい接続のものに見えてしまいます。
                Then late segments of the old connection would look like segments of the new one.`,
            },
            {
              text: {ja: '0', en: '0'},
              claim: passes({from: 'client', flags: ['SYN'], sequenceInHeader: 0}),
              because: `0 は、画面で数え始める相対番号です。
                0 is where relative numbers begin, on the screen.`,
            },
          ],
          after: `違う番号です。相対番号では、また 0 から数えます。
            Another number. Relative numbers begin at 0 again.`,
          expect: passes({from: 'client', flags: ['SYN'], sequence: 0, isAgain: false}),
          shows: 'wire',
          sources: ['RFC 9293 3.4.1', 'RFC 6528'],
        },
      ),
      closing('clear-away', [listener.accepts(connectionAgain), connectionAgain, clientAgain, listener]),
    ]),
    review('a-hundred-bytes', [
      step('connected', joins(listener, client, connection), {
        before: {ja: 'クライアントがつなぎます。', en: 'A client connects.'},
        after: {ja: 'つながりました。', en: 'Connected.'},
        expect: {frames: handshake, only: true},
        shows: 'wire',
        sources: ['man 2 connect'],
      }),
      step('server-sends', connection.sends(fill(0x61, 100)), {
        before: `サーバーが、まず 100 バイトを送ります。seq は 1 です。
          The server speaks first and sends 100 bytes. The segment is seq 1.`,
        belief: 'ack-names-last-byte',
        question: {ja: 'クライアント側の ACK は、いくつですか。', en: 'What will the ACK from the client’s side be?'},
        choices: [
          {
            text: {ja: '100', en: '100'},
            claim: passes(bareAck('client', 100)),
            because: `100 番は、最後に届いたバイトです。ack は、その次を言います。
              Number 100 is the last byte that came. An ack names the one after it.`,
          },
          {text: {ja: '101', en: '101'}, claim: passes(bareAck('client', 101))},
          {
            text: {ja: '1', en: '1'},
            claim: passes({from: 'server', length: 100}, bareAck('client', 1)),
            because: `1 は、まだ何も届いていないときの番号です。
              1 is what it says while nothing has come.`,
          },
        ],
        after: `101 です。1 から 100 まで届いたので、次は 101 です。
          The ACK is 101: numbers 1 to 100 are there, and 101 is next.`,
        expect: [returns(100), passes({from: 'server', sequence: 1, length: 100}, bareAck('client', 101))],
        shows: 'wire',
        sources: ['RFC 9293 3.4'],
      }),
      closing('close', [client.receives(), client, connection, listener], {
        expect: [connection.isGone, listener.isGone],
      }),
    ]),
    review('listening-client', [
      step('connected', [...joins(listener, client, connection), sendsAtOnce(connection)], {
        before: `クライアントがつなぎ、サーバーは小さいデータもすぐに送る設定(TCP_NODELAY)にします。
          A client connects, and the server sets TCP_NODELAY: small data leaves at once.`,
        after: {ja: 'つながりました。', en: 'Connected.'},
        expect: {frames: handshake, only: true},
        shows: 'wire',
        sources: ['man 2 connect'],
      }),
      step('server-talks', [...serverTalks, ...serverTalks], {
        before: `サーバーが 3 回続けて送り、クライアントが一言返します。これを 2 度します。クライアントの TCP_QUICKACK は 0 です。
          The server sends three times in a row, and the client answers with a few words. Twice. The client’s TCP_QUICKACK is 0.`,
        belief: 'ack-for-every-segment',
        question: `六つのセグメントに、クライアント側からは ACK だけのセグメントがいくつ流れますか。
          For the six segments, how many with nothing but an ACK will come from the client’s side?`,
        choices: [
          {
            text: {ja: '六つより少ない', en: 'fewer than six'},
            claim: {frames: [], count: {of: bareAck('client'), least: 0, below: 6}},
          },
          {
            text: {ja: '六つ', en: 'six'},
            claim: {frames: [], count: {of: bareAck('client'), least: 6}},
            because: `一言の返事が ack を運び、一つの ack で三つに答えられます。
              The few words carry an ack, and one ack answers for three.`,
          },
        ],
        after: `一言の返事に、三つ分の ack が乗りました。
          Each time the few words carried the ack for three.`,
        expect: [
          returns(5),
          {
            frames: [
              {from: 'client', length: 5, acknowledgment: 4},
              {from: 'client', length: 5, acknowledgment: 7},
            ],
            count: {of: bareAck('client'), least: 0, below: 6},
          },
        ],
        shows: 'wire',
        sources: ['RFC 9293 3.8.6.3'],
      }),
      step(
        'clear-away',
        [client.receives(), connection.receives(), client.closes(), ...closesAll(connection, listener)],
        {
          before: {ja: '両側が読んで、閉じます。', en: 'Both sides read, and close.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          sources: ['man 2 close'],
        },
      ),
    ]),
    review('refused-syn', [
      step('client-refused', connects(client), {
        before: `だれも待っていないポートに、クライアントが connect() します。SYN(相対番号 0)に、RST+ACK が返ります。
          A client connects to a port where nobody listens. Its SYN, relative number 0, is answered with RST+ACK.`,
        belief: 'no-data-no-number',
        question: {ja: 'RST+ACK の ack は、いくつですか。', en: 'What will the ack of the RST+ACK be?'},
        choices: [
          {text: {ja: '1', en: '1'}, claim: passes({from: 'server', flags: ['RST', 'ACK'], acknowledgment: 1})},
          {
            text: {ja: '0。断るので、何も受け取っていない', en: '0: it refuses, and has taken nothing'},
            claim: passes({from: 'server', flags: ['RST', 'ACK'], acknowledgment: 0}),
            because: `SYN は番号を一つ使います。どの SYN を断ったのかは、その次の番号で分かります。
              A SYN takes a number. The one after it says which SYN was refused.`,
          },
        ],
        after: `1 です。断る返事にも、SYN の次の番号が入ります。だからクライアントは、自分の SYN への返事だと確かめられます。
          Its ack is 1. Even a refusal names the number after the SYN, so that the client knows it is its own SYN that was refused.`,
        expect: [
          fails('ECONNREFUSED'),
          passesOnly(
            {from: 'client', flags: ['SYN'], sequence: 0},
            {from: 'server', flags: ['RST', 'ACK'], acknowledgment: 1},
          ),
        ],
        shows: 'wire',
        sources: ['RFC 9293 3.5.2', 'RFC 9293 3.4'],
      }),
      closing('clear-away', client),
    ]),
  ],
});
