import type {Need} from '../model/lesson.ts';
import type {Text} from '../model/text.ts';

export const cliText = {
  unknownCommand: {
    ja: '「{word}」というレッスンやコマンドはありません。「{nearest}」のことですか。',
    en: 'There is no lesson or command “{word}”. Did you mean “{nearest}”?',
  },
  unknownLesson: {
    ja: '「{word}」というレッスンはありません。「{nearest}」のことですか。(一覧は sockwalk list)',
    en: 'There is no lesson “{word}”. Did you mean “{nearest}”? (sockwalk list shows them all)',
  },
  unknownOption: {
    ja: '{word} というオプションはありません。{nearest} のことですか。',
    en: 'There is no option {word}. Did you mean {nearest}?',
  },
  unknownValue: {
    ja: '{option} に「{word}」は指定できません。使えるのは {known} です。「{nearest}」のことですか。',
    en: '{option} cannot be “{word}”. It takes {known}. Did you mean “{nearest}”?',
  },
  needsValue: {ja: '{option} には値が必要です。', en: '{option} needs a value.'},
  onlyPlay: {ja: '{option} は play でだけ使えます。', en: '{option} goes with play only.'},
  onlyPlayOrLab: {ja: '{option} は play と lab でだけ使えます。', en: '{option} goes with play and lab only.'},
  askWhere: {
    ja: '--ask は、レッスンを文章で実行する play でだけ使えます(--script や --format json とは使えません)。',
    en: '--ask goes with play of lessons as text only, not with --script or --format json.',
  },
  askAnswer: {
    ja: '答えの番号を入力して Enter を押してください(1〜{count}。Enter だけなら予想しない)。',
    en: 'Type the number of your answer and Enter (1 to {count}; Enter alone: no prediction).',
  },
  askAgain: {ja: '1 から {count} までの番号ではありません。', en: 'That is not a number from 1 to {count}.'},
  askTimer: {
    ja: 'この予想は、カーネルのタイマーが待ってくれないので尋ねません。',
    en: 'This prediction is not asked: a timer of the kernel’s does not wait for an answer.',
  },
  dumbTerminal: {
    ja: 'TERM=dumb の端末では画面を描けないので、文章として実行します。予想を尋ねてほしければ、play --ask レッスン を使ってください。',
    en: 'The screen cannot be drawn where TERM is dumb, so this goes on as text. play --ask LESSON asks what you predict.',
  },
  takesNoValue: {ja: '{option} は値をとりません。', en: '{option} takes no value.'},
  tooMany: {ja: '「{word}」が余分です。', en: '“{word}” is one word too many.'},
  playWhat: {
    ja: 'どのレッスンを実行するか、名前か --all で指定してください。(一覧は sockwalk list)',
    en: 'Say which lessons to play, by name or with --all. (sockwalk list shows them)',
  },
  progressWhat: {
    ja: '進み具合をどうするか、export、import、reset のどれかで指定してください。',
    en: 'Say what to do with your progress: export, import or reset.',
  },
  unknownProgress: {
    ja: 'progress に「{word}」はありません。「{nearest}」のことですか。',
    en: 'progress has no “{word}”. Did you mean “{nearest}”?',
  },
  importWhat: {
    ja: '読み込むファイルを指定してください。例: sockwalk progress import backup.json',
    en: 'Name the file to import, as in: sockwalk progress import backup.json',
  },
  importForeign: {
    ja: '{file} は sockwalk の進み具合ではないか、壊れています。何も変えませんでした。',
    en: '{file} is not sockwalk progress, or it is damaged. Nothing was changed.',
  },
  importUnreadable: {
    ja: '{file} を読めません: {why}。何も変えませんでした。',
    en: '{file} cannot be read: {why}. Nothing was changed.',
  },
  imported: {
    ja: '{file} から {count} レッスン分の進み具合を読み込みました。',
    en: 'Imported the progress of {count} {count|lesson|lessons} from {file}.',
  },
  resetSure: {
    ja: '{count} レッスン分の進み具合をすべて消しますか。[y/N] ',
    en: 'Forget your progress in {count} {count|lesson|lessons}? [y/N] ',
  },
  importLoses: {
    ja: '今ある進み具合のうち {count} 件が {file} にはなく、置き換えると消えます。置き換えますか。[y/N] ',
    en: '{count} entries of your progress are not in {file}, and would be forgotten. Put it in their place? [y/N] ',
  },
  importNeedsYes: {
    ja: '今ある進み具合のうち {count} 件が {file} にはありません。端末がないので確かめられません。置き換えるには --yes を付けてください。',
    en: '{count} entries of your progress are not in {file}, and there is no terminal to ask on. Add --yes to put it in their place.',
  },
  importNot: {ja: '何も変えませんでした。', en: 'Nothing was changed.'},
  resetNeedsYes: {
    ja: '端末がないので確かめられません。すべて消すには --yes を付けてください。',
    en: 'There is no terminal to ask on. Add --yes to forget everything.',
  },
  resetDone: {ja: '進み具合を消しました。', en: 'Forgotten.'},
  resetNot: {ja: '何も消しませんでした。', en: 'Nothing was forgotten.'},
  noneKept: {ja: '進み具合は、まだありません。', en: 'There is no progress yet.'},
  verified: {
    ja: '{lesson}: 問題ありません(ステップ {steps}、復習 {reviews}、{time})',
    en: '{lesson}: fine ({steps} {steps|step|steps}, {reviews} review {reviews|question|questions}, {time})',
  },
  verifiedPartly: {
    ja: '{lesson}: {count} 個のステップは、ここでは動きません。要るもの: {needs}',
    en: '{lesson}: {count} {count|step|steps} cannot run here; {count|it needs|they need} {needs}',
  },
  verifiedNot: {ja: '{lesson}: カーネルの動きが、主張と違います', en: '{lesson}: the kernel does otherwise'},
  verifiedPart: {
    ja: '    ステップ {step}: 主張は {claimed}、実際は {found}',
    en: '    step {step}: claimed: {claimed}; found: {found}',
  },
  verifiedWhy: {ja: '    {why}', en: '    {why}'},
  verifiedChoices: {
    ja: '    ステップ {step}: 正しい選択肢が 1 つではなく {count} 個あります',
    en: '    step {step}: {count} choices are right, not one',
  },
  verifiedLeft: {
    ja: '    終わったあとに、開いたままか待ったままのものがあります: {what}',
    en: '    still open or waiting at the end: {what}',
  },
  verifiedAll: {
    ja: '{count} レッスンを確かめました。{bad} レッスンに問題があります。',
    en: '{count} {count|lesson|lessons} verified; {bad} of them {bad|is|are} not fine.',
  },
  verifiedAllFine: {
    ja: '{count} レッスンすべて、このコンピューターで動きます。',
    en: '{count|The lesson runs|All {count} lessons run} on this machine.',
  },
  replayWhat: {
    ja: '再生するファイルを一つ指定してください。例: sockwalk replay walk.jsonl',
    en: 'Name the one file to replay, as in: sockwalk replay walk.jsonl',
  },
  badPort: {
    ja: 'ポート「{word}」は使えません。0 から 65535 までの整数を指定してください。',
    en: '“{word}” is not a port. A port is a whole number from 0 to 65535.',
  },
  badSeed: {
    ja: '--seed に「{word}」は使えません。0 から 4294967295 までの整数を指定してください。',
    en: '“{word}” is not a seed. A seed is a whole number from 0 to 4294967295.',
  },
  portNotPermitted: {
    ja: 'ポート {port} は使えません({why})。{first} 未満のポートには特権が要ります。',
    en: 'Port {port} is not permitted ({why}): ports below {first} need a privilege.',
  },
  portRefused: {
    ja: 'ポート {port} は使えません({why})。{owner}',
    en: 'Port {port} cannot be used ({why}). {owner}',
  },
  portMoved: {
    ja: 'ポート {port} は使われています。{owner}空いている {next} で進めます。',
    en: 'Port {port} is in use. {owner}Going on with {next}, the next free one.',
  },
  emptyMessage: {
    ja: 'メッセージが空です。send() に 0 バイトを渡しても何も送られず、サーバーは待ち続けます。',
    en: 'The message is empty. send() with 0 bytes sends nothing, and the server would wait for ever.',
  },
  longMessage: {
    ja: 'メッセージが長過ぎます({bytes} バイト)。{limit} バイトまでにしてください。',
    en: 'The message is too long: {bytes} {bytes|byte|bytes}, and at most {limit} fit.',
  },
  noSystemCalls: {
    ja: 'システムコールを呼べません: koffi(FFI ライブラリー)を読み込めませんでした({why})。npm install koffi で入ります。list、replay、--help は使えます。',
    en: 'System calls cannot be made: koffi, the FFI library, did not load ({why}). npm install koffi installs it. list, replay and --help still work.',
  },
  noProcess: {
    ja: '{file} のプロセスを起動できません({how})。プロセス数の上限(ulimit -u、コンテナの pids.max)と、空きメモリーを確かめてください。list、replay、--help は使えます。',
    en: 'The process of {file} does not start ({how}). Look at the limit of processes (ulimit -u, a container’s pids.max) and at free memory. list, replay and --help still work.',
  },
  silentProcess: {
    ja: '{file} のプロセスは、{seconds} 秒待っても応答しません。プロセス数の上限(ulimit -u、コンテナの pids.max)と、空きメモリーを確かめてください。list、replay、--help は使えます。',
    en: 'The process of {file} has not answered for {seconds} s. Look at the limit of processes (ulimit -u, a container’s pids.max) and at free memory. list, replay and --help still work.',
  },
  noFolder: {
    ja: '一時フォルダー {folder} を使えません({why})。環境変数 TMPDIR で、書き込めるフォルダーを指定してください。',
    en: 'The temporary folder {folder} cannot be used ({why}). Name one that can be written to in the environment variable TMPDIR.',
  },
  longFolder: {
    ja: '一時フォルダー {folder} のパスは長過ぎて、その中のソケットファイルに名前を付けられません(sun_path は {most} バイトまで)。環境変数 TMPDIR で、短いものを指定してください。',
    en: 'The path of the temporary folder {folder} is too long for a socket file in it: sun_path has at most {most} bytes. Name a shorter one in the environment variable TMPDIR.',
  },
  noLoopback: {
    ja: '127.0.0.1 に届きません({why})。ループバックのデバイス lo が止まっていないか確かめてください(管理者が ip link set lo up で動かせます)。',
    en: '127.0.0.1 cannot be reached ({why}). See whether the loopback device lo is down (the administrator starts it with ip link set lo up).',
  },
  noKernelTables: {
    ja: 'カーネルの表が読めません: {why}。sockwalk は Linux の /proc を読みます。list、replay、--help は使えます。',
    en: 'The kernel’s tables cannot be read: {why}. sockwalk reads Linux’s /proc. list, replay and --help still work.',
  },
  recordingUnreadable: {ja: '{file} を読めません: {why}', en: '{file} cannot be read: {why}'},
  recordingBroken: {
    ja: '{file} の {line} 行目が壊れています({why})。その前の {count} 件を示しました。',
    en: '{file} is damaged at line {line} ({why}). Shown are the {count} events before it.',
  },
  recordingCut: {
    ja: '{file} は {line} 行目で途切れています(プロセスの終了が記録されていません)。そこまでの {count} 件を示しました。',
    en: '{file} is cut off after line {line}: the end of the processes is not in it. Shown are the {count} events up to there.',
  },
  recordingEmpty: {ja: '{file} には何も記録されていません。', en: '{file} holds no recording.'},
  notJson: {ja: 'JSON ではありません', en: 'it is not JSON'},
  notAnEvent: {ja: 'イベントの形ではありません: {what}', en: 'it is not an event: {what}'},
  outOfOrder: {ja: 'seq が {expected} ではなく {found} です', en: 'its seq is {found}, not {expected}'},
  answersNothing: {ja: '始まっていない呼び出しの結果です', en: 'it answers a call that was not started'},
  progressSetAside: {
    ja: '進み具合のファイルが壊れていたので、{file} に移しました。',
    en: 'The progress file was damaged. It has been set aside as {file}.',
  },
  progressUnwritable: {
    ja: '進み具合を保存できません: {why}',
    en: 'Progress cannot be saved: {why}',
  },
  leftOut: {
    ja: '{lesson}: このコンピューターにないもの({needs})が要るので、{count} 個のステップを省きます。',
    en: '{lesson}: {count} {count|step is|steps are} left out here; {count|it needs|they need} {needs}.',
  },
  notAsked: {
    ja: '{lesson}: フレームをキャプチャできないので、フレームについての予想は尋ねません。要るもの: {needs}',
    en: '{lesson}: no frames can be captured, so predictions about them are not asked; that needs {needs}.',
  },
  cut: {
    ja: '{lesson}: {actor}のプロセスが途中で終わったので({how})、ここまでにします。もう一度実行してください。',
    en: '{lesson}: the {actor} process ended in the middle ({how}), so the lesson stops there. Run it again.',
  },
  outputLost: {
    ja: '標準出力に書けません({why})。',
    en: 'Standard output cannot be written to ({why}).',
  },
  pcapExists: {
    ja: '{file} はすでにあります。上書きはしないので、別の名前を付けるか、先に消してください。',
    en: '{file} is there already, and is not written over. Choose another name, or remove it first.',
  },
  pcapUnwritable: {
    ja: '{file} に書けません: {why}。何も実行しませんでした。',
    en: '{file} cannot be written: {why}. Nothing was played.',
  },
  pcapCut: {
    ja: '{file} に最後まで書けませんでした: {why}。',
    en: '{file} could not be written to its end: {why}.',
  },
  pcapWritten: {
    ja: '{count} フレームを {file} に書きました。',
    en: 'Wrote {count} {count|frame|frames} to {file}.',
  },
  pcapEmpty: {
    ja: 'キャプチャできたフレームがないので、{file} は空です。',
    en: 'No frame was captured: {file} is empty.',
  },
  crashed: {
    ja: 'sockwalk の誤りで終了します。端末とプロセスは元に戻しました。',
    en: 'sockwalk ends because of a mistake of its own. The terminal and the processes are as they were.',
  },
} as const satisfies Record<string, Text>;

export const needText: Record<Need, Text> = {
  ipv6: {ja: 'IPv6', en: 'IPv6'},
  'privileged-ports': {
    ja: '特権ポート(net.ipv4.ip_unprivileged_port_start)',
    en: 'privileged ports (net.ipv4.ip_unprivileged_port_start)',
  },
  'unprivileged-account': {ja: '特権のないアカウント', en: 'an account without privileges'},
  capture: {
    ja: 'フレームのキャプチャ(プライベートネットワーク、または CAP_NET_RAW)',
    en: 'frames that can be captured (a private network, or CAP_NET_RAW)',
  },
  'private-network': {
    ja: 'プライベートネットワーク(unshare -Urn)',
    en: 'a private network (unshare -Urn)',
  },
  'packet-filter': {ja: 'パケットフィルター(nftables)', en: 'the packet filter (nftables)'},
};

/** Who stands on a port, as one sentence that ends in a space, so that another may follow. */
export const ownerText = {
  walk: {ja: '別の sockwalk が使っています。', en: 'Another sockwalk has it. '},
  process: {ja: '使っているのは {command}(pid {pid})です。', en: 'It belongs to {command} (pid {pid}). '},
  hidden: {
    ja: '使っているプロセスは、このアカウントからは見えません。',
    en: 'This account may not see which process has it. ',
  },
  kernel: {
    ja: '前の接続が {state} で残っています(プロセスはありません)。',
    en: 'An earlier connection remains there in {state}, without a process. ',
  },
  unknown: {ja: 'だれが使っているかは分かりません。', en: 'Who has it, the kernel does not tell. '},
} as const satisfies Record<string, Text>;

export const helpText: Text = {
  ja: `sockwalk: ソケットを一歩ずつ、本物のカーネルで

使い方
  sockwalk [レッスン]            全画面で歩く(レッスンを省くと一覧から)
  sockwalk list                  レッスンの一覧と進み具合
  sockwalk play レッスン...      画面なしで、本物の呼び出しを最後まで実行する
  sockwalk play --all            すべてのレッスンを実行する
  sockwalk play --ask レッスン   文章だけで、予想も尋ねる(番号と Enter で答える。読み上げソフト向き)
  sockwalk play --script ファイル   書いておいた呼び出しを実行し、そのとおりになるか確かめる(- は標準入力)
  sockwalk lab                   好きな呼び出しを、好きな順に。お題もある(--script で場面から始める)
  sockwalk verify [レッスン...]  レッスンと復習を実行し、主張がこのコンピューターで成り立つか確かめる
  sockwalk progress export       進み具合を標準出力に書く
  sockwalk progress import ファイル   書いておいた進み具合に置き換える
  sockwalk progress reset        進み具合をすべて消す(先に確かめる)
  sockwalk replay ファイル       保存した記録を見る(play --format json の出力)
  sockwalk doctor                このコンピューターで何ができるか
  sockwalk ask-router            本物のルーターにグローバルIPアドレスを尋ねる(送る前に確かめる)
  sockwalk serve                 エコーサーバー。nc でもブラウザーでも、つないだものを見て、働きかける
  sockwalk connect HOST:PORT     クライアント。行を送り、届いたものをバイトと文字で見る(パスなら UNIX ソケット)

オプション
  --lang ja|en           言語(既定はロケールから)
  --format text|json     play、list、serve の出力の形(json は一行に一イベント)
  --port N               サーバーのポート(既定 8080、0 はカーネルに任せる)。番号を指定すると host で動く
  --message 文           echo で送るメッセージ
  --seed N               予想の選択肢を、いつもこの N で決まる順に並べる(授業などで番号をそろえる)。
                         指定がなければ、並び順は実行のたびに変わる
  --network auto|host|private
                         使うネットワーク。private は root の要らない名前空間で、フレームが見える。
                         host はこのコンピューターのループバック。auto(既定)はレッスンが選ぶ
  --pcap ファイル        play でキャプチャしたフレームを pcapng で書く(Wireshark で読める)
  --no-progress          進み具合を読まず、残さない
  --yes                  ask-router、progress reset と import、serve --host で確かめない
  --theme auto|dark|light
                         端末の背景に合う色。auto(既定)は端末に尋ね、答えがなければ COLORFGBG、それもなければ dark。
                         NO_COLOR を設定すると色を使わない(太字、下線、反転は残る)
  --ascii                罫線などの代わりに ASCII の文字で描く(罫線や記号が 2 桁の幅になり、表示が崩れる端末で)
  --no-motion            フレームを動かさずに見せる(環境変数 NO_MOTION でも同じ)
  --help, --version

serve のオプション
  --host アドレス        待ち受けるアドレス(既定 127.0.0.1。ほかから届くものは、先に確かめる)
  --unix パス, --udp     UNIX ソケット、または UDP で待ち受ける
  --greeting 文          接続してきたクライアントに送る(既定 hello, world!。--no-greeting でなし)。
                         HTTP のように先に話す相手か見るため、最初のバイトか 0.1 秒を待って送る
  --max-clients N  --max-per-address N  --max-bytes N  --idle 秒  --max-line N  --max-rate N
                         同時のクライアント数、そのうち 1 つの IP アドレスから、1 クライアントが送れる
                         バイト数、無通信の秒数、1 行のバイト数、UDP で 1 クライアントに返す 1 秒あたりの
                         データグラム数(超えたら、1 秒途絶えるまで返さない)。0 は制限なし。
                         UDP では、空のデータグラム、自分自身のアドレスから来たもの、必ず返事をする
                         サービスのポート(7、13、17、19、37)から来たものにも返さない
connect のオプション
  --raw                  書いた文字を、改行なしで送る

終了コード
  0 カーネルがレッスンの主張どおりに動いた   1 動かなかった、または実行できない
  2 コマンド行の誤り   130 Ctrl+C   143 SIGTERM(serve は、接続を閉じて 0)

例
  sockwalk server-flow
  sockwalk play echo --message "こんにちは"
  sockwalk play --all --format json > walk.jsonl && sockwalk replay walk.jsonl
`,
  en: `sockwalk: sockets one step at a time, with the real kernel

Usage
  sockwalk [LESSON]              the full-screen walk (from the list, when none is named)
  sockwalk list                  the lessons, and how far you are
  sockwalk play LESSON...        makes a lesson's real calls to the end, without a screen
  sockwalk play --all            plays every lesson
  sockwalk play --ask LESSON     as text alone, asking what you predict (a number and Enter; for screen readers)
  sockwalk play --script FILE    makes the calls of a script, and checks what it expects (-: standard input)
  sockwalk lab                   any call in any order, and challenges (--script FILE sets the scene first)
  sockwalk verify [LESSON...]    plays lessons and their reviews, and says whether their claims hold here
  sockwalk progress export       writes your progress to standard output
  sockwalk progress import FILE  puts such a file in its place
  sockwalk progress reset        forgets it all (asks first)
  sockwalk replay FILE           shows a recording (the output of play --format json)
  sockwalk doctor                what this machine can do
  sockwalk ask-router            asks your real router for its public address (after a yes)
  sockwalk serve                 an echo server: see and act on whatever connects, nc or a browser
  sockwalk connect HOST:PORT     a client: sends lines, shows what comes as bytes and text (a path: Unix socket)

Options
  --lang ja|en           language (default: from the locale)
  --format text|json     output of play, list and serve (json: one event per line)
  --port N               the server's port (default 8080; 0 lets the kernel choose); naming one means host
  --message TEXT         the message that echo sends
  --seed N               the choices of predictions in the one order that N gives, so that a class sees the
                         same numbers; without it they are shuffled for each walk
  --network auto|host|private
                         which network. private: a namespace of its own, without root, where frames are
                         seen; host: this machine's loopback; auto (default): what the lesson wants
  --pcap FILE            play writes the frames that it captured, as pcapng for Wireshark
  --no-progress          read no progress and keep none
  --yes                  ask-router, progress reset and import, and serve --host do not ask first
  --theme auto|dark|light
                         colours for the terminal's background; auto (default) asks the terminal, then looks at
                         COLORFGBG, else dark. With NO_COLOR there are none (bold, underline and inverse stay)
  --ascii                draw with ASCII in place of box characters (cures a terminal that draws those two cells wide)
  --no-motion            frames do not fly (the same as NO_MOTION in the environment)
  --help, --version

Options of serve
  --host ADDRESS         where it listens (default 127.0.0.1; asks first where other machines can connect)
  --unix PATH, --udp     listens on a Unix socket, or by UDP
  --greeting TEXT        what a client is sent on connecting (default hello, world!; --no-greeting: nothing).
                         It waits for the first byte or 0.1 s, to see who speaks first, as HTTP does
  --max-clients N  --max-per-address N  --max-bytes N  --idle SECONDS  --max-line N  --max-rate N
                         clients at a time, those of one IP address, bytes that one client sends, seconds
                         without a byte, bytes of a line, UDP datagrams a second that one client is answered
                         (beyond that none until it was silent for a second); 0: no limit.
                         UDP: no answer either to an empty datagram, to its own address, to the ports of
                         services that answer whatever comes (7, 13, 17, 19, 37)
Options of connect
  --raw                  sends what is typed without a newline

Exit codes
  0 the kernel did what the lessons claim   1 it did not, or they cannot run here
  2 bad command line   130 Ctrl+C   143 SIGTERM (serve: 0, with its connections closed)

Examples
  sockwalk server-flow
  sockwalk play echo --message "good morning"
  sockwalk play --all --format json > walk.jsonl && sockwalk replay walk.jsonl
`,
};
