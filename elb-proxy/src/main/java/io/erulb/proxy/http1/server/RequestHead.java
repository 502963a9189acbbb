package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a request's head lie in its bytes, and what they say about the message. One object serves one I/O
 * thread; valid until the next head is parsed there.
 */
final class RequestHead {
    private static final int SPAN = 4;

    final byte[] bytes;
    final Framing framing = new Framing();
    final Persistence persistence = new Persistence();
    final TargetForm target = new TargetForm();
    private final int[] spans;
    private @Nullable Refusal refusal;
    int methodFrom;
    int methodTo;
    int minor;
    private int fields;
    private int hosts;
    private int hostFrom;
    private int hostTo;

    RequestHead(int maxHead, int maxFields) {
        this.bytes = new byte[maxHead];
        this.spans = new int[maxFields * SPAN];
    }

    void clear() {
        fields = 0;
        hosts = 0;
        refusal = null;
        framing.clear();
        persistence.clear();
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    void refuse(Refusal why) {
        refusal = why;
    }

    boolean isFull() {
        return fields * SPAN == spans.length;
    }

    /** Takes a field down and notes what it says about framing, host and connection. */
    void add(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        int at = fields * SPAN;
        spans[at] = nameFrom;
        spans[at + 1] = nameTo;
        spans[at + 2] = valueFrom;
        spans[at + 3] = valueTo;
        fields++;
        switch (nameTo - nameFrom) {
            case 4 -> host(nameFrom, nameTo, valueFrom, valueTo);
            case 10 -> {
                if (Bytes.equalsIgnoreCase(bytes, nameFrom, nameTo, "connection")) {
                    persistence.add(bytes, valueFrom, valueTo);
                }
            }
            case 14 -> {
                if (Bytes.equalsIgnoreCase(bytes, nameFrom, nameTo, "content-length")) {
                    framing.contentLength(bytes, valueFrom, valueTo);
                }
            }
            case 17 -> {
                if (Bytes.equalsIgnoreCase(bytes, nameFrom, nameTo, "transfer-encoding")) {
                    framing.transferEncoding(bytes, valueFrom, valueTo);
                }
            }
            default -> {}
        }
    }

    private void host(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        if (Bytes.equalsIgnoreCase(bytes, nameFrom, nameTo, "host")) {
            hosts++;
            hostFrom = valueFrom;
            hostTo = valueTo;
        }
    }

    /** What is wrong with the head as a whole, null when nothing is. */
    @Nullable
    Refusal judge(long maxBody) {
        Refusal host = judgeHost();
        return host != null ? host : framing.judge(minor, maxBody);
    }

    private @Nullable Refusal judgeHost() {
        if (hosts > 1) {
            return Refusal.badRequest("There is more than one Host field.");
        }
        if (hosts == 0) {
            return minor == 0 ? null : Refusal.badRequest("The Host field is missing.");
        }
        return HostField.isValid(bytes, hostFrom, hostTo) ? null : Refusal.badRequest("The Host field is malformed.");
    }

    boolean hasHost() {
        return hosts > 0;
    }

    int fields() {
        return fields;
    }

    int nameFrom(int field) {
        return spans[field * SPAN];
    }

    int nameTo(int field) {
        return spans[field * SPAN + 1];
    }

    String value(int field) {
        return Bytes.text(bytes, spans[field * SPAN + 2], spans[field * SPAN + 3]);
    }

    boolean isHost(int field) {
        return hasHost() && spans[field * SPAN + 2] == hostFrom && nameTo(field) - nameFrom(field) == 4;
    }

    /** Whether the method is this word, letter case included. */
    boolean isMethod(String word) {
        if (methodTo - methodFrom != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[methodFrom + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
