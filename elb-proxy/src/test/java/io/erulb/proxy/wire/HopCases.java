package io.erulb.proxy.wire;

import java.util.ArrayList;
import java.util.List;

/** The table of fields that end at the proxy, that tell where a request came from, and of protocols to switch to. */
final class HopCases {
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: a.local\r\n";

    private final List<WireCase> cases = new ArrayList<>();

    static List<WireCase> all() {
        HopCases table = new HopCases();
        table.hops();
        table.origin();
        table.answers();
        table.upgrades();
        return table.cases;
    }

    /** Field lines of a request, and the values of fields that a server is to get; {@code Name:} alone means none. */
    private void sent(String id, String section, FaultClass fault, String lines, String... wanted) {
        sentBehind(HEAD, id, section, fault, lines, wanted);
    }

    private void sentBehind(String head, String id, String section, FaultClass fault, String lines, String... wanted) {
        cases.add(new WireCase(
                id, section, fault, head + lines + "\r\n\r\n", WireCase.Answer.PLAIN, new Expected.Fields(wanted)));
    }

    private void hops() {
        FaultClass hop = FaultClass.HOP;
        sent("hop-connection", "RFC 9110 7.6.1", hop, "Connection: keep-alive", "Connection:");
        sent("hop-named", "RFC 9110 7.6.1", hop, "Connection: X-A\r\nX-A: 1", "Connection:", "X-A:");
        sent("hop-named-other-case", "RFC 9110 7.6.1", hop, "Connection: x-a\r\nX-A: 1", "X-A:");
        sent(
                "hop-named-in-list",
                "RFC 9110 7.6.1",
                hop,
                "Connection: keep-alive, X-A ,X-B\r\nX-A: 1\r\nX-B: 2",
                "X-A:",
                "X-B:");
        sent(
                "hop-named-in-two-lines",
                "RFC 9110 7.6.1",
                hop,
                "Connection: X-A\r\nConnection: X-B\r\nX-A: 1\r\nX-B: 2",
                "X-A:",
                "X-B:");
        sent("hop-named-twice-there", "RFC 9110 7.6.1", hop, "Connection: X-A\r\nX-A: 1\r\nX-A: 2", "X-A:");
        sent(
                "hop-names-length",
                "RFC 9110 7.6.1",
                hop,
                "Connection: Content-Length, X-A\r\nX-A: 1\r\nContent-Length: 0",
                "Content-Length: 0",
                "X-A:");
        sent("hop-names-host", "RFC 9110 7.6.1", hop, "Connection: Host, X-A\r\nX-A: 1", "Host: a.local", "X-A:");
        sent("hop-keep-alive", "9.3", hop, "Keep-Alive: timeout=5", "Keep-Alive:");
        sent("hop-proxy-connection", "RFC 9110 7.6.1", hop, "Proxy-Connection: keep-alive", "Proxy-Connection:");
        sent("hop-te", "RFC 9110 10.1.4", hop, "TE: trailers", "TE:");
        sent("hop-trailer", "RFC 9110 6.6.2", hop, "Trailer: X-A", "Trailer:");
        sent("hop-upgrade-unasked", "RFC 9110 7.8", hop, "Upgrade: websocket", "Upgrade:");
        sent(
                "hop-others-stay",
                "RFC 9110 7.6.1",
                hop,
                "Connection: X-A\r\nX-A: 1\r\nX-AB: 2\r\nCookie: c",
                "X-A:",
                "X-AB: 2",
                "Cookie: c");
    }

    private void origin() {
        FaultClass origin = FaultClass.ORIGIN;
        sent("for-added", "RFC 7239 5.2", origin, "X: y", "X-Forwarded-For: 127.0.0.1");
        sent(
                "for-appended",
                "RFC 7239 5.2",
                origin,
                "X-Forwarded-For: 192.0.2.1",
                "X-Forwarded-For: 192.0.2.1, 127.0.0.1");
        sent(
                "for-two-lines",
                "RFC 7239 5.2",
                origin,
                "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2",
                "X-Forwarded-For: 192.0.2.1, 192.0.2.2, 127.0.0.1");
        sent(
                "for-named-by-connection",
                "RFC 9110 7.6.1",
                origin,
                "Connection: X-Forwarded-For\r\nX-Forwarded-For: 192.0.2.1",
                "X-Forwarded-For: 127.0.0.1");
        sent("real-ip-spoofed", "RFC 7239 8.1", origin, "X-Real-IP: 192.0.2.1", "X-Real-IP: 127.0.0.1");
        sent("real-ip-named-by-connection", "RFC 9110 7.6.1", origin, "Connection: X-Real-IP", "X-Real-IP: 127.0.0.1");
        sent("remote-host-spoofed", "RFC 7239 8.1", origin, "Remote-Host: 192.0.2.1", "REMOTE-HOST: 127.0.0.1");
        sent(
                "underscores-spoofed",
                "RFC 3875 4.1.18",
                origin,
                "X_Real_IP: 192.0.2.1\r\nX_Forwarded_For: 192.0.2.1",
                "X_Real_IP:",
                "X_Forwarded_For:");
        sent("proto-spoofed", "RFC 7239 8.1", origin, "X-Forwarded-Proto: https", "X-Forwarded-Proto: http");
        sent("host-spoofed", "RFC 7239 8.1", origin, "X-Forwarded-Host: b.local", "X-Forwarded-Host: a.local");
        sent("forwarded-spoofed", "RFC 7239 8.1", origin, "Forwarded: for=192.0.2.1;proto=https", "Forwarded:");
        sent("via-added", "RFC 9110 7.6.3", origin, "X: y", "Via: 1.1 elb");
        sent("via-appended", "RFC 9110 7.6.3", origin, "Via: 1.0 a", "Via: 1.0 a, 1.1 elb");
        sentBehind("GET / HTTP/1.0\r\nHost: a.local\r\n", "via-1.0", "RFC 9110 7.6.3", origin, "X: y", "Via: 1.0 elb");
        String options = "OPTIONS / HTTP/1.1\r\nHost: a.local\r\n";
        sentBehind(options, "max-forwards-counted", "RFC 9110 7.6.2", origin, "Max-Forwards: 7", "Max-Forwards: 6");
        sent(
                "max-forwards-of-get",
                "RFC 9110 7.6.2",
                origin,
                "Max-Forwards: 7\r\nX-Forwarded-Proto: https",
                "Max-Forwards: 7",
                "X-Forwarded-Proto: http");
    }

    /** Field lines of an answer, and the values of fields that the client is to get. */
    private void answered(String id, String section, FaultClass fault, String lines, String... wanted) {
        cases.add(new WireCase(
                id,
                section,
                fault,
                HEAD + "\r\n",
                new WireCase.Answer(
                        "HTTP/1.1 200 OK\r\n" + lines + "\r\nContent-Length: 2\r\n\r\nhi", WireCase.Answer.Then.SERVE),
                new Expected.Answered(200, "hi", true, true, wanted)));
    }

    private void answers() {
        FaultClass hop = FaultClass.HOP;
        answered("answer-hop-named", "RFC 9110 7.6.1", hop, "Connection: X-A\r\nX-A: 1", "X-A:");
        answered(
                "answer-hop-named-in-list",
                "RFC 9110 7.6.1",
                hop,
                "Connection: keep-alive, x-a\r\nX-A: 1\r\nX-A: 2",
                "X-A:");
        answered("answer-hop-keep-alive", "9.3", hop, "Keep-Alive: timeout=50", "Keep-Alive:");
        answered(
                "answer-hop-proxy-connection",
                "RFC 9110 7.6.1",
                hop,
                "Proxy-Connection: keep-alive",
                "Proxy-Connection:");
        answered("answer-hop-trailer", "RFC 9110 6.6.2", hop, "Trailer: X-A", "Trailer:");
        answered("answer-hop-upgrade", "RFC 9110 7.8", hop, "Upgrade: h2c", "Upgrade:");
        answered("answer-via", "RFC 9110 7.6.3", FaultClass.ORIGIN, "X: y", "Via: 1.1 elb");
    }

    private void switching(String id, String section, String lines, WireCase.Answer answer, Expected expected) {
        cases.add(new WireCase(id, section, FaultClass.UPGRADE, HEAD + lines + "\r\n\r\n", answer, expected));
    }

    private void upgrades() {
        String section = "RFC 9110 7.8";
        WireCase.Answer switched = new WireCase.Answer(
                "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", WireCase.Answer.Then.CLOSE);
        WireCase.Answer h2c = new WireCase.Answer(
                "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", WireCase.Answer.Then.CLOSE);
        Expected failed = new Expected.Answered(502, "", true, false);
        switching(
                "upgrade-asked",
                section,
                "Connection: Upgrade\r\nUpgrade: websocket",
                WireCase.Answer.PLAIN,
                new Expected.Fields("Connection: Upgrade", "Upgrade: websocket"));
        switching(
                "upgrade-h2c",
                section,
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA",
                WireCase.Answer.PLAIN,
                new Expected.Fields("Connection:", "Upgrade:", "HTTP2-Settings:"));
        switching(
                "upgrade-h2c-behind-websocket",
                section,
                "Connection: Upgrade\r\nUpgrade: websocket, h2c",
                WireCase.Answer.PLAIN,
                new Expected.Fields("Connection:", "Upgrade:"));
        switching(
                "upgrade-not-named",
                section,
                "Upgrade: websocket",
                WireCase.Answer.PLAIN,
                new Expected.Fields("Connection:", "Upgrade:"));
        switching(
                "upgrade-switched",
                section,
                "Connection: Upgrade\r\nUpgrade: websocket",
                switched,
                new Expected.Switched());
        switching("upgrade-h2c-switched-all-the-same", section, "Connection: Upgrade\r\nUpgrade: h2c", h2c, failed);
        switching("upgrade-to-something-else", section, "Connection: Upgrade\r\nUpgrade: websocket", h2c, failed);
        switching("switched-unasked", section, "X: y", switched, failed);
    }
}
