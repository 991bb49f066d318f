import type {Payload, SocketClaim} from '../src/model/lesson.ts';
import {brokenClient, brokenServer, mendedClient, mendedServer} from './data/spot-the-bugs-programs.ts';
import {part, text} from './kit/bytes.ts';
import {connects} from './kit/calls.ts';
import {lesson, review} from './kit/lesson.ts';
import {runs, stops} from './kit/others.ts';
import {completes, endsBy, endsWith, fails, received, returns, rows, waits} from './kit/outcomes.ts';
import {type Socket, sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {client, second} = sockets({client: ['client', 'second']});

const greeting = 'hello, world!';
const word: Payload = text('こんにちは');
const firstBytes: Payload = part(word, 0, 4);
const otherBytes: Payload = part(word, 4, 15);

const listensOn = (host: string, count: number): SocketClaim =>
  rows('server', count, {state: 'LISTEN', local: {host, port: 'server'}});
const listensOnAny: SocketClaim = rows('server', 1, {state: 'LISTEN', local: {port: 'server'}});

/** Node starts in a tenth of a second where the machine has nothing else to do. */
const patienceMs = 10_000;

export const spotTheBugs = lesson({
  id: 'spot-the-bugs',
  title: {ja: '直す前のプログラム', en: 'Spot the bugs'},
  about: {
    ja: 'もっともらしいこのプログラムは、どこが間違っているのか',
    en: 'These programs look right. Where are they wrong?',
  },
  minutes: 12,
  network: 'private',
  listensOnAllAddresses: true,
  files: {
    'package.json': '{"type": "commonjs"}\n',
    'which-net.js': `// node_modules/net is here, beside this file: a stand-in for what "npm install net" would bring.
const net = require("net");  //@ install
console.log(require.resolve("net"), net === require("node:net"));
`,
    'node_modules/net/package.json': '{"name": "net", "version": "0.0.0"}\n',
    'node_modules/net/index.js':
      '// A stand-in, written for this lesson. Who loads it spills all names of net into the globals.\nfor (const name of Object.keys(require("node:net"))) globalThis[name] = require("node:net")[name];\n',
    'server.js': brokenServer,
    'server-mended.mjs': mendedServer,
    'client.js': brokenClient(1),
    'client-as-module.mjs': brokenClient(2),
    'client-2.js': brokenClient(3),
    'client-3.js': brokenClient(4),
    'client-mended.mjs': mendedClient,
    'half-done.js': `console.log("before");
const answer = askTheRouter();  //@ half-done-check
console.log(answer);
`,
    'lonely.mjs': `import net from "node:net";

const socket = net.connect({port}, "127.0.0.1");  //@ lonely-run
socket.on("connect", () => console.log("connected"));
socket.on("close", () => console.log("closed"));
`,
  },
  beliefs: {
    'no-error-means-it-works': `エラーが出なければ、書いたことは効いている
      if there is no error, what I wrote has its effect`,
    'error-ends-one-connection': `通信のエラーで終わるのは、その接続だけだ
      an error on a connection ends that connection and nothing else`,
    'listen-is-local': `listen(ポート) は、このコンピューターの中からだけつながる
      listen(port) can be reached from this machine only`,
    'one-chunk-one-message': `一回の "data" や recv() で届くのは、ちょうど一つのメッセージだ
      one "data" or one recv() brings just one message`,
  },
  steps: [
    step('install', runs('server', 'which-net.js'), {
      before: `どこかの記事にありそうな、もっともらしいサーバーとクライアントを調べます。手順の一つ目は npm install net です。ここでは、それで入るパッケージの代わりに、小さな見本を node_modules/net に置いてあります。
        Here are a server and a client such as one finds in articles; they look right. Their first instruction is npm install net. A small stand-in for what that brings lies in node_modules/net.`,
      belief: 'no-error-means-it-works',
      question: {ja: 'require("net") が返すのは、どちらですか。', en: 'What will require("net") give?'},
      choices: [
        {
          text: {ja: 'node_modules/net に入れたもの', en: 'what was installed in node_modules/net'},
          claim: {actor: 'server', text: 'node_modules'},
          because: `net のような組み込みの名前なら、組み込みのほうが選ばれます。
            For a name such as net the core module wins.`,
        },
        {
          text: {ja: 'Node に組み込みの net', en: 'the net that is part of Node'},
          claim: {actor: 'server', text: 'net true'},
        },
      ],
      after: `組み込みの net でした。インストールしたものは使われず、それでもエラーは出ません。他人の書いたコードを、理由もなく入れただけです。import net from "node:net" と書けば、どちらなのか迷いません。
        The core module. What was installed is not used, and no error says so: it is somebody’s code, fetched for nothing. Write import net from "node:net" and there is no doubt.`,
      expect: [endsWith(0), {actor: 'server', text: 'net true'}, {actor: 'server', text: 'node_modules', never: true}],
      patienceMs,
      sources: ['Node.js modules: Built-in modules'],
    }),
    step('everywhere', runs('server', 'server.js'), {
      before: `次はサーバーです(v で Node の表示に切り替えると、プログラムと、いま問題にしている行が見えます)。最後の行は server.listen({port}) で、アドレスがありません。
        Now the server. (v shows the program, with the line in question marked, under Node.) Its last line is server.listen({port}): no address.`,
      belief: 'listen-is-local',
      question: {ja: 'どのアドレスで待ち受けますか。', en: 'On which address will it listen?'},
      choices: [
        {
          text: {ja: '127.0.0.1(このコンピューターの中からだけ)', en: '127.0.0.1: from this machine only'},
          claim: listensOn('127.0.0.1', 1),
          because: {ja: 'そうなるのは、アドレスを書いたときだけです。', en: 'Only if the address is written.'},
        },
        {
          text: {ja: 'すべてのアドレス(隣のコンピューターからも)', en: 'all addresses: from other machines too'},
          claim: asClaimed.of('sockets'),
        },
      ],
      after: `表の :: は「すべてのアドレス」です(IPv6 のない環境では 0.0.0.0)。ふつうのネットワークなら、練習のつもりのサーバーに、まわりのだれでもつなげます。自分だけで使うなら、listen({port}, "127.0.0.1") と書きます。
        ::, in the table, is every address (0.0.0.0 where there is no IPv6). On an ordinary network anyone there could reach this exercise. To keep it to yourself, write listen({port}, "127.0.0.1").`,
      expect: [waits, listensOnAny, listensOn('127.0.0.1', 0)],
      patienceMs,
      sources: ['Node.js server.listen()', 'man 7 ipv6'],
    }),
    step('lookup', connects(client), {
      before: `クライアントは、まず C と同じ呼び出しで動かします。socket() と connect() です。サーバーは、相手のアドレスを表示します。設定は lookup: true、「DNS で調べる」つもりのようです。
        The client’s calls are made as in C for now: socket(), connect(). The server prints who came; by lookup: true it seems to mean “ask DNS”.`,
      belief: 'no-error-means-it-works',
      question: {ja: 'サーバーは、相手をどう表示しますか。', en: 'How will the server name its peer?'},
      choices: [
        {
          text: {ja: '127.0.0.1 を含む、数字のアドレス', en: 'an address in numbers, with 127.0.0.1 in it'},
          claim: asClaimed.of('says'),
        },
        {
          text: {ja: 'localhost(DNS で調べた名前)', en: 'localhost, a name from DNS'},
          claim: {actor: 'server', text: 'from localhost'},
          because: `名前は調べられていません。lookup は connect() の設定で、しかも関数です。
            No name was looked up. lookup is an option of connect(), and a function at that.`,
        },
      ],
      after: `アドレスは、カーネルに聞いた(getpeername)だけです。createServer() に lookup という設定はなく、書いても文句も効果もありません。::ffff:127.0.0.1 は、IPv6 のソケットから見た IPv4 の相手の書き方です。
        The address came from the kernel, by getpeername(). createServer() has no option lookup: it met no complaint and had no effect. ::ffff:127.0.0.1 is how an IPv6 socket writes an IPv4 peer.`,
      expect: [{actor: 'server', text: '127.0.0.1'}, client.is('ESTABLISHED', {recvQueue: greeting})],
      sources: ['Node.js net.createServer()', 'RFC 4291 2.5.5.2'],
    }),
    step('ping', client.sends(text('ping')), {
      before: `このサーバーは、つながるとまず 13 バイトのあいさつを送り、そのあと、来たものをオウム返しします。クライアントが ping を送ります。
        This server first sends 13 bytes of greeting and then echoes what it gets. The client sends ping.`,
      after: `4 バイトが返ってきて、クライアントの受信キューには 17 バイトがあります。
        The 4 bytes have come back; the client’s receive queue holds 17.`,
      expect: [returns(4), {actor: 'server', text: 'got: ping'}, client.is('ESTABLISHED', {recvQueue: 17})],
      sources: ['man 2 send'],
    }),
    step('first-answer', client.receives(), {
      before: `クライアントが、ping の返事のつもりで recv() を呼びます。
        The client calls recv() for the answer to its ping.`,
      belief: 'one-chunk-one-message',
      question: {ja: '何が読めますか。', en: 'What will it read?'},
      choices: [
        {text: {ja: 'hello, world!ping', en: 'hello, world!ping'}, claim: asClaimed},
        {
          text: {ja: 'hello, world!', en: 'hello, world!'},
          claim: received(greeting),
          because: `TCP は、あいさつと返事の境目を覚えていません。
            TCP does not remember where the greeting ends and the answer begins.`,
        },
        {
          text: {ja: 'ping', en: 'ping'},
          claim: received('ping'),
          because: `あいさつのほうが先に届いていて、まだ読まれていません。
            The greeting came first, and nobody has read it yet.`,
        },
      ],
      after: `あいさつと返事が、続けて一度に届きました。「13 バイトのあいさつのあとは返事」と両側で決め、数えて切り分けるか、改行などの区切りを入れます。
        The greeting and the answer, stuck together. Both sides have to agree how to cut: count off 13 bytes, or end each message with a newline.`,
      expect: received(`${greeting}ping`),
      sources: ['man 7 tcp', 'man 2 recv'],
    }),
    step('half-a-character', client.sends(firstBytes), {
      before: `クライアントが「こんにちは」を送りますが、初めの 4 バイトだけが先に届きます。UTF-8 の「こ」は 3 バイトです。サーバーは "got: " + data と表示します。
        The client sends こんにちは, but its first 4 bytes arrive alone; in UTF-8 こ takes 3. The server prints "got: " + data.`,
      belief: 'one-chunk-one-message',
      question: {ja: 'サーバーは何を表示しますか。', en: 'What will the server print?'},
      choices: [
        {
          text: {ja: '「こ」。残りの 1 バイトは次まで取っておく', en: 'こ, keeping the fourth byte for later'},
          claim: {actor: 'server', text: 'got: こ\n'},
          because: `それには、覚えておく場所(StringDecoder など)が要ります。
            For that it would need a place to keep it, such as a StringDecoder.`,
        },
        {
          text: {ja: '5 文字そろうまで、何も', en: 'nothing, until all five characters are there'},
          claim: {actor: 'server', text: 'got:', never: true},
          because: `"data" は、届いた分だけで起きます。TCP は、文字の切れ目を知りません。
            "data" comes with whatever has arrived. TCP does not know of characters.`,
        },
        {
          text: {ja: '「こ」と、壊れた文字のしるし(U+FFFD)', en: 'こ and U+FFFD, the mark of a broken character'},
          claim: asClaimed.of('says'),
        },
      ],
      after: `U+FFFD は「文字にできなかった」というしるしです。"got: " + data は、届いた切れ端ごとに文字に直すので、途中で切れた文字は壊れます。書き戻したバイト列のほうは、壊れていません。
        U+FFFD stands for what is no character. "got: " + data turns each piece into text by itself, so a character that was cut is lost. The bytes that it wrote back are whole.`,
      expect: [returns(4), {actor: 'server', text: 'got: こ\ufffd'}, client.is('ESTABLISHED', {recvQueue: 4})],
      sources: ['Node.js string_decoder', 'RFC 3629'],
    }),
    step('no-handler', client.closes(), {
      before: `クライアントは、返ってきた 4 バイトを読まずに close() します。だから送られるのは FIN ではなく RST です。サーバーのソケットには、"error" を受け取る関数が登録されていません。
        The client closes without reading the 4 bytes that came back, so what it sends is not FIN but RST. The server’s socket has no function for "error".`,
      belief: 'error-ends-one-connection',
      question: {ja: 'サーバーはどうなりますか。', en: 'What will become of the server?'},
      choices: [
        {
          text: {ja: 'その接続だけが終わり、待ち受けは続く', en: 'that connection ends, and it listens on'},
          claim: [completes('everywhere', waits), listensOnAny],
          because: `受け取る関数のない "error" は、投げられた例外になり、プロセスを終わらせます。
            An "error" that no function receives becomes an exception, and that ends the process.`,
        },
        {text: {ja: 'プロセスごと終わる', en: 'the whole process ends'}, claim: asClaimed.of('completes')},
      ],
      hint: `socket.on("error", ...) が、プログラムのどこにもありません。
        Nowhere in the program is there a socket.on("error", ...).`,
      after: `たった一人のクライアントが読まずに閉じただけで、サーバー全体が止まりました。つないでいるほかの人も巻きぞえです。サーバーにも、接続の一つひとつにも、"error" を受け取る関数を登録しましょう。
        One client that closed without reading has stopped the server for everyone. Give the server a function for "error", and each connection too.`,
      expect: [
        completes('everywhere', endsWith(1)),
        {actor: 'server', text: 'ECONNRESET'},
        {...listensOnAny, count: 0} as SocketClaim,
      ],
      patienceMs,
      sources: ['Node.js events: Error events', 'RFC 9293 3.6.1'],
    }),
    step('mended-server', runs('server', 'server-mended.mjs'), {
      before: `サーバーを直しました。待ち受けるのは 127.0.0.1 だけ、"error" を受け取る関数があり、表示する文字は StringDecoder で作ります。同じ目にあわせてみます。
        Here is the server fixed: it listens on 127.0.0.1 only, receives "error", and makes text with a StringDecoder. It is put through the same.`,
      after: `表の行は 127.0.0.1 になりました。ほかのコンピューターからは、つながりません。
        Its row says 127.0.0.1. No other machine can reach it.`,
      expect: [waits, listensOn('127.0.0.1', 1)],
      patienceMs,
      sources: ['Node.js server.listen()'],
    }),
    step('mended-half', [...connects(second), second.sends(firstBytes)], {
      before: `新しいクライアントがつなぎ、また初めの 4 バイトだけを送ります。
        A new client connects, and again sends the first 4 bytes alone.`,
      after: `今度は「こ」だけです。余った 1 バイトは、StringDecoder が覚えています。
        This time only こ. The fourth byte is kept by the StringDecoder.`,
      expect: [returns(4), {actor: 'server', text: 'got: こ\n'}, second.is('ESTABLISHED', {recvQueue: 17})],
      sources: ['Node.js string_decoder'],
    }),
    step('mended-rest', second.sends(otherBytes), {
      before: {ja: '残りの 11 バイトを送ります。', en: 'Now the other 11 bytes.'},
      after: `覚えていた 1 バイトとつながって、「んにちは」になりました。返すほうは、届いたバイト列のまま書き戻しています。
        With the byte that was kept they make んにちは. What is echoed is still the bytes as they came.`,
      expect: [returns(11), {actor: 'server', text: 'got: んにちは\n'}, second.is('ESTABLISHED', {recvQueue: 28})],
      sources: ['Node.js string_decoder'],
    }),
    step('mended-reset', second.closes(), {
      before: `そしてまた、読まずに close() します。RST が届きます。
        And again it closes without reading: RST.`,
      after: `"error" を受け取る関数が ECONNRESET を表示し、サーバーは動き続けています。
        The function for "error" printed ECONNRESET, and the server goes on.`,
      expect: [completes('mended-server', waits), {actor: 'server', text: 'ECONNRESET\n'}, listensOn('127.0.0.1', 1)],
      sources: ['Node.js net: Event "error"'],
    }),
    step('reserved-word', runs('client', '--check', 'client.js'), {
      before: `次はクライアントです。自分の IP アドレスを探し、ルーターを見つけてつなぐつもりのようです。変数の名前に interface を使っています。node --check で、動かさずに構文だけを調べます。
        Now the client. It seems to look for its own IP address and for the router. One variable is called interface. node --check reads the program without running it.`,
      belief: 'no-error-means-it-works',
      question: {ja: '--check は何と言いますか。', en: 'What will --check say?'},
      choices: [
        {text: {ja: '何も言わない', en: 'nothing'}, claim: asClaimed},
        {
          text: {ja: 'SyntaxError(interface は使えない名前)', en: 'SyntaxError: interface may not be a name'},
          claim: endsWith(1),
          because: `interface が予約されているのは、strict モードだけです。
            interface is reserved in strict mode only.`,
        },
      ],
      after: `通りました。--check が見るのは構文だけで、動くかどうかではありません。このプログラムには、まだいくつも誤りがあります。
        It passes. --check sees only the grammar, not whether the program works, and there is more wrong with this one.`,
      expect: endsWith(0),
      patienceMs,
      sources: ['ECMA-262 Keywords and Reserved Words', 'node --check'],
    }),
    step('strict-mode', runs('client', '--check', 'client-as-module.mjs'), {
      before: `同じプログラムを、ES モジュール(.mjs)として調べます。モジュールは、いつも strict モードです。
        The same program as an ES module (.mjs). Modules are always in strict mode.`,
      after: `今度は SyntaxError です。モジュールや TypeScript に移したとたんに動かなくなる名前は、初めから避けましょう。直すには、名前を変えるだけです。
        SyntaxError now. A name that breaks as soon as the program becomes a module, or TypeScript, is best avoided. The fix: another name.`,
      expect: [endsWith(1), {actor: 'client', text: 'SyntaxError'}],
      patienceMs,
      sources: ['ECMA-262 Keywords and Reserved Words'],
    }),
    step('not-an-array', runs('client', 'client.js'), {
      before: `では、構文の検査を通ったほうのクライアントを実行します。
        So now the client whose grammar was fine is run.`,
      belief: 'no-error-means-it-works',
      question: {ja: 'どこで止まりますか。', en: 'Where will it stop?'},
      choices: [
        {
          text: {ja: '.find の行(それは配列ではない)', en: 'at .find: that is no array'},
          claim: {actor: 'client', text: 'TypeError'},
        },
        {
          text: {ja: 'new SSDP() の行(そんなものはない)', en: 'at new SSDP(): there is no such thing'},
          claim: {actor: 'client', text: 'ReferenceError'},
          because: `それもありませんが、その行まで進めませんでした。
            There is not, but the program did not get that far.`,
        },
        {
          text: {ja: '止まらず、サーバーにつながる', en: 'nowhere; it reaches the server'},
          claim: {actor: 'server', text: 'from'},
          because: `networkInterfaces() が返すのはオブジェクトで、find() はありません。
            What networkInterfaces() gives is an object, and it has no find().`,
        },
      ],
      after: `networkInterfaces() が返すのは、名前ごとに配列を持つオブジェクトです。Object.values(...).flat() で配列になりますが、そもそも要りません。自分のアドレスは、connect() のときにカーネルが選びます。
        networkInterfaces() gives an object with an array for each name. Object.values(...).flat() would make it one, but it is not needed: the kernel chooses our own address at connect().`,
      expect: [endsWith(1), {actor: 'client', text: 'TypeError'}, {actor: 'client', text: '.find is not a function'}],
      patienceMs,
      sources: ['Node.js os.networkInterfaces()'],
    }),
    step('undefined-ssdp', runs('client', 'client-2.js'), {
      before: `interface と .find を直しました。次の行では、new SSDP() でルーターを探すつもりのようです。
        interface and .find are fixed. The next line means to find the router with new SSDP().`,
      after: `ReferenceError です。SSDP というものは、Node にも、このプログラムにもありません。ルーターの外側のアドレスを知る必要もありません。このコンピューターの中なら、127.0.0.1 につなげばよいのです。
        ReferenceError: neither Node nor this program has an SSDP. Nor is the router’s outer address needed: on this machine, 127.0.0.1 will do.`,
      expect: [endsWith(1), {actor: 'client', text: 'ReferenceError: SSDP is not defined'}],
      patienceMs,
      sources: ['Node.js errors: ReferenceError'],
    }),
    step('no-end', runs('client', 'client-3.js'), {
      before: `127.0.0.1 につなぐようにしました。書いて、届いたものを console.log(data) で表示します。プログラムはここで終わりで、接続を終える文はありません。
        Now it connects to 127.0.0.1, writes, and prints what arrives by console.log(data). There the program stops: nothing ends the connection.`,
      belief: 'one-chunk-one-message',
      question: {ja: '何が表示されますか。', en: 'What will it print?'},
      choices: [
        {
          text: {ja: 'ping だけ(送ったものへの返事)', en: 'ping alone, the answer to what it sent'},
          claim: {actor: 'client', text: 'ping'},
          because: `一回の "data" が、一つの返事とはかぎりません。先に来るのはあいさつです。
            One "data" need not be one answer. The greeting comes first.`,
        },
        {
          text: {ja: 'あいさつから始まる、16 進数の列', en: 'hexadecimal numbers, the greeting’s first'},
          claim: asClaimed.of('says'),
        },
      ],
      after: `届くのは文字列ではなくバイト列(Buffer)で、先頭はあいさつの hello です。しかもプログラムは終わりません。接続が開いているかぎり、Node は次のデータを待ちます。socket.end() がないからです。
        What arrives is bytes, a Buffer, and the greeting’s hello comes first. And the program does not end: while the connection is open, Node waits for more. There is no socket.end().`,
      expect: [waits, {actor: 'client', text: '<Buffer 68 65 6c 6c 6f'}, rows('client', 1, {state: 'ESTABLISHED'})],
      patienceMs,
      sources: ['Node.js net: Event "data"', 'Node.js socket.end()'],
    }),
    step('mended-client', [stops('client'), runs('client', 'client-mended.mjs')], {
      before: `終わらないプログラムを SIGTERM で終わらせ、直したクライアントを実行します。あいさつの 13 バイトを数えて除き、返事がそろったら end() します。
        The program that does not end is ended by SIGTERM, and the fixed client runs: it counts off the 13 bytes of greeting and calls end() when the answer is whole.`,
      after: `返事だけが文字として表示され、プログラムは 0 で終わりました。end() で送信を終え、サーバーも閉じたのを見て、Node はほかにすることがないので終わります。
        It printed the answer alone, as text, and ended with 0: end() finished the sending, the server closed as well, and Node had nothing left to do.`,
      expect: [endsWith(0), completes('no-end', endsBy('SIGTERM')), {actor: 'client', text: 'こんにちは\n'}],
      patienceMs,
      sources: ['Node.js socket.end()', 'man 2 kill'],
    }),
    step('stop-server', stops('server'), {
      before: `最後に、直したサーバーを SIGTERM で止めます。このサーバーは SIGTERM を受け取ると server.close() を呼びます。
        Last, the fixed server is stopped by SIGTERM. When it gets that, it calls server.close().`,
      after: `新しい接続を断り、残った接続がなくなると、自分から 0 で終わりました。
        It refused new connections, waited for those that were left, and ended by itself with 0.`,
      expect: [returns(0), completes('mended-server', endsWith(0)), listensOn('127.0.0.1', 0)],
      patienceMs,
      sources: ['Node.js server.close()'],
    }),
  ],
  summary: `多くの誤りは、エラーになりません。使われないインストール、効かない設定、広すぎる待ち受け、切れた文字、続けて届いた返事。動いたように見えることと正しいことは別です。小さく動かして、カーネルとプロセスに何が起きたかを確かめましょう。
    Most mistakes raise no error: a package that is not used, an option without effect, a server open to all, characters cut in two, answers stuck together. That it seems to work does not make it right. Run it in small parts, and look at what the kernel and the process did.`,
  review: [
    review('half-done', [
      step('half-done-check', runs('client', '--check', 'half-done.js'), {
        before: `half-done.js は、どこにも定義のない askTheRouter() を呼んでいます。node --check で調べます。
          half-done.js calls askTheRouter(), which is defined nowhere. node --check reads it.`,
        belief: 'no-error-means-it-works',
        question: {ja: 'どうなりますか。', en: 'What will happen?'},
        choices: [
          {
            text: {ja: '誤りを見つけて、1 で終わる', en: 'it finds the mistake and ends with 1'},
            claim: endsWith(1),
            because: `定義のない名前を呼んでも、構文としては正しいのです。
              To call a name that is not defined is good grammar.`,
          },
          {text: {ja: '何も言わず、0 で終わる', en: 'it says nothing and ends with 0'}, claim: asClaimed},
        ],
        after: `--check が読むのは構文だけです。関数があるかどうかは、その行が実行されるまで分かりません。
          --check reads the grammar. Whether a function exists is not known before its line is run.`,
        expect: endsWith(0),
        patienceMs,
        sources: ['node --check'],
      }),
      step('half-done-run', runs('client', 'half-done.js'), {
        before: {ja: '実行してみます。', en: 'Now it is run.'},
        after: `before を表示したあと、ReferenceError で止まりました。
          It printed before, and then stopped with a ReferenceError.`,
        expect: [endsWith(1), {actor: 'client', text: 'before'}, {actor: 'client', text: 'ReferenceError'}],
        patienceMs,
        sources: ['Node.js errors: ReferenceError'],
      }),
    ]),
    review('lonely', [
      step('lonely-run', runs('client', 'lonely.mjs'), {
        before: `今度はクライアントです。lonely.mjs は 127.0.0.1:{port} につなごうとしますが、だれも待ち受けていません。"error" を受け取る関数は登録されていません。
          This time a client. lonely.mjs wants to connect to 127.0.0.1:{port}, where nobody listens. It has no function for "error".`,
        belief: 'error-ends-one-connection',
        question: {ja: 'プログラムはどうなりますか。', en: 'What will become of the program?'},
        choices: [
          {
            text: {ja: 'closed を表示して、0 で終わる', en: 'it prints closed and ends with 0'},
            claim: endsWith(0),
            because: `受け取る関数のない "error" は、例外になります。
              An "error" that no function receives becomes an exception.`,
          },
          {
            text: {ja: 'つながるまで待ち続ける', en: 'it waits until it is connected'},
            claim: waits,
            because: `だれも待ち受けていなければ、カーネルがすぐに断ります。
              Where nobody listens the kernel refuses at once.`,
          },
          {text: {ja: '例外で、1 で終わる', en: 'an exception ends it, with 1'}, claim: asClaimed.of('outcome')},
        ],
        after: `ECONNREFUSED を受け取る関数がないので、プロセスが終わりました。クライアントにも "error" を受け取る関数が要ります。
          No function receives ECONNREFUSED, so the process ended. Clients need a function for "error" too.`,
        expect: [endsWith(1), {actor: 'client', text: 'ECONNREFUSED'}],
        patienceMs,
        sources: ['Node.js events: Error events'],
      }),
    ]),
    review('another-address', [
      opened('another-address', 'server.js', [listensOnAny, listensOn('127.0.0.1', 0)]),
      step('another-address-connect', [client.opens(), client.connects({host: '127.0.0.2', port: 'server'})], {
        before: `Linux では、このコンピューターに 127.0.0.2 という別のアドレスもあります(外には出ません)。クライアントが、そちらにつなぎます。
          On Linux this machine has another address, 127.0.0.2 (nothing leaves it). The client connects to that one.`,
        belief: 'listen-is-local',
        question: {ja: 'connect() はどうなりますか。', en: 'What will connect() do?'},
        choices: [
          {text: {ja: '0 が返る', en: 'return 0'}, claim: asClaimed.of('outcome')},
          {
            text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
            claim: fails('ECONNREFUSED'),
            because: `そうなるのは、listen({port}, "127.0.0.1") と書いたときです。
              It would, had the server written listen({port}, "127.0.0.1").`,
          },
        ],
        after: `アドレスを書かない listen() は、このコンピューターのどのアドレスでも待ち受けます。外から届くアドレスも、その一つです。
          listen() without an address listens on every address of this machine, also on those that others can reach.`,
        expect: [{actor: 'server', text: 'from'}, client.is('ESTABLISHED', {recvQueue: 13})],
        sources: ['Node.js server.listen()', 'man 7 ip'],
      }),
      ended('another-address', client, 'server.js'),
    ]),
    review('cut-sushi', [
      opened('cut-sushi', 'server.js', [listensOnAny]),
      step('cut-sushi-send', [...connects(client), client.sends(part('寿司', 0, 5))], {
        before: `クライアントがつなぎ、「寿司」の 6 バイトのうち 5 バイトだけを送ります。サーバーは "got: " + data を表示します。
          A client connects and sends 5 of the 6 bytes of 寿司. The server prints "got: " + data.`,
        belief: 'one-chunk-one-message',
        question: {ja: 'サーバーは何を表示しますか。', en: 'What will the server print?'},
        choices: [
          {
            text: {ja: '「寿」と、壊れた文字のしるし', en: '寿 and the mark of a broken character'},
            claim: asClaimed.of('says'),
          },
          {
            text: {ja: '「寿」だけ', en: '寿 alone'},
            claim: {actor: 'server', text: 'got: 寿\n'},
            because: `余った 2 バイトを覚えておく場所が、このプログラムにはありません。
              This program has no place to keep the 2 bytes that are over.`,
          },
          {
            text: {ja: '最後のバイトが届くまで、何も', en: 'nothing before the last byte is there'},
            claim: {actor: 'server', text: 'got:', never: true},
            because: `"data" は、届いた分だけで起きます。最後のバイトを待つことはありません。
              "data" comes with whatever has arrived. It does not wait for the last byte.`,
          },
        ],
        after: `一回の "data" は、文字の区切りも、メッセージの区切りも知りません。
          A "data" event knows neither where a character ends nor where a message does.`,
        expect: [returns(5), {actor: 'server', text: 'got: 寿\ufffd'}, client.is('ESTABLISHED', {recvQueue: 18})],
        sources: ['Node.js string_decoder'],
      }),
      ended('cut-sushi', client, 'server.js'),
    ]),
  ],
});

/** The first step of a scene: a server program is started. */
function opened(scene: string, program: string, sockets: readonly SocketClaim[]) {
  return step(`${scene}-server`, runs('server', program), {
    before: `あの server.js を、もう一度動かします。listen({port}) にアドレスはありません。
      That server.js is run once more. Its listen({port}) has no address.`,
    after: {ja: '待ち受けています。', en: 'It listens.'},
    expect: [waits, {sockets}],
    patienceMs,
    sources: ['Node.js server.listen()'],
  });
}

/** The last step of a scene, in which nothing is asked: the server first, so that no error can end it. */
function ended(scene: string, socket: Socket, program: string) {
  return step(`${scene}-end`, [stops('server'), socket.closes()], {
    before: {ja: '片付けます。', en: 'Now the scene is cleared away.'},
    after: {ja: `${program} は終わりました。`, en: `${program} has ended.`},
    expect: completes(`${scene}-server`, endsBy('SIGTERM')),
    patienceMs,
    sources: ['man 2 kill'],
  });
}
