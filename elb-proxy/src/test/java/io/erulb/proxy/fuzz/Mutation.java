package io.erulb.proxy.fuzz;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One way to spoil a message. It changes the pieces of the victim; a donor lends some of its own. */
enum Mutation {
    FLIP_BIT {
        @Override
        String spoil(String text, Chance chance) {
            int at = chance.below(text.length());
            char flipped = (char) (text.charAt(at) ^ 1 << chance.below(8));
            return text.substring(0, at) + flipped + text.substring(at + 1);
        }
    },
    INSERT {
        @Override
        String spoil(String text, Chance chance) {
            int at = chance.below(text.length() + 1);
            return text.substring(0, at) + chance.of(INSERTS) + text.substring(at);
        }
    },
    DELETE_BYTES {
        @Override
        String spoil(String text, Chance chance) {
            int at = chance.below(text.length());
            int to = chance.oneIn(2) ? at + 1 : chance.between(at + 1, text.length());
            return text.substring(0, at) + text.substring(to);
        }
    },
    REPEAT_BYTES {
        @Override
        String spoil(String text, Chance chance) {
            int at = chance.below(text.length());
            int to = chance.between(at + 1, Math.min(text.length(), at + 100));
            return text.substring(0, to) + text.substring(at);
        }
    },
    CHANGE_LINE_END {
        @Override
        String spoil(String text, Chance chance) {
            String end = chance.of("\n", "\r", "\r\r\n", "\n\r", "", "\r\n\r\n", " \r\n", "\r\n ", "\u0000\r\n");
            return text.endsWith("\r\n") ? text.substring(0, text.length() - 2) + end : text;
        }
    },
    CHANGE_NUMBER {
        @Override
        String spoil(String text, Chance chance) {
            String number = chance.of("0", "1", "00", "7", "99999999999", "4294967297", "18446744073709551617");
            return NUMBER.matcher(text).replaceFirst(number);
        }
    },
    DUPLICATE_LINE {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            List<String> part = part(victim, chance);
            part.add(chance.below(part.size() + 1), chance.of(part));
        }
    },
    DELETE_LINE {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            List<String> part = part(victim, chance);
            part.remove(chance.below(part.size()));
        }
    },
    SWAP_LINES {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            List<String> part = part(victim, chance);
            part.add(chance.below(part.size()), part.remove(chance.below(part.size())));
        }
    },
    ADD_FIELD {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            addLine(victim, chance.of(words.fields()), chance);
        }
    },
    ADD_FRAMING {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            String field = chance.oneIn(2)
                    ? "Content-Length: " + chance.of(Vocabulary.LENGTHS)
                    : "Transfer-Encoding: " + chance.of(Vocabulary.CODINGS);
            addLine(victim, field, chance);
        }
    },
    CHANGE_FRAMING {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            victim.head.replaceAll(line -> {
                Matcher framing = FRAMING.matcher(line);
                if (!framing.lookingAt()) {
                    return line;
                }
                boolean length = framing.group().length() == "Content-Length:".length();
                return framing.group() + ' ' + chance.of(length ? Vocabulary.LENGTHS : Vocabulary.CODINGS) + "\r\n";
            });
        }
    },
    CHANGE_LENGTH_A_LITTLE {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            int by = chance.of(List.of(-2, -1, 1, 2));
            victim.head.replaceAll(line -> LENGTH.matcher(line).matches()
                    ? "Content-Length: " + (Integer.parseInt(line.substring(16).trim()) + by) + "\r\n"
                    : line);
        }
    },
    CHANGE_CHUNK {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            if (victim.body.isEmpty()) {
                ADD_FRAMING.apply(victim, donor, words, chance);
            } else {
                int at = chance.below(victim.body.size());
                victim.body.set(at, chance.of(Vocabulary.SIZES) + chance.of("\r\n", "\r\n", "\n", "\r", ""));
            }
        }
    },
    CHANGE_START {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            part(victim.head).set(0, chance.of(words.starts()).replace("ID", victim.id) + "\r\n");
        }
    },
    /** The front of one, the rest of another. */
    SPLICE {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            List<String> part = part(victim, chance);
            int keep = chance.below(part.size());
            part.subList(keep, part.size()).clear();
            List<String> lent = part(donor, chance);
            part.addAll(lent.subList(chance.below(lent.size()), lent.size()));
        }
    },
    /** A whole message in the midst of another. */
    EMBED {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            List<String> part = part(victim, chance);
            part.add(chance.below(part.size() + 1), donor.text());
        }
    },
    /** The rest is missing, and what follows follows at once. */
    CUT {
        @Override
        void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
            List<String> part = part(victim, chance);
            part.subList(chance.below(part.size()), part.size()).clear();
        }
    };

    private static final String[] INSERTS = {
        "\0",
        "\r",
        "\n",
        "\r\n",
        "\r\n\r\n",
        "\t",
        " ",
        "\u000b",
        "\u007f",
        "\u0001",
        "\u00ff",
        "\u0085",
        ":",
        ";",
        ",",
        "\"",
        "\\",
        "#",
        "%",
        "0",
        "/",
        "\r\n ",
        "\n\n",
        "HTTP/1.1",
        "chunked"
    };

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern FRAMING =
            Pattern.compile("(Content-Length|Transfer-Encoding):", Pattern.CASE_INSENSITIVE);
    private static final Pattern LENGTH = Pattern.compile("Content-Length: [0-9]{1,9}\r\n");
    private static final List<Mutation> ALL = List.of(values());

    /** Spoils a message once, or now and then a few times. */
    static void some(Message victim, Message donor, Vocabulary words, Chance chance) {
        do {
            chance.of(ALL).apply(victim, donor, words, chance);
        } while (chance.oneIn(3));
    }

    /** Spoils one piece, unless a constant does otherwise. */
    void apply(Message victim, Message donor, Vocabulary words, Chance chance) {
        List<String> part = part(victim, chance);
        int at = chance.below(part.size());
        if (!part.get(at).isEmpty()) {
            part.set(at, spoil(part.get(at), chance));
        }
    }

    String spoil(String text, Chance chance) {
        throw new UnsupportedOperationException(name());
    }

    /** The head, or now and then the body; never empty. */
    private static List<String> part(Message message, Chance chance) {
        return part(!message.body.isEmpty() && chance.oneIn(3) ? message.body : message.head);
    }

    private static List<String> part(List<String> part) {
        if (part.isEmpty()) {
            part.add("\r\n");
        }
        return part;
    }

    private static void addLine(Message victim, String line, Chance chance) {
        List<String> head = part(victim.head);
        head.add(chance.between(1, head.size()), line + "\r\n");
    }
}
