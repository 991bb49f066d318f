import type {KernelReading} from '../../lab/lab.ts';

/** What has to differ in a reading for it to be news: the measured round-trip time changes by itself. */
export function newsIn({sockets, ...rest}: KernelReading): string {
  const rows = sockets.map(({tcpInfo, ...row}) => {
    const {unacked, retransmits} = tcpInfo ?? {};
    return {...row, unacked, retransmits};
  });
  return JSON.stringify({...rest, rows});
}
