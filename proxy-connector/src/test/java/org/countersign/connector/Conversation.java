package org.countersign.connector;

import static org.countersign.connector.Bytes.int16;
import static org.countersign.connector.Bytes.int32;
import static org.countersign.connector.Bytes.join;
import static org.countersign.connector.Bytes.message;
import static org.countersign.connector.Bytes.packet;
import static org.countersign.connector.Bytes.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What one hostile client sends: a conversation that would have been good, with something done to it.
 *
 * @param signIn what it sends before it may be signed in
 * @param rest what it sends then
 * @param early whether it was done before the sign-in, so that nothing may be waited for
 * @param asks whether a question at the end would still be read as one
 * @param end how it leaves
 * @param name what was done to it
 */
record Conversation(List<byte[]> signIn, List<byte[]> rest, boolean early, boolean asks, End end, String name) {
    private static final int SSL_CODE = 80877103;
    private static final int GSS_CODE = 80877104;
    private static final int CANCEL_CODE = 80877102;
    private static final byte[] SSL = packet(SSL_CODE);
    private static final byte[] STARTUP = Bytes.startup("user", "mallory", "database", "shop", "TimeZone", "UTC");
    private static final byte[] PASSWORD = message('p', text(TestCore.PASSWORD));

    /** How a client leaves. */
    enum End {
        HALF_CLOSE,
        RESET,
        SILENCE
    }

    /** The conversation with this number; always the same one. */
    static Conversation of(int number) {
        var random = new Random(number * 31L + 7);
        var signIn = new ArrayList<>(signIns().get(random.nextInt(signIns().size())));
        var rest = new ArrayList<byte[]>();
        for (int i = 0; i < 4; i++) {
            rest.addAll(exchanges().get(random.nextInt(exchanges().size())));
        }
        boolean early = number % 3 == 0;
        List<byte[]> wounded = early ? signIn : rest;
        String done = Wound.values()[number % Wound.values().length].inflict(wounded, random);
        boolean whole = !early && Wound.values()[number % Wound.values().length].whole;
        End end = number % 60 == 0 ? End.SILENCE : number % 7 == 0 ? End.RESET : End.HALF_CLOSE;
        return new Conversation(signIn, rest, early, whole, end, number + " " + done);
    }

    private static List<List<byte[]>> signIns() {
        byte[] scram = join(text("SCRAM-SHA-256"), int32(15), "n,,n=,r=abcdefg".getBytes(StandardCharsets.UTF_8));
        byte[] proof = "c=biws,r=abcdefg,p=AAAA".getBytes(StandardCharsets.UTF_8);
        return List.of(
                List.of(STARTUP, PASSWORD),
                List.of(Bytes.startup("user", "frank", "database", "shop"), PASSWORD),
                List.of(Bytes.startup("user", "frank", "database", "shop"), PASSWORD),
                List.of(SSL, STARTUP, PASSWORD),
                List.of(packet(GSS_CODE), STARTUP, PASSWORD),
                List.of(packet(CANCEL_CODE, int32(1), int32(2))),
                List.of(
                        Bytes.startup("user", "frank#1", "database", "shop"),
                        message('p', scram),
                        message('p', proof)));
    }

    private static List<List<byte[]>> exchanges() {
        byte[] none = text("");
        byte[] sync = message('S');
        byte[] one = message('B', none, none, int16(0), int16(1), int32(1), new byte[] {'1'}, int16(0));
        return List.of(
                List.of(message('Q', text("select id, card_number from payments where id < 4"))),
                List.of(message('Q', text("select 1/0")), message('Q', none)),
                List.of(message('Q', text("begin")), message('Q', text("select 1")), message('Q', text("rollback"))),
                List.of(
                        message('P', none, text("select id, email from customers where id = $1"), int16(0)),
                        message('D', new byte[] {'S'}, none),
                        one,
                        message('E', none, int32(0)),
                        sync),
                List.of(
                        message('P', text("s"), text("select $1::int"), int16(1), int32(23)),
                        message('C', new byte[] {'S'}, text("s")),
                        message('H'),
                        sync),
                List.of(
                        message('P', none, text("select generate_series(1, 50)"), int16(0)),
                        message('B', text("p"), none, int16(0), int16(0), int16(0)),
                        message('D', new byte[] {'P'}, text("p")),
                        message('E', text("p"), int32(3)),
                        message('E', text("p"), int32(3)),
                        message('C', new byte[] {'P'}, text("p")),
                        sync),
                List.of(message('F', int32(100), int16(0), int16(0), int16(0))),
                List.of(message('Q', text("copy (select id from orders where id < 9) to stdout"))),
                List.of(
                        message('Q', text("create temporary table if not exists mine (i int, t text)")),
                        message('Q', text("copy mine from stdin")),
                        message('d', "1\tone\n2\t".getBytes(StandardCharsets.UTF_8)),
                        message('d', "two\n".getBytes(StandardCharsets.UTF_8)),
                        message('c')),
                List.of(
                        message('Q', text("copy mine from stdin")),
                        message('d', new byte[] {'x'}),
                        message('f', text("no more"))));
    }

    /** Everything in order. */
    List<byte[]> all() {
        var all = new ArrayList<>(signIn);
        all.addAll(rest);
        return all;
    }

    long sent(char tag) {
        return all().stream()
                .filter(frame -> frame.length > 0 && frame[0] == (byte) tag)
                .count();
    }

    /** What can be done to a conversation. */
    private enum Wound {
        DROPPED(true) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                frames.remove(at);
            }
        },
        DOUBLED(true) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                frames.add(at, frames.get(at));
            }
        },
        SWAPPED(true) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                java.util.Collections.swap(frames, at, random.nextInt(frames.size()));
            }
        },
        OUT_OF_PLACE(true) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                List<byte[]> others = exchanges().get(random.nextInt(exchanges().size()));
                frames.add(at, others.get(random.nextInt(others.size())));
            }
        },
        SIGN_IN_AGAIN(false) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                frames.add(at, random.nextBoolean() ? STARTUP : random.nextBoolean() ? PASSWORD : SSL);
            }
        },
        TRAILING_BYTES(true) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                byte[] more = new byte[1 + random.nextInt(20)];
                random.nextBytes(more);
                frames.set(at, reframed(frames.get(at), join(content(frames.get(at)), more)));
            }
        },
        CUT_CONTENT(true) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                byte[] content = content(frames.get(at));
                frames.set(at, reframed(frames.get(at), Arrays.copyOf(content, random.nextInt(content.length + 1))));
            }
        },
        NUL(true) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                overwritten(frames, at, random, (byte) 0);
            }
        },
        NO_UTF8(true) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                overwritten(frames, at, random, (byte) 0xff);
            }
        },
        FLIPPED_BIT(true) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                overwritten(frames, at, random, (byte) random.nextInt(256));
            }
        },
        HUGE_COUNT(true) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                byte[] content = content(frames.get(at));
                int place = random.nextInt(Math.max(1, content.length - 1));
                for (int i = place; i < Math.min(content.length, place + 2); i++) {
                    content[i] = (byte) 0xff;
                }
                frames.set(at, reframed(frames.get(at), content));
            }
        },
        UNKNOWN_TAG(false) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                frames.add(at, message((char) random.nextInt(256), content(frames.get(at))));
            }
        },
        LENGTH(false) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                byte[] frame = frames.get(at);
                int honest = frame.length - lengthAt(frame);
                int[] lies = {0, 3, 4, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30, honest - 1, honest + 1, 20_000
                };
                byte[] lie = int32(lies[random.nextInt(lies.length)]);
                byte[] lying = frame.clone();
                System.arraycopy(lie, 0, lying, lengthAt(frame), lie.length);
                frames.set(at, lying);
            }
        },
        TRUNCATED(false) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                byte[] frame = frames.get(at);
                frames.set(at, Arrays.copyOf(frame, random.nextInt(frame.length)));
                frames.subList(at + 1, frames.size()).clear();
            }
        },
        RANDOM_BYTES(false) {
            @Override
            void to(List<byte[]> frames, int at, Random random) {
                byte[] noise = new byte[1 + random.nextInt(300)];
                random.nextBytes(noise);
                frames.add(at, noise);
            }
        };

        private final boolean whole;

        Wound(boolean whole) {
            this.whole = whole;
        }

        abstract void to(List<byte[]> frames, int at, Random random);

        String inflict(List<byte[]> frames, Random random) {
            int at = random.nextInt(frames.size());
            to(frames, at, random);
            return name() + " at " + at;
        }

        private static void overwritten(List<byte[]> frames, int at, Random random, byte value) {
            byte[] content = content(frames.get(at));
            if (content.length > 0) {
                content[random.nextInt(content.length)] = value;
                frames.set(at, reframed(frames.get(at), content));
            }
        }

        /** The packets before the sign-in have no tag; none of their lengths has a byte that is one. */
        private static int lengthAt(byte[] frame) {
            return frame[0] == 0 ? 0 : 1;
        }

        private static byte[] content(byte[] frame) {
            return Arrays.copyOfRange(frame, lengthAt(frame) + 4, frame.length);
        }

        private static byte[] reframed(byte[] frame, byte[] content) {
            return lengthAt(frame) == 0
                    ? join(int32(content.length + 4), content)
                    : message((char) (frame[0] & 0xff), content);
        }
    }
}
