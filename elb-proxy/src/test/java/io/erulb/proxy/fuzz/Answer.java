package io.erulb.proxy.fuzz;

import io.erulb.proxy.wire.StrictResponseParser.Asked;
import java.nio.charset.StandardCharsets;

/**
 * What a server says to one request, and how it goes on.
 *
 * @param segments the bytes and their writes
 * @param read what they are, strictly
 * @param mended whether that was read after mending what the proxy may mend or refuse
 * @param ending what the server does then
 */
record Answer(Segments segments, ReadAnswer read, boolean mended, Ending ending) {
    enum Ending {
        /** Waits for the next request, or for the proxy to close. */
        KEEP,
        CLOSE,
        /** Ends its direction and waits for the proxy to close. */
        HALF_CLOSE,
        /** Closes at once, and what is on its way may be lost. */
        RESET
    }

    /** An answer as it should be, on a connection that stays unless the end of the body is its end. */
    static Answer good(Message message, boolean toHead, Chance chance) {
        byte[] bytes = bytes(message.text());
        ReadAnswer open = read(bytes, toHead, false);
        return open.isWhole()
                ? new Answer(Segments.of(bytes, chance), open, false, Ending.KEEP)
                : new Answer(Segments.of(bytes, chance), read(bytes, toHead, true), false, end(chance));
    }

    private static ReadAnswer read(byte[] bytes, boolean toHead, boolean ended) {
        return new ReadAnswer(bytes, 0, bytes.length, toHead ? Asked.HEAD : Asked.PLAIN, ended);
    }

    private static Ending end(Chance chance) {
        return chance.oneIn(3) ? Ending.HALF_CLOSE : Ending.CLOSE;
    }

    /** An answer that was spoilt, cut or added to. */
    static Answer bad(Message message, boolean toHead, Chance chance) {
        Message donor = new AnswerGenerator(chance).answer(message.id + "d", toHead, false);
        boolean only = chance.oneIn(8);
        if (!only) {
            Mutation.some(message, donor, Vocabulary.ANSWER, chance);
        }
        StringBuilder text = new StringBuilder(message.text());
        if (chance.oneIn(only ? 2 : 8)) {
            text.setLength(chance.below(text.length() + 1));
        }
        if (chance.oneIn(only ? 2 : 12)) {
            text.append(chance.of("\r\n", "x", "0\r\n\r\n", donor.text()));
        }
        return ending(text.toString(), toHead, chance);
    }

    /** Chooses an ending that leaves nobody waiting for bytes that never come. */
    private static Answer ending(String text, boolean toHead, Chance chance) {
        byte[] bytes = bytes(text);
        byte[] mended = bytes(Tolerance.mended(text));
        ReadAnswer open = read(mended, toHead, false);
        // What is behind the answer comes together with its end: later, it would pass for the next answer.
        int before = open.isWhole() ? Math.max(open.end() + bytes.length - mended.length - 1, 0) : bytes.length;
        boolean decided = open.isWhole() || (open.isMalformed() && open.isHeadWhole());
        boolean keep = decided && !chance.oneIn(open.isWhole() ? 4 : 2);
        Ending ending = keep ? Ending.KEEP : chance.oneIn(4) ? Ending.RESET : end(chance);
        boolean ended = ending == Ending.CLOSE || ending == Ending.HALF_CLOSE;
        Segments segments = Segments.of(bytes, before, chance);
        return new Answer(segments, read(mended, toHead, ended), mended.length != bytes.length, ending);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the client must get it as it is: nothing was wrong, and nothing was lost. */
    boolean isCertain() {
        return read.isWhole() && !mended && ending != Ending.RESET;
    }

    /** Whether the connection may serve another request. */
    boolean leavesConnectionGood() {
        return read.isWhole() && read.isPersistent() && isAll();
    }

    private boolean isAll() {
        return mended || read.end() == segments.bytes().length;
    }

    @Override
    public String toString() {
        return Escaped.text(segments.bytes()) + ", then " + ending + "; that is: " + read;
    }
}
