import type {Text} from '../model/text.ts';

export const labText = {
  title: {ja: '自由に試す', en: 'free play'},
  about: {
    ja: '好きな呼び出しを、好きな順に。カーネルが本当に答えます。',
    en: 'Any call, in any order, and the kernel really answers.',
  },
  how: {
    ja: '呼び出しを一つ書いて Enter。引数は省けます(socket、bind)。書くなら、connect 127.0.0.1:{port} や send "hello\\n" のように書きます。',
    en: 'Write a call, then Enter. Arguments may be left out (socket, bind) or written: connect 127.0.0.1:{port}, send "hello\\n", recv 5',
  },
  other: {
    ja: '「client socket」のように、側を先に書けます。空のまま Tab で、サーバーとクライアントを切り替えます。',
    en: 'Write the side first, as in: client socket. Tab on an empty line changes sides.',
  },
  words: {
    ja: 'ほかに: challenges(お題)、kill server、spawn client-2、save FILE、script FILE、replay、wait server、help、quit',
    en: 'Also: challenges, kill server, spawn client-2, save FILE, script FILE, replay, wait server, help, quit',
  },
  free: {
    ja: 'ここでは何も間違いになりません。順序が違っても、そのままカーネルに渡します。',
    en: 'Nothing is a mistake here: calls in any order reach the kernel.',
  },
  firstMove: {
    ja: 'はじめの一手(数字キーで、下の入力行に入ります)',
    en: 'A first move (press a number to put it on the line below)',
  },
  nextChallenge: {ja: '次のお題:', en: 'The next challenge:'},
  worked: {ja: '{call}() は {value} を返しました。', en: '{call}() returned {value}.'},
  looking: {
    ja: '画面を見ています。Enter で入力に戻ります。',
    en: 'Looking around. Enter goes back to the line, at the newest moment.',
  },
  calls: {ja: '呼び出し: {names}', en: 'Calls: {names}'},
  form: {ja: '形: {form}', en: 'Form: {form}'},
  candidates: {ja: '候補: {words}', en: 'Tab: {words}'},
  next: {ja: '次に試す:', en: 'Try next:'},
  stopped: {
    ja: '{actor} のプロセスは停止しています(/proc の状態 T)。SIGCONT を受けるまで、{call}() は返りません。',
    en: 'The process of {actor} is stopped (state T in /proc): {call}() cannot return before SIGCONT lets it go on.',
  },
  sleeping: {
    ja: '{call}() はまだ返っていません。{actor} のプロセスは、カーネルの中で眠っています。もう一方の側を動かしてみてください。',
    en: '{call}() has not returned: the process of {actor} sleeps in the kernel. Do something on the other side.',
  },
  sleepsFor: {
    ja: '{call}() は、何も起きなければ {milliseconds} ミリ秒で、ひとりでに返ります。それまで {actor} は呼び出せません。',
    en: '{call}() returns by itself after {milliseconds} ms, if nothing happens before. Until then {actor} can call nothing.',
  },
  retries: {
    ja: '{actor} の connect() は、SYN への返事を待ち、ときどき送り直しています。返事がなければ、やがてひとりでに失敗します。',
    en: 'connect() of {actor} waits for an answer to its SYN, and sends that again now and then. Without one it fails by itself in the end.',
  },
  deadlock: {
    ja: 'デッドロックです。どのプロセスも眠っていて、互いを起こせません。kill {actor} で終わらせるか、spawn で始めた別のプロセスから動かします。',
    en: 'A deadlock: every process sleeps, and none can wake another. kill {actor} ends it; or act from one more, begun with spawn.',
  },
  notBack: {
    ja: '{actor} の {call}() は、まだ返っていません。',
    en: '{call}() of {actor} has not returned yet.',
  },
  waitWhat: {
    ja: 'wait のあとに、呼び出しが返るのを待つ側か、待つミリ秒を書きます: wait server、wait 2500',
    en: 'wait is followed by the side whose call is to return, or by milliseconds: wait server, wait 2500',
  },
  waitedLong: {
    ja: '{actor} の {call}() は、{seconds} 秒待っても返りませんでした。',
    en: '{call}() of {actor} did not return within {seconds} s.',
  },
  unknownCall: {
    ja: '「{word}」は、ここでできる呼び出しではありません。「{nearest}」のことですか。',
    en: '“{word}” is no call that can be made here. Did you mean “{nearest}”?',
  },
  noCall: {
    ja: '「{word}」は、ここでできる呼び出しではありません。',
    en: '“{word}” is no call that can be made here.',
  },
  unknownWord: {
    ja: '「{word}」は使えない命令です。「{nearest}」のことですか。何も実行していません。',
    en: '“{word}” is not known here. Did you mean “{nearest}”? Nothing was done.',
  },
  noWord: {
    ja: '「{word}」は使えない命令です。何も実行していません。help で、使える命令が分かります。',
    en: '“{word}” is not known here. Nothing was done. help shows what can be written.',
  },
  unknownExpected: {
    ja: 'expect のあとに「{word}」は書けません。「{nearest}」のことですか。',
    en: '“{word}” is nothing to expect. Did you mean “{nearest}”?',
  },
  expectWhat: {
    ja: 'expect のあとに、ECONNREFUSED、0、ok、waits、"hello"、CLOSE_WAIT、RST などを書きます。',
    en: 'expect is followed by ECONNREFUSED, 0, ok, waits, "hello", CLOSE_WAIT, RST or the like.',
  },
  which: {ja: '{word} のあとに、どれかを書きます: {names}', en: '{word} is followed by one of: {names}'},
  whichScript: {
    ja: '{word} のあとに、ファイルの名前を書きます: {word} scene.txt',
    en: '{word} is followed by the name of a file: {word} scene.txt',
  },
  whichFile: {
    ja: 'どのファイルか、名前を書きます: unlink chat.sock',
    en: 'Name the file, as in: unlink chat.sock',
  },
  badFile: {
    ja: '「{word}」はソケットファイルの名前になりません。フォルダーは付けず、chat.sock のように書きます。',
    en: '“{word}” is no name for a socket file. Write one without folders, as in chat.sock.',
  },
  longPath: {
    ja: 'パスが {bytes} バイトになります。ソケットファイルのパスは {most} バイトまでです(sun_path)。',
    en: 'The path would have {bytes} bytes; that of a socket file has at most {most} (sun_path).',
  },
  badArgument: {ja: '「{word}」は {name} として読めません。', en: '“{word}” cannot be read as {name}.'},
  badNumber: {
    ja: '「{word}」は {name} になりません。{least} から {most} までの数です。',
    en: '“{word}” is no {name}: that is a number from {least} to {most}.',
  },
  tooMuch: {
    ja: '「{word}」では多すぎるか、回数として読めません。合わせて {most} バイトまでです。',
    en: '“{word}” is too much, or no number of times: {most} bytes in all at most.',
  },
  tooMuchSent: {
    ja: 'ここまでの呼び出しが送ったデータは、合わせて {most} MiB を超えます。続けるには、自由に試すを開き直してください。',
    en: 'The calls so far would have sent more than {most} MiB in all. Open free play anew for more.',
  },
  whichOption: {ja: '{call} には、どのオプションかを書きます: {names}', en: '{call} needs an option: {names}'},
  badAddress: {
    ja: '「{word}」はアドレスとして読めません。127.0.0.1:8080 や [::1]:8080 のように書きます。',
    en: '“{word}” cannot be read as an address. Write one as 127.0.0.1:8080 or [::1]:8080.',
  },
  onlyPort: {
    ja: '「{word}」はポートだけです。アドレスも書いてください: 127.0.0.1:{word}',
    en: '“{word}” is only a port. Write the address too: 127.0.0.1:{word}',
  },
  badPort: {
    ja: 'ポートは 0 から 65535 までの数です。「{port}」は使えません。',
    en: 'A port is a number from 0 to 65535, and “{port}” is not.',
  },
  noPort: {
    ja: 'ポートもつけて書いてください: {word}:8080',
    en: 'Write the port too, as in {word}:8080',
  },
  hostName: {
    ja: '「{host}」は名前です。{call}() が受け取るのは数字のアドレスで、名前から調べるのは getaddrinfo() です。127.0.0.1 か [::1] と書いてください。',
    en: '“{host}” is a name. {call}() takes an address in numbers; getaddrinfo() looks one up. Write 127.0.0.1 or [::1].',
  },
  onlyLocalhost: {
    ja: 'ここで調べられるのは localhost だけです。「{word}」は、このコンピューターの外に問い合わせることになります。',
    en: 'Only localhost is looked up here: “{word}” would be asked for outside this machine.',
  },
  notHere: {
    ja: 'ここで試せるのは、このコンピューターの中だけです。「{host}」ではなく 127.0.0.1、0.0.0.0、[::1]、[::] のどれかを書いてください。',
    en: 'Free play stays on this machine. Instead of “{host}” write 127.0.0.1, 0.0.0.0, [::1] or [::].',
  },
  tooMany: {ja: '「{word}」が余分です。', en: '“{word}” is one word too many.'},
  lineFull: {
    ja: '一行に書けるのは {most} 文字までです。あふれた分は入っていません。',
    en: 'A line holds {most} characters; what was more is not in it.',
  },
  unclosed: {ja: '引用符 " が閉じていません。', en: 'The quote " is not closed.'},
  noSocket: {
    ja: '{actor} にソケットがありません。先に socket を呼ぶか、番号を書いてください。',
    en: '{actor} has no socket. Call socket first, or write a number.',
  },
  taken: {
    ja: '{fd} は、このプロセス自身が使っているファイルディスクリプターです。socket や accept が返した番号を書いてください。',
    en: 'Descriptor {fd} is in use by the process itself. Write a number that socket or accept returned.',
  },
  noLabel: {
    ja: '= のあとに名前を書けるのは、ファイルディスクリプターを返す socket と accept だけです。',
    en: 'Only what returns a descriptor, socket and accept, can be given a name with =.',
  },
  waiting: {
    ja: '{actor} は {call}() の中で眠っています。もう一方の側を動かすと返ります。',
    en: '{actor} sleeps in {call}(). Something on the other side makes it return.',
  },
  ended: {
    ja: '{actor} のプロセスは、もうありません。spawn {actor} で、もう一度始められます。',
    en: 'The process of {actor} has ended. spawn {actor} starts it again.',
  },
  networkEnded: {
    ja: 'ネットワークを受け持つプロセスが終わりました({how})。replay(スクリプトなら、もう一度の実行)で、新しいネットワークとプロセスで実行し直せます。',
    en: 'The process that holds the network has ended ({how}). replay, or running the script again, does the lines on a new network with new processes.',
  },
  alive: {ja: '{actor} のプロセスは、もう動いています。', en: 'The process of {actor} is there already.'},
  notThere: {
    ja: '{actor} のプロセスはありません。spawn {actor} で始められます。',
    en: 'There is no process of {actor}. spawn {actor} starts one.',
  },
  asExpected: {ja: '期待どおりです。', en: 'As expected.'},
  otherwise: {ja: '期待は {claimed}、実際は {found} です。', en: 'expected: {claimed}; found: {found}'},
  unexpected: {
    ja: '{call}() を、カーネルが断りました({result})。そのつもりなら、次の行に expect と書きます。',
    en: 'The kernel refused {call}() ({result}). If that is meant to be so, an expect line follows it.',
  },
  notInScript: {
    ja: '「{word}」は、スクリプトには書けません。',
    en: '“{word}” is nothing that a script can do.',
  },
  scriptDone: {ja: '{file}: {count} 行を実行しました。', en: '{file}: {count} {count|line was|lines were} done.'},
  scriptHeld: {
    ja: '{file}: 書いてあるとおりになりました({count} 行)。',
    en: '{file}: all is as it says ({count} {count|line|lines}).',
  },
  scriptLine: {ja: '{file} の {line} 行目: {text}', en: '{file}, line {line}: {text}'},
  scriptFault: {ja: '{file} の {line} 行目: {why}', en: '{file}, line {line}: {why}'},
  scriptUnreadable: {ja: '{file} を読めません: {why}', en: '{file} cannot be read: {why}'},
  scriptLong: {ja: '{file} は長すぎます({most} バイトまで)。', en: '{file} is too long: at most {most} bytes.'},
  scriptEmpty: {ja: '{file} に、実行する行がありません。', en: '{file} has no line to do.'},
  saved: {
    ja: '{count} 行を {file} に保存しました。sockwalk play --script {argument} で確かめられます。',
    en: '{count} {count|line is|lines are} saved in {file}. sockwalk play --script {argument} checks {count|it|them}.',
  },
  unsaved: {ja: '{file} に保存できません: {why}', en: '{file} cannot be written: {why}'},
  exists: {
    ja: '{file} はもうあります。上書きはしません。別の名前にしてください。',
    en: '{file} is there already, and is not written over. Choose another name.',
  },
  nothingToSave: {ja: 'まだ何も呼び出していません。', en: 'Nothing has been called yet.'},
  replayed: {
    ja: '新しいプロセスで、同じ {count} 行を実行し直しました。',
    en: 'The same {count|line was|{count} lines were} done again, on fresh processes.',
  },
  working: {ja: '実行中: {n} 行目', en: 'working: line {n}'},
} as const satisfies Record<string, Text>;

/** What may be tried where nothing was done yet; a digit puts it on the line. */
export const firstMoves: readonly {readonly line: string; readonly about: Text}[] = [
  {line: 'server socket', about: {ja: '待つ側のソケットを作る', en: 'make the socket of the side that waits'}},
  {line: 'client socket', about: {ja: '呼びかける側のソケットを作る', en: 'make the socket of the side that calls'}},
  {
    line: 'client connect 99 127.0.0.1:{port}',
    about: {ja: '99 は開いていない fd', en: '99 is no open descriptor'},
  },
  {line: 'challenges', about: {ja: 'お題から選ぶ', en: 'choose a challenge'}},
];

/** In which order calls usually come. */
export const usualOrder: readonly {readonly side: string; readonly calls: string}[] = [
  {side: 'server', calls: 'socket → bind → listen → accept → recv/send → close'},
  {side: 'client', calls: 'socket → connect → send/recv → close'},
];

export const challengeText = {
  title: {ja: 'お題', en: 'Challenges'},
  solvedCount: {ja: '達成 {done} / {all}', en: '{done} of {all} solved'},
  head: {ja: 'お題 {id}: {title}', en: 'Challenge {id}: {title}'},
  moves: {ja: '{moves} 手(最少 {par} 手)', en: 'moves: {moves} (par {par})'},
  par: {ja: '最少 {par} 手', en: 'par {par}'},
  best: {ja: '自己最少 {best} 手', en: 'your best {best}'},
  solved: {
    ja: 'できました。カーネルがそう示しています。{moves} 手(最少 {par} 手)。',
    en: 'Solved: the kernel shows it. {moves} {moves|move|moves} (par {par}).',
  },
  onlyLines: {ja: '知られている最少の手数です。', en: 'That is as few as are known.'},
  fewer: {
    ja: 'もっと少ない手でもできます。challenge {id} で、もう一度挑めます。',
    en: 'It can be done in fewer. challenge {id} begins it again.',
  },
  notReached: {
    ja: 'お題「{challenge}」は、まだ達成されていません。カーネルはそう示していません。',
    en: 'The challenge “{challenge}” is not solved: the kernel does not show it.',
  },
  noneChosen: {
    ja: 'お題を選んでいません。challenges で選べます。',
    en: 'No challenge has been chosen. challenges shows them.',
  },
  solution: {ja: '一つの解き方: {lines}', en: 'One way: {lines}'},
} as const satisfies Record<string, Text>;
