/**
 * The append-only store of recordings. This page is the file format; a verifier can be written from it alone.
 *
 * <h2>Directory</h2>
 * A journal is a directory (mode 0700) with segment files (mode 0600) named {@code segment-} + the segment number as 20
 * decimal digits + {@code .journal}, and the file {@code journal.lock}, which the one writer locks. Segment numbers
 * start at 1 and grow; a number may be missing.
 *
 * <h2>Segment</h2>
 * All numbers are big-endian. An <em>instant</em> is 12 bytes: seconds since 1970-01-01T00:00:00Z as int64, nanoseconds
 * within the second as int32. CRC is CRC-32C (Castagnoli). Digests are SHA-256.
 * <pre>
 *   0   8  magic "CSJRNL01" (ASCII)
 *   8   8  number of this segment, as in its name
 *  16  16  journal id (UUID), the same in all segments of a journal
 *  32  12  instant at which the segment was started
 *  44   8  number of the previous segment, 0 for the first
 *  52   8  length L of the previous segment: its first L bytes count, whatever the file holds behind them does not
 *  60  32  digest of the first L bytes of the previous segment, 32 zero bytes for the first
 *  92   4  number C of open chains, 0 to 65,536
 *  96   4  CRC of bytes 0..95
 * 100 56C  the open chains: session (UUID, 16), sequence of its last frame (8), hash of its last frame (32)
 * 100+56C  4  CRC of the C chains
 * 104+56C  frames, one behind the other
 * </pre>
 * The newest segment whose header (bytes 0..99) is whole counts up to its last whole frame; every other segment counts only if the
 * next one that counts names it as its previous, and then exactly as far as that one says. So a segment whose write or
 * fsync failed counts up to what was durable before, and frames that were never acknowledged cannot return.
 *
 * <p>A segment's file is made ahead, full of zeros that the header and the frames overwrite; a segment that is closed is
 * cut to its length. So zeros up to the end of the file may lie behind the last frame of the newest segment, and of one
 * that could not be closed. Zeros, like any other bytes, with a whole frame behind them are damage, but for one case:
 * the blocks of a write that was interrupted by a loss of power reach the disk in any order. The newest segment counts
 * only up to broken bytes when all of this is so: between them and the next whole frame is a block (512 bytes from a
 * multiple of 512) that is zero from its start, or from the first broken byte if that is within it, to its end; all
 * whole frames behind them have one instant, that of the last write; and something lies behind the last whole frame,
 * which is never so in a segment that was closed.
 *
 * <h2>Frame</h2>
 * <pre>
 *   0   4  mark "CSF1" (ASCII)
 *   4   4  length N of the payload, 0 to 16,777,216
 *   8  32  hash of the session's previous frame, 32 zero bytes for its first
 *  40  16  session (UUID)
 *  56   8  sequence: 1, 2, 3, ... within the session
 *  64  12  instant; the same for the frames of one write, increases from write to write within a journal
 *  76   1  type
 *  77   N  payload
 * 77+N 32  hash: digest of bytes 8..76+N of the frame (previous, session, sequence, instant, type, payload)
 * 109+N 4  CRC of bytes 0..108+N
 * </pre>
 * A frame is whole when its mark, length and CRC are right; it is true when its hash is right too, its previous hash is
 * the hash of the session's frame with the sequence before it, and no sequence is missing. The type is the caller's;
 * type 8 says that the session ended: its chain is no longer among the open chains of later segments.
 *
 * <p>Payloads are UTF-8 JSON, so no payload can hold a mark followed by a length that a frame may have: a reader that
 * meets broken bytes finds the next frame by its mark without being led astray by what a client wrote.
 *
 * <h2>Repair</h2>
 * On opening, what lies behind the last whole frame of the newest segment is cut off; it was never acknowledged, and
 * frames of an interrupted write that do not count are kept and not named by the next segment. Broken bytes that are
 * damage are kept, and reading them reports it. The writer never appends to an existing segment but starts a new one.
 */
@NullMarked
package org.countersign.journal;

import org.jspecify.annotations.NullMarked;
