package io.erulb.proxy.fuzz;

import io.erulb.proxy.wire.StrictResponseParser.Asked;
import java.util.ArrayList;
import java.util.List;

/** The answers in the bytes that a client received, read strictly, and how the connection ended. */
final class Heard {
    /** Whether and how no more comes. */
    enum End {
        NONE,
        CLOSED,
        RESET,
        SILENCE
    }

    private final SentRequests requests;
    private final End end;
    private final List<ReadAnswer> answers = new ArrayList<>();
    private ReadAnswer rest;

    Heard(SentRequests requests, byte[] bytes, int length, End end) {
        this.requests = requests;
        this.end = end;
        int at = 0;
        while (at < length && rest == null) {
            ReadAnswer answer = read(bytes, at, length);
            if (answer.isWhole()) {
                answers.add(answer);
                at = answer.end();
            } else {
                rest = answer;
            }
        }
    }

    private ReadAnswer read(byte[] bytes, int from, int to) {
        Asked asked = requests.asked(answers.size());
        if (asked.head()) {
            // A request that was refused before its method counted is told why.
            ReadAnswer refusal = read(bytes, from, to, Asked.PLAIN);
            if (refusal.isWhole() && !refusal.isPassedOn() && !refusal.isPersistent()) {
                return refusal;
            }
        }
        return read(bytes, from, to, asked);
    }

    private ReadAnswer read(byte[] bytes, int from, int to, Asked asked) {
        return new ReadAnswer(bytes, from, to, asked, end == End.CLOSED);
    }

    /** Whole answers. */
    List<ReadAnswer> answers() {
        return answers;
    }

    /** What follows them and is no whole answer; null when nothing does. */
    ReadAnswer rest() {
        return rest;
    }

    End end() {
        return end;
    }

    boolean ended() {
        return end != End.NONE;
    }

    /** Whether to stop reading: at the end, or with all answers if the connection is to be kept. */
    boolean isEnough(boolean keep) {
        boolean all = answers.size() >= requests.whole() || (rest != null && rest.isMalformed());
        return ended() || (keep && all && (answers.isEmpty() || isPersistent()));
    }

    /** Whether the last answer leaves the connection open. */
    boolean isPersistent() {
        return answers.isEmpty() || answers.get(answers.size() - 1).isPersistent();
    }
}
