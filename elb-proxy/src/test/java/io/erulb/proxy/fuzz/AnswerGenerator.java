package io.erulb.proxy.fuzz;

import java.util.List;

/** Makes well-formed answers of all kinds (RFC 9112 4, 5, 6), with interim ones before some. */
final class AnswerGenerator {
    /** Carries the name of an answer through the proxy. */
    static final String ID = "X-Answer";

    private static final List<String> STATUSES = List.of(
            "200 OK",
            "200 OK",
            "200 OK",
            "200 ",
            "201 Created",
            "206 \u00e9t\u00e9",
            "299 \t odd",
            "301 Moved",
            "404 Not Found",
            "429 X",
            "502 Theirs",
            "503 Theirs",
            "599 Last");
    private static final List<String> FIELDS = List.of(
            "Content-Type: text/plain",
            "Set-Cookie: a=b; Path=/",
            "Set-Cookie: c=d",
            "Date: Tue, 15 Nov 1994 08:12:31 GMT",
            "Server: fuzz",
            "Via: 1.1 before",
            "ETag: \"x\"",
            "Connection: keep-alive",
            "Connection: x-gone",
            "X-Gone: with the hop",
            "Keep-Alive: timeout=20",
            "Proxy-Connection: close",
            "Upgrade: h2c",
            "Trailer: X-Trailer",
            "Empty:",
            "Blank: \t ");

    private final Chance chance;

    AnswerGenerator(Chance chance) {
        this.chance = chance;
    }

    /** An answer of this name. */
    Message answer(String id, boolean toHead, boolean large) {
        Message message = new Message(id);
        if (chance.oneIn(12)) {
            interim(message);
        }
        boolean old = chance.oneIn(15);
        String status = chance.oneIn(12) ? chance.of("204 No Content", "304 Not Modified") : chance.of(STATUSES);
        message.line((old ? "HTTP/1.0 " : "HTTP/1.1 ") + status).line(ID + ": " + id);
        for (int i = chance.below(6); i > 0; i--) {
            message.line(chance.oneIn(4) ? chance.token() + "-y: " + chance.value() : chance.of(FIELDS));
        }
        if (chance.oneIn(20)) {
            message.line("Connection: close");
        }
        boolean none = status.startsWith("204");
        Body kind = none ? Body.NEVER : toHead || status.startsWith("304") ? Body.ABSENT : Body.PRESENT;
        return body(message, old, kind, large ? chance.bodySize() : chance.below(300));
    }

    private void interim(Message message) {
        for (int i = chance.between(1, 3); i > 0; i--) {
            message.line(chance.of("HTTP/1.1 100 Continue", "HTTP/1.1 102 Processing", "HTTP/1.1 103 Early Hints"));
            if (chance.oneIn(2)) {
                message.line("Link: </" + message.id + ">; rel=preload");
            }
            message.line("");
        }
    }

    private enum Body {
        PRESENT,
        /** Its length may be told all the same. */
        ABSENT,
        NEVER
    }

    private Message body(Message message, boolean old, Body kind, int size) {
        String data = Message.bytesOf(message.id, size);
        if (kind != Body.PRESENT) {
            return kind == Body.ABSENT && chance.oneIn(3)
                    ? message.line("Content-Length: " + data.length()).line("")
                    : message.line("");
        }
        int way = chance.below(12);
        if (way == 0) {
            return message.line("").piece(data);
        }
        return old || way < 6 ? message.withLength(data) : message.withChunks(chance, data);
    }

    /** A short answer that keeps its connection, for a request whose answer is not the point. */
    static Message plain(String id, boolean toHead) {
        Message message = new Message(id).line("HTTP/1.1 200 OK").line(ID + ": " + id);
        return toHead ? message.line("") : message.withLength(id);
    }
}
