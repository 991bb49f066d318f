import {endianness} from 'node:os';
import {errnoName} from '../libc/errno-name.ts';
import {loadLibc} from '../libc/libc-functions.ts';
import {instructionSize} from './port-filter.ts';

/** include/linux/socket.h, include/uapi/linux/if_packet.h and if_ether.h */
const AF_PACKET = 17;
const SOCK_RAW_CLOEXEC = 3 | 0o2000000;
const SOL_PACKET = 263;
const ETH_P_ALL = 3;
/** include/uapi/asm-generic/socket.h */
const [SOL_SOCKET, SO_ATTACH_FILTER] = [1, 26];
const options = {RX_RING: 5, STATISTICS: 6, VERSION: 10, IGNORE_OUTGOING: 23};
const TPACKET_V2 = 1;
const POLLIN = 1;
/** include/uapi/asm-generic/mman-common.h */
const [PROT_READ_WRITE, MAP_SHARED] = [3, 1];

const isLittle = endianness() === 'LE';

/** Where a frame was seen, as `struct sockaddr_ll` tells it (man 7 packet): 4 is PACKET_OUTGOING. */
const outgoing = 4;

/** One slot of the ring holds the kernel's header and so many bytes of a frame; what is longer is cut. */
const slotSize = 2048;
const blockSize = 1 << 16;
const slotsPerBlock = blockSize / slotSize;

/** The call that failed, and how. */
export class PacketError extends Error {
  constructor(call: string, code: number) {
    super(`${call}: ${errnoName(code)}`);
  }
}

export interface RingFrame {
  readonly direction: 'in' | 'out';
  /** Seconds and nanoseconds on the kernel's real-time clock. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** On the wire; `bytes` may be fewer. */
  readonly length: number;
  readonly bytes: Uint8Array;
}

/** What the kernel counted since the socket was opened (man 7 packet, PACKET_STATISTICS): `dropped` for want of room in the ring. */
export interface PacketCount {
  readonly captured: number;
  readonly dropped: number;
}

/**
 * All frames of one network device, through a ring of memory that the kernel fills (Documentation/networking/packet_mmap,
 * TPACKET_V2): a frame can be read as soon as it has passed, without a system call. Needs CAP_NET_RAW in the network namespace
 * of the calling thread.
 */
export class PacketSocket {
  readonly #fd: number;
  readonly #bytes: Buffer;
  /** The first number of each slot says whose it is. */
  readonly #words: Int32Array;
  readonly #view: DataView;
  readonly #slots: number;
  #next = 0;
  #captured = 0;
  #dropped = 0;

  /**
   * Throws `PacketError`.
   *
   * @param skipsOutgoing for `lo`, where each frame is seen on its way out and again on its way in
   * @param filter a program that says of each frame how many bytes of it to keep, 0 being none (port-filter.ts); null keeps all
   * @param blocks room, in pieces of 64 KiB of 32 frames each
   */
  constructor(device: string, skipsOutgoing: boolean, filter: Uint8Array | null = null, blocks = 512) {
    const {koffi, functions} = loadLibc();
    const {socket, bind, mmap, if_nametoindex} = functions;
    const fail = (call: string): never => {
      throw new PacketError(call, koffi.errno());
    };
    // Protocol 0: nothing is received before bind() says from where.
    this.#fd = socket(AF_PACKET, SOCK_RAW_CLOEXEC, 0);
    if (this.#fd === -1) fail('socket(AF_PACKET)');
    this.#set(options.VERSION, new Int32Array([TPACKET_V2]));
    if (filter) this.#attach(filter);
    if (skipsOutgoing) this.#set(options.IGNORE_OUTGOING, new Int32Array([1]));
    this.#slots = blocks * slotsPerBlock;
    this.#set(options.RX_RING, new Uint32Array([blockSize, blocks, slotSize, this.#slots]));
    const size = blocks * blockSize;
    const at = mmap(0, size, PROT_READ_WRITE, MAP_SHARED, this.#fd, 0);
    if (Number(at) === -1) fail('mmap');
    const memory = koffi.view(BigInt(at), size);
    this.#bytes = Buffer.from(memory);
    this.#words = new Int32Array(memory);
    this.#view = new DataView(memory);
    const index = if_nametoindex(device);
    if (index === 0) fail(`if_nametoindex(${device})`);
    if (bind(this.#fd, linkAddress(index), 20) === -1) fail('bind(AF_PACKET)');
  }

  /** Resolves when there may be a frame to read. Holds the process: it has no end but that. */
  wait(): Promise<void> {
    const fds = new Int32Array([this.#fd, isLittle ? POLLIN : POLLIN << 16]);
    return new Promise(resolve => loadLibc().functions.poll.async(fds, 1, -1, () => resolve()));
  }

  /** Takes the frames that have come since the last time, in their order; at most `most`. Their bytes are copies. */
  *take(most = Number.POSITIVE_INFINITY): Generator<RingFrame> {
    for (let n = 0; n < most; n++) {
      const slot = this.#next * slotSize;
      if ((Atomics.load(this.#words, slot / 4) & 1) === 0) return;
      yield this.#frameAt(slot);
      Atomics.store(this.#words, slot / 4, 0);
      this.#next = (this.#next + 1) % this.#slots;
    }
  }

  /** Lets go of the frames that have come, unread, but for the newest `keep`; and says how many those were. */
  skip(keep: number): number {
    const isFilled = (n: number) => (Atomics.load(this.#words, (this.#slotAfter(n) * slotSize) / 4) & 1) !== 0;
    let filled = 0;
    while (filled < this.#slots && isFilled(filled)) filled += 1;
    const gone = Math.max(0, filled - keep);
    for (let n = 0; n < gone; n++) Atomics.store(this.#words, (this.#slotAfter(n) * slotSize) / 4, 0);
    this.#next = this.#slotAfter(gone);
    return gone;
  }

  #slotAfter = (n: number): number => (this.#next + n) % this.#slots;

  /** Asking makes the kernel count from 0 again, so the sums are kept here. */
  count(): PacketCount {
    const counts = new Uint32Array(2);
    loadLibc().functions.getsockopt(this.#fd, SOL_PACKET, options.STATISTICS, counts, new Uint32Array([8]));
    const [all = 0, dropped = 0] = counts;
    this.#captured += all - dropped;
    this.#dropped += dropped;
    return {captured: this.#captured, dropped: this.#dropped};
  }

  /** `struct tpacket2_hdr`, then `struct sockaddr_ll` from byte 32 on; `tp_mac` says where the frame begins. */
  #frameAt(slot: number): RingFrame {
    const u32 = (offset: number) => this.#view.getUint32(slot + offset, isLittle);
    const [length, kept] = [u32(4), u32(8)];
    const start = slot + this.#view.getUint16(slot + 12, isLittle);
    // Small buffers share memory: an array of its own for each of 50,000 frames a second would cost more than all the rest.
    const bytes = Buffer.allocUnsafe(Math.min(kept, slotSize));
    this.#bytes.copy(bytes, 0, start);
    return {
      direction: this.#bytes[slot + 32 + 10] === outgoing ? 'out' : 'in',
      seconds: u32(16),
      nanoseconds: u32(20),
      length,
      bytes,
    };
  }

  #attach(filter: Uint8Array): void {
    const {koffi} = loadLibc();
    const sock_fprog = koffi.struct({len: 'uint16', filter: 'const void *'});
    const types = ['int', 'int', 'int', koffi.pointer(sock_fprog), 'uint32_t'];
    const attach = koffi.load(null).func('setsockopt', 'int', types);
    const program = {len: filter.length / instructionSize, filter};
    const done = attach(this.#fd, SOL_SOCKET, SO_ATTACH_FILTER, program, koffi.sizeof(sock_fprog));
    if (done === -1) throw new PacketError('setsockopt(SO_ATTACH_FILTER)', koffi.errno());
  }

  #set(option: number, value: Int32Array | Uint32Array): void {
    const {koffi, functions} = loadLibc();
    const done = functions.setsockopt(this.#fd, SOL_PACKET, option, value, value.byteLength);
    if (done === -1) throw new PacketError(`setsockopt(SOL_PACKET, ${option})`, koffi.errno());
  }
}

/** `struct sockaddr_ll`: family, protocol in network order, index of the device. */
function linkAddress(index: number): Uint8Array {
  const bytes = new Uint8Array(20);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, AF_PACKET, isLittle);
  view.setUint16(2, ETH_P_ALL);
  view.setInt32(4, index, isLittle);
  return bytes;
}
