import type {Text} from '../model/text.ts';

/** Why there is no private network, and what would allow it. Places are the fields of the refusal. */
export const refusalText: Record<'no-command' | 'sysctl' | 'apparmor' | 'refused' | 'no-capture', Text> = {
  'no-command': {
    ja: 'コマンド {command} がありません(util-linux に入っています)。',
    en: 'the command {command} is missing (it comes with util-linux).',
  },
  sysctl: {
    ja: 'カーネルの設定 {name} = {value} が禁じています。管理者が別の値にすれば使えます。',
    en: 'the kernel setting {name} = {value} forbids it; with another value, which the administrator can set, it works.',
  },
  apparmor: {
    ja: 'AppArmor が禁じています(kernel.apparmor_restrict_unprivileged_userns = 1)。管理者が 0 にするか、node 用のプロファイルで許可すれば使えます。',
    en: 'AppArmor forbids it (kernel.apparmor_restrict_unprivileged_userns = 1); it works once the administrator sets that to 0, or allows it in a profile for node.',
  },
  refused: {
    ja: '「{why}」と断られました。コンテナの中では、コンテナの制限(seccomp など)が名前空間を作らせないことがよくあります。',
    en: 'the answer was "{why}". In a container it is often the container’s own limits (seccomp) that allow no namespaces.',
  },
  'no-capture': {
    ja: '名前空間は作れましたが、ネットワークを用意できませんでした({why})。',
    en: 'a namespace could be made, but no network set up in it ({why}).',
  },
};

export const networkText = {
  refused: {
    ja: 'この環境ではプライベートネットワークを作れないため、セグメントなしで進みます。{why}',
    en: 'No private network can be made here, so the lesson goes on without segments: {why}',
  },
  failed: {
    ja: 'プライベートネットワークを用意できませんでした。{why} --network host を付けると、このコンピューターのループバックで動きます。',
    en: 'The private network could not be set up: {why} With --network host lessons run on this machine’s loopback.',
  },
  open: {
    ja: 'このレッスンのサーバーは、このコンピューターのすべてのアドレスで待ち受けることがあります。そのあいだは、同じネットワークのほかのコンピューターからもつなげます。',
    en: 'In this lesson a server listens for a while on all addresses of this computer; meanwhile other computers on its network can connect to it.',
  },
} satisfies Record<string, Text>;
