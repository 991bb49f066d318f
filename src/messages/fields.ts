import type {Text} from '../model/text.ts';
import type {FieldName} from '../model/wire.ts';

/** What each field of a header is called, in at most 22 cells, and what it is for. */
export const fieldText: Record<FieldName, {readonly name: Text; readonly meaning: Text}> = {
  'eth-destination': {
    name: {ja: '宛先 MAC アドレス', en: 'destination MAC'},
    meaning: {
      ja: 'このリンクの上で、フレームを受け取るインターフェースのアドレスです。',
      en: 'The address of the interface on this link that is to take the frame.',
    },
  },
  'eth-source': {
    name: {ja: '送信元 MAC アドレス', en: 'source MAC'},
    meaning: {
      ja: 'このリンクの上で、フレームを送ったインターフェースのアドレスです。',
      en: 'The address of the interface on this link that sent the frame.',
    },
  },
  'eth-type': {
    name: {ja: 'EtherType', en: 'EtherType'},
    meaning: {
      ja: 'フレームの中身がどのプロトコルかを示します。',
      en: 'Which protocol the frame carries.',
    },
  },
  'arp-hardware-type': {
    name: {ja: 'ハードウェアタイプ', en: 'hardware type'},
    meaning: {ja: 'リンクの種類です。', en: 'The kind of link.'},
  },
  'arp-protocol-type': {
    name: {ja: 'プロトコルタイプ', en: 'protocol type'},
    meaning: {
      ja: 'どのプロトコルのアドレスについて尋ねているかを、EtherType の番号で示します。',
      en: 'Which protocol’s addresses are asked about, as an EtherType.',
    },
  },
  'arp-hardware-length': {
    name: {ja: 'MAC アドレスの長さ', en: 'MAC address length'},
    meaning: {ja: 'リンクのアドレスのバイト数です。', en: 'How many bytes an address of the link has.'},
  },
  'arp-protocol-length': {
    name: {ja: 'IP アドレスの長さ', en: 'IP address length'},
    meaning: {ja: 'プロトコルのアドレスのバイト数です。', en: 'How many bytes an address of the protocol has.'},
  },
  'arp-operation': {
    name: {ja: 'オペレーション', en: 'operation'},
    meaning: {ja: '質問(要求)か、答え(応答)かを示します。', en: 'Whether this is the question or the answer.'},
  },
  'arp-sender-mac': {
    name: {ja: '送信者の MAC アドレス', en: 'sender MAC'},
    meaning: {ja: 'この ARP を送った側の MAC アドレスです。', en: 'The MAC address of the side that sent this.'},
  },
  'arp-sender-ip': {
    name: {ja: '送信者の IP アドレス', en: 'sender IP'},
    meaning: {
      ja: 'この ARP を送った側の IP アドレスです。宛先の側は、上の MAC アドレスと組にして覚えます。',
      en: 'The IP address of the side that sent this. The side that it is for remembers it with the MAC address.',
    },
  },
  'arp-target-mac': {
    name: {ja: '目標の MAC アドレス', en: 'target MAC'},
    meaning: {
      ja: '要求では、これから尋ねる MAC アドレスなのでゼロです。応答では、尋ねた側のアドレスです。',
      en: 'Zeros in a request, since this is what it asks for; in a reply the address of the one that asked.',
    },
  },
  'arp-target-ip': {
    name: {ja: '目標の IP アドレス', en: 'target IP'},
    meaning: {
      ja: '要求では、MAC アドレスを知りたい相手の IP アドレスです。',
      en: 'In a request, the IP address whose MAC address is asked for.',
    },
  },
  'ip-version': {
    name: {ja: 'バージョン', en: 'version'},
    meaning: {ja: 'IP のバージョンです。IPv4 では 4 です。', en: 'The version of IP: 4.'},
  },
  'ip-header-length': {
    name: {ja: 'ヘッダー長 (IHL)', en: 'header length (IHL)'},
    meaning: {
      ja: 'IP ヘッダーの長さを 4 バイト単位で示します。データはその次から始まります。',
      en: 'The length of the IP header, in units of 4 bytes; the data begins after it.',
    },
  },
  'ip-dscp': {
    name: {ja: 'DSCP', en: 'DSCP'},
    meaning: {
      ja: 'ルーターに求める転送の優先度です。ふつうは 0 です。',
      en: 'What priority routers are asked for. Usually 0.',
    },
  },
  'ip-ecn': {
    name: {ja: 'ECN', en: 'ECN'},
    meaning: {
      ja: '混雑したルーターが、パケットを捨てる代わりに輻輳を知らせるビットです。',
      en: 'By these bits a busy router reports congestion instead of dropping the packet.',
    },
  },
  'ip-total-length': {
    name: {ja: '全長', en: 'total length'},
    meaning: {
      ja: 'IP パケット全体(ヘッダーとデータ)のバイト数です。',
      en: 'How many bytes the whole packet has, header and data.',
    },
  },
  'ip-identification': {
    name: {ja: '識別子', en: 'identification'},
    meaning: {
      ja: 'フラグメントに分かれたとき、どのパケットのものかを見分ける番号です。',
      en: 'A number by which fragments of the same packet are known.',
    },
  },
  'ip-flags': {
    name: {ja: 'フラグ', en: 'flags'},
    meaning: {
      ja: 'フラグメント化してよいか (DF)、続きのフラグメントがあるか (MF) を示します。',
      en: 'Whether the packet may be fragmented (DF), and whether more fragments follow (MF).',
    },
  },
  'ip-fragment-offset': {
    name: {ja: 'フラグメントオフセット', en: 'fragment offset'},
    meaning: {
      ja: '元のパケットのデータのどこから始まるフラグメントかを、8 バイト単位で示します。',
      en: 'Where in the data of the original packet this fragment begins, in units of 8 bytes.',
    },
  },
  'ip-ttl': {
    name: {ja: 'TTL(生存時間)', en: 'TTL (time to live)'},
    meaning: {
      ja: 'ルーターを通るたびに 1 減り、0 になると捨てられます。',
      en: 'Each router takes 1 away, and drops the packet at 0.',
    },
  },
  'ip-protocol': {
    name: {ja: 'プロトコル', en: 'protocol'},
    meaning: {ja: 'パケットの中身がどのプロトコルかを示します。', en: 'Which protocol the packet carries.'},
  },
  'ip-checksum': {
    name: {ja: 'ヘッダーチェックサム', en: 'header checksum'},
    meaning: {
      ja: 'IP ヘッダーだけを検査する値です。TTL が変わるので、ルーターごとに計算し直します。',
      en: 'Guards the IP header alone. Each router computes it anew, since the TTL changes.',
    },
  },
  'ip-source': {
    name: {ja: '送信元 IP アドレス', en: 'source IP'},
    meaning: {
      ja: 'パケットを送ったホストのアドレスです。NAT を通ったあとでは、ルーターのアドレスです。',
      en: 'The address of the host that sent the packet, or after NAT that of a router.',
    },
  },
  'ip-destination': {
    name: {ja: '宛先 IP アドレス', en: 'destination IP'},
    meaning: {
      ja: 'パケットが届くべきホストのアドレスです。ルーターはこれを見て次の行き先を決めます。',
      en: 'The address of the host that it is for. Routers choose the next hop by it.',
    },
  },
  'ip-options': {
    name: {ja: 'IP オプション', en: 'IP options'},
    meaning: {
      ja: '経路の記録などの付加情報です。今ではほとんど使われません。',
      en: 'Extras such as recording the route. Hardly used today.',
    },
  },
  'ip6-version': {
    name: {ja: 'バージョン', en: 'version'},
    meaning: {ja: 'IP のバージョンです。IPv6 では 6 です。', en: 'The version of IP: 6.'},
  },
  'ip6-traffic-class': {
    name: {ja: 'トラフィッククラス', en: 'traffic class'},
    meaning: {ja: 'IPv4 の DSCP と ECN にあたります。', en: 'What DSCP and ECN are in IPv4.'},
  },
  'ip6-flow-label': {
    name: {ja: 'フローラベル', en: 'flow label'},
    meaning: {
      ja: '同じ通信のパケットに付く共通の番号です。経路を振り分けるときに使われます。',
      en: 'The same for all packets of one flow, so that routers can keep them on one path.',
    },
  },
  'ip6-payload-length': {
    name: {ja: 'ペイロード長', en: 'payload length'},
    meaning: {
      ja: 'この 40 バイトのヘッダーより後のバイト数です。',
      en: 'How many bytes come after these 40 bytes of header.',
    },
  },
  'ip6-next-header': {
    name: {ja: '次ヘッダー', en: 'next header'},
    meaning: {
      ja: '次に来るヘッダーの種類です。IPv4 の「プロトコル」にあたります。',
      en: 'Which header comes next; what IPv4 calls protocol.',
    },
  },
  'ip6-hop-limit': {
    name: {ja: 'ホップリミット', en: 'hop limit'},
    meaning: {
      ja: 'ルーターを通るたびに 1 減り、0 になると捨てられます。IPv4 の TTL にあたります。',
      en: 'Each router takes 1 away, and drops the packet at 0; what IPv4 calls TTL.',
    },
  },
  'ip6-source': {
    name: {ja: '送信元 IPv6 アドレス', en: 'source IPv6'},
    meaning: {ja: 'パケットを送ったホストのアドレスです。', en: 'The address of the host that sent the packet.'},
  },
  'ip6-destination': {
    name: {ja: '宛先 IPv6 アドレス', en: 'destination IPv6'},
    meaning: {ja: 'パケットが届くべきホストのアドレスです。', en: 'The address of the host that it is for.'},
  },
  'ip6-extension': {
    name: {ja: '拡張ヘッダー', en: 'extension header'},
    meaning: {
      ja: 'フラグメント化など、必要なときだけ付くヘッダーです。',
      en: 'A header that is there only where it is needed, such as for fragments.',
    },
  },
  'icmp-type': {
    name: {ja: 'タイプ', en: 'type'},
    meaning: {ja: 'ICMP メッセージの種類です。', en: 'What kind of message this is.'},
  },
  'icmp-code': {
    name: {ja: 'コード', en: 'code'},
    meaning: {ja: '同じタイプの中での、より細かい理由です。', en: 'The reason, within this type.'},
  },
  'icmp-checksum': {
    name: {ja: 'チェックサム', en: 'checksum'},
    meaning: {
      ja: 'ICMP メッセージ全体を検査する値です(ICMPv6 では IP アドレスも含みます)。',
      en: 'Guards the whole message (in ICMPv6 the addresses too).',
    },
  },
  'icmp-rest': {
    name: {ja: 'タイプごとの 4 バイト', en: '4 bytes by type'},
    meaning: {
      ja: 'タイプによって意味が変わります。エコーでは識別子とシーケンス番号です。',
      en: 'Their meaning depends on the type: identifier and sequence number in an echo.',
    },
  },
  'icmp-original': {
    name: {ja: '元のパケット', en: 'original packet'},
    meaning: {
      ja: 'エラーの原因になったパケットの先頭です。送った側はこれで、どのソケットの話かを知ります。',
      en: 'The beginning of the packet that caused the error: by it the sender knows which socket it is about.',
    },
  },
  'tcp-source-port': {
    name: {ja: '送信元ポート', en: 'source port'},
    meaning: {ja: 'セグメントを送った側のポート番号です。', en: 'The port of the side that sent the segment.'},
  },
  'tcp-destination-port': {
    name: {ja: '宛先ポート', en: 'destination port'},
    meaning: {
      ja: 'セグメントを受け取る側のポート番号です。',
      en: 'The port of the side that the segment is for.',
    },
  },
  'tcp-sequence': {
    name: {ja: 'シーケンス番号', en: 'sequence number'},
    meaning: {
      ja: 'このセグメントの最初のバイトが、ストリームの何番目かを示します。SYN と FIN も 1 つ数えます。',
      en: 'Which byte of the stream the first one here is. SYN and FIN count as one too.',
    },
  },
  'tcp-acknowledgment': {
    name: {ja: '確認応答番号', en: 'acknowledgment number'},
    meaning: {
      ja: '次に受け取りたいバイトの番号です。それより前はすべて受け取っています。ACK フラグがあるときだけ有効です。',
      en: 'The byte that is expected next: all before it has arrived. Means something only with the ACK flag.',
    },
  },
  'tcp-data-offset': {
    name: {ja: 'データオフセット', en: 'data offset'},
    meaning: {
      ja: 'TCP ヘッダーの長さを 4 バイト単位で示します。データはその次から始まります。',
      en: 'The length of the TCP header, in units of 4 bytes; the data begins after it.',
    },
  },
  'tcp-reserved': {
    name: {ja: '予約', en: 'reserved'},
    meaning: {ja: '将来のためのビットで、0 にします。', en: 'Kept for the future: 0.'},
  },
  'tcp-flags': {
    name: {ja: 'フラグ', en: 'flags'},
    meaning: {
      ja: 'コネクションの確立 (SYN)、確認応答 (ACK)、終わり (FIN)、リセット (RST) などを示します。',
      en: 'Opens (SYN), acknowledges (ACK), ends (FIN) or resets (RST) the connection, among others.',
    },
  },
  'tcp-window': {
    name: {ja: 'ウィンドウ', en: 'window'},
    meaning: {
      ja: '確認応答番号から、あと何バイト送ってよいかを示します。両側の SYN にウィンドウスケールがあれば、SYN 以外ではその倍率をかけます。',
      en: 'How many bytes may be sent, counted from the acknowledgment. Except in a SYN it is multiplied by the window scale, if both SYNs had one.',
    },
  },
  'tcp-checksum': {
    name: {ja: 'チェックサム', en: 'checksum'},
    meaning: {
      ja: 'IP アドレスと、TCP のヘッダーとデータを検査する値です。',
      en: 'Guards the IP addresses, and TCP’s header and data.',
    },
  },
  'tcp-urgent': {
    name: {ja: '緊急ポインター', en: 'urgent pointer'},
    meaning: {
      ja: 'URG フラグがあるとき、緊急データの終わりを示します。今ではほとんど使われません。',
      en: 'Where urgent data ends, with the URG flag. Hardly used today.',
    },
  },
  'tcp-option-end': {
    name: {ja: 'オプションの終わり', en: 'end of options'},
    meaning: {
      ja: 'ここより後はデータの始まりまで詰め物です。',
      en: 'From here to the data there is only padding.',
    },
  },
  'tcp-option-nop': {
    name: {ja: 'NOP(何もしない)', en: 'no operation (NOP)'},
    meaning: {
      ja: '次のオプションの位置をそろえる 1 バイトです。',
      en: 'One byte that aligns the option after it.',
    },
  },
  'tcp-option-mss': {
    name: {ja: '最大セグメント長 (MSS)', en: 'max segment size'},
    meaning: {
      ja: '1 つのセグメントで受け取れるデータの最大バイト数です。SYN だけに付きます。',
      en: 'MSS: the most bytes of data that this side takes in one segment. Only in a SYN.',
    },
  },
  'tcp-option-window-scale': {
    name: {ja: 'ウィンドウスケール', en: 'window scale'},
    meaning: {
      ja: 'この側が以後に送るウィンドウを、2 の何乗倍して読むかを示します。SYN だけに付きます。',
      en: 'By which power of two this side’s later windows are multiplied. Only in a SYN.',
    },
  },
  'tcp-option-sack-permitted': {
    name: {ja: 'SACK 許可', en: 'SACK permitted'},
    meaning: {
      ja: '選択的確認応答 (SACK) を受け取れることを示します。SYN だけに付きます。',
      en: 'This side understands selective acknowledgments. Only in a SYN.',
    },
  },
  'tcp-option-sack': {
    name: {ja: 'SACK(選択的確認応答)', en: 'SACK'},
    meaning: {
      ja: '途中が欠けていても、その先で受け取れている範囲を知らせます。',
      en: 'Selective acknowledgment: what has arrived beyond a gap.',
    },
  },
  'tcp-option-timestamps': {
    name: {ja: 'タイムスタンプ', en: 'timestamps'},
    meaning: {
      ja: '送った側の時計と、相手から最後に届いた値です。往復時間 (RTT) を測るのに使います。',
      en: 'The sender’s clock, and the last one from the other side: round trips are measured by them.',
    },
  },
  'tcp-option-fast-open': {
    name: {ja: 'TCP Fast Open', en: 'TCP Fast Open'},
    meaning: {
      ja: 'SYN にデータを載せるための cookie です。空なら、次のために cookie を頼んでいます(RFC 7413)。',
      en: 'A cookie that lets a SYN carry data; empty, it asks for one to use the next time (RFC 7413).',
    },
  },
  'tcp-option-other': {
    name: {ja: 'その他のオプション', en: 'other option'},
    meaning: {
      ja: 'このプログラムでは分解しないオプションです。',
      en: 'An option that is not taken apart here.',
    },
  },
  'udp-source-port': {
    name: {ja: '送信元ポート', en: 'source port'},
    meaning: {
      ja: 'データグラムを送った側のポート番号です。',
      en: 'The port of the side that sent the datagram.',
    },
  },
  'udp-destination-port': {
    name: {ja: '宛先ポート', en: 'destination port'},
    meaning: {
      ja: 'データグラムを受け取る側のポート番号です。',
      en: 'The port of the side that the datagram is for.',
    },
  },
  'udp-length': {
    name: {ja: '長さ', en: 'length'},
    meaning: {
      ja: 'UDP のヘッダー(8 バイト)とデータを合わせたバイト数です。',
      en: 'How many bytes UDP’s header (8) and the data have together.',
    },
  },
  'udp-checksum': {
    name: {ja: 'チェックサム', en: 'checksum'},
    meaning: {
      ja: 'IP アドレスと、UDP のヘッダーとデータを検査する値です。IPv4 では 0 なら検査なしです。',
      en: 'Guards the IP addresses, and UDP’s header and data. In IPv4, 0 means that there is none.',
    },
  },
  data: {
    name: {ja: 'データ', en: 'data'},
    meaning: {ja: 'アプリケーションが送ったバイト列です。', en: 'The bytes that the application sent.'},
  },
  other: {
    name: {ja: 'その他のバイト', en: 'other bytes'},
    meaning: {
      ja: 'ここでは分解しないバイト列です。短いフレームの詰め物もこれにあたります。',
      en: 'Bytes that are not taken apart here, such as the padding of a short frame.',
    },
  },
};
