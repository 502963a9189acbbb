package io.erulb.proxy.fuzz;

import java.util.List;

/** Makes well-formed requests of all kinds (RFC 9112 3, 5, 6), most of them such that the proxy forwards them. */
final class RequestGenerator {
    /** Carries the name of a request through the proxy. */
    static final String ID = "X-Id";

    private static final List<String> WITH_BODY = List.of("POST", "PUT", "PATCH", "DELETE", "PROPFIND", "LOCK");
    private static final List<String> METHODS = List.of("GET", "GET", "GET", "HEAD", "OPTIONS", "DELETE", "M-SEARCH");
    private static final List<String> FIELDS = List.of(
            "Accept: */*",
            "accept-encoding: gzip, br",
            "User-Agent: fuzz/1.0 (\"q\")",
            "Cookie: a=b; c=\"d\"",
            "Cookie: e=f",
            "X-Forwarded-For: 9.9.9.9, 8.8.8.8",
            "X-Real-IP: 9.9.9.9",
            "X_Real_IP: 9.9.9.9",
            "Forwarded: for=9.9.9.9;proto=https",
            "X-Forwarded-Host: evil.fuzz",
            "Via: 1.0 before",
            "Connection: keep-alive",
            "Connection: x-gone, keep-alive",
            "X-Gone: with the hop",
            "Keep-Alive: timeout=5",
            "TE: trailers",
            "Proxy-Connection: keep-alive",
            "Content-Type: text/plain",
            "If-None-Match: \"x\"",
            "Range: bytes=0-",
            "Empty:",
            "Blank:    \t  ");

    private final Chance chance;
    private final String host;

    RequestGenerator(Chance chance, String host) {
        this.chance = chance;
        this.host = host;
    }

    /** A request of this name, to be forwarded, with a body of any size or a small one. */
    Message request(String id, boolean large) {
        boolean upload = chance.oneIn(2);
        String method = chance.of(upload ? WITH_BODY : METHODS);
        boolean old = chance.oneIn(20);
        Message message = new Message(id);
        message.line(method + ' ' + target(id) + (old ? " HTTP/1.0" : " HTTP/1.1"));
        fields(message, old);
        if (!upload) {
            return chance.oneIn(30) ? message.withLength("") : message.line("");
        }
        if (!old && chance.oneIn(6)) {
            message.line("Expect: 100-continue");
        }
        String data = Message.bytesOf(id, large ? chance.bodySize() : chance.below(300));
        return old || chance.oneIn(2) ? message.withLength(data) : message.withChunks(chance, data);
    }

    private String target(String id) {
        StringBuilder target = new StringBuilder();
        if (chance.oneIn(25)) {
            target.append(chance.of("http://", "HTTP://", "https://")).append(host);
        }
        target.append('/').append(id);
        for (int i = chance.below(3); i > 0; i--) {
            target.append('/')
                    .append(chance.of("a", "b%20c", "x..%2f", "~x", "a;b=c", "%e2%82%ac", "{x}", "|", "\u00e9"));
        }
        if (chance.oneIn(3)) {
            target.append(chance.of("?", "?a=b", "?a=b&c=%00", "?q=/../?", "?" + "x".repeat(chance.below(2000))));
        }
        return target.toString();
    }

    private void fields(Message message, boolean old) {
        boolean early = chance.oneIn(2);
        if (early) {
            host(message);
        }
        message.line(ID + ": " + message.id);
        for (int i = chance.below(chance.oneIn(30) ? 60 : 7); i > 0; i--) {
            message.line(chance.oneIn(3) ? chance.token() + "-x: " + chance.value() : chance.of(FIELDS));
        }
        if (chance.oneIn(20)) {
            message.line("Max-Forwards: " + chance.of("7", "007", "99999999999"));
        }
        if (old && chance.oneIn(2)) {
            message.line("Connection: keep-alive");
        } else if (chance.oneIn(30)) {
            message.line(chance.of("Connection: close", "connection: Close, x-gone"));
        }
        if (!early) {
            host(message);
        }
    }

    private void host(Message message) {
        message.line(chance.of("Host: ", "host:", "HOST: \t") + host + chance.of("", "", ":80", "."));
    }

    /** A request that the proxy answers itself. */
    Message local(String id) {
        return chance.of(List.of(
                new Message(id)
                        .line("TRACE /" + id + " HTTP/1.1")
                        .line("Host: " + host)
                        .line(""),
                new Message(id)
                        .line("OPTIONS * HTTP/1.1")
                        .line("Host: " + host)
                        .line("Max-Forwards: 0")
                        .line(""),
                new Message(id)
                        .line("GET /%zz" + id + " HTTP/1.1")
                        .line("Host: " + host)
                        .line(""),
                new Message(id)
                        .line("POST /" + id + " HTTP/1.1")
                        .line("Host: nowhere.else")
                        .withLength("unread"),
                new Message(id)
                        .line("PUT /" + id + " HTTP/1.1")
                        .line("Host: nowhere.else")
                        .withChunks(chance, Message.bytesOf(id, chance.bodySize()))));
    }
}
