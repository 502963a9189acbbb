package io.erulb.proxy.wire;

import io.erulb.proxy.wire.WireCase.Answer;
import io.erulb.proxy.wire.WireCase.Answer.Then;
import java.util.ArrayList;
import java.util.List;

/** The table of answers' heads: which go to the client, and which are answered 502 in their place. */
final class AnswerHeadCases {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.local\r\n\r\n";
    private static final String OLD = "GET / HTTP/1.0\r\nHost: a.local\r\nConnection: keep-alive\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String FINE = OK + "Content-Length: 4\r\n\r\nfine";

    private final List<WireCase> cases = new ArrayList<>();

    static List<WireCase> all() {
        AnswerHeadCases table = new AnswerHeadCases();
        table.statusLines();
        table.fields();
        table.framing();
        table.interim();
        return table.cases;
    }

    private void add(String id, String section, FaultClass fault, String request, String bytes, Expected expected) {
        cases.add(new WireCase(id, section, fault, request, new Answer(bytes, Then.SERVE), expected));
    }

    /** An answer that no client may get, from a server that serves on. */
    private void bad(String id, String section, String bytes) {
        add(id, section, FaultClass.ANSWER_HEAD, GET, bytes, new Expected.Answered(502, "", true, false));
    }

    private void good(String id, String section, String bytes, int status, String body, String... lines) {
        Expected expected = new Expected.Answered(status, body, true, true, lines);
        add(id, section, FaultClass.ANSWER_HEAD, GET, bytes, expected);
    }

    private void statusLines() {
        good("status-reason", "4", FINE, 200, "fine");
        good("status-no-reason", "4", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nhi", 200, "hi");
        good("status-nothing-behind", "4", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", 200, "hi");
        good("status-odd-reason", "4", "HTTP/1.1 200 \u00e9\t!\r\nContent-Length: 2\r\n\r\nhi", 200, "hi");
        good("status-unknown", "RFC 9110 15", "HTTP/1.1 299 X\r\nContent-Length: 2\r\n\r\nhi", 299, "hi");
        good("status-404", "RFC 9110 15.5.5", "HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nhi", 404, "hi");
        bad("status-garbage", "4", "hello world, this is no HTTP\r\n\r\n");
        bad("status-ssh", "4", "SSH-2.0-OpenSSH_9.2p1 Debian\r\n");
        bad("status-smtp", "4", "220 mail.local ESMTP ready\r\n\r\n");
        bad("status-http2", "RFC 9113 3.4", "\0\0\u0012\u0004\0\0\0\0\0\0\3\0\0\0\u0080\0\4\0\1\0\0");
        bad("status-version-2", "2.3", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n");
        bad("status-version-1.2", "2.3", "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n");
        bad("status-lower-case", "2.3", "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        bad("status-leading-line", "2.2", "\r\n" + FINE);
        bad("status-leading-blank", "4", " " + FINE);
        bad("status-two-digits", "4", "HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n");
        bad("status-four-digits", "4", "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n");
        bad("status-letters", "4", "HTTP/1.1 2xx OK\r\nContent-Length: 0\r\n\r\n");
        bad("status-below-100", "RFC 9110 15", "HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n");
        bad("status-two-blanks", "4", "HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n");
        bad("status-tab", "4", "HTTP/1.1\t200 OK\r\nContent-Length: 0\r\n\r\n");
        bad("status-lf", "2.2", "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n");
        bad("status-bare-cr", "2.2", "HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n");
        bad("status-nul", "4", "HTTP/1.1 200 O\0K\r\nContent-Length: 0\r\n\r\n");
    }

    private void field(String id, String section, String line) {
        bad("answer-" + id, section, OK + line + "\r\nContent-Length: 0\r\n\r\n");
    }

    private void fields() {
        good("answer-blanks", "5", OK + "X: \t y \t\r\nContent-Length: 2\r\n\r\nhi", 200, "hi", "X: y");
        good("answer-empty-value", "5", OK + "X:\r\nContent-Length:2\r\n\r\nhi", 200, "hi");
        good("answer-high-bytes", "5", OK + "X: \u00e9\r\nContent-Length: 2\r\n\r\nhi", 200, "hi", "X: \u00e9");
        field("blank-before-colon", "5.1", "X : y");
        field("tab-before-colon", "5.1", "X\t: y");
        field("no-colon", "5", "XY");
        field("no-name", "5", ": y");
        field("bad-name", "5.1", "X(: y");
        field("name-with-high-byte", "5.1", "X\u00e9: y");
        field("fold", "5.2", "X: y\r\n z");
        field("fold-of-first-line", "5.2", " X: y");
        field("bare-cr", "2.2", "X: a\rb");
        field("bare-lf", "2.2", "X: a\nY: b");
        field("nul", "RFC 9110 5.5", "X: a\0b");
        field("control", "RFC 9110 5.5", "X: a\u0001b");
        field("split", "2.2", "X: a\n\nHTTP/1.1 200 OK");
    }

    private void framing() {
        bad("answer-length-plus", "6.2", OK + "Content-Length: +4\r\n\r\nfine");
        bad("answer-length-minus", "6.2", OK + "Content-Length: -4\r\n\r\nfine");
        bad("answer-length-hex", "6.2", OK + "Content-Length: 0x4\r\n\r\nfine");
        bad("answer-length-empty", "6.2", OK + "Content-Length:\r\n\r\nfine");
        bad("answer-length-list", "6.3", OK + "Content-Length: 4, 4\r\n\r\nfine");
        bad("answer-length-overflow", "6.2", OK + "Content-Length: 18446744073709551620\r\n\r\nfine");
        bad("answer-lengths-differ", "6.3", OK + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nfine");
        good(
                "answer-lengths-equal",
                "6.3",
                OK + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nfine",
                200,
                "fine",
                "Content-Length: 4");
        bad("answer-both", "6.3", OK + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfine\r\n0\r\n\r\n");
        bad(
                "answer-both-swapped",
                "6.3",
                OK + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n4\r\nfine\r\n0\r\n\r\n");
        bad("answer-coding-gzip", "6.1", OK + "Transfer-Encoding: gzip\r\n\r\nfine");
        bad("answer-coding-gzip-chunked", "6.1", OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        bad("answer-coding-chunked-gzip", "6.1", OK + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n");
        bad("answer-coding-identity", "6.1", OK + "Transfer-Encoding: identity\r\n\r\nfine");
        bad("answer-coding-x", "6.1", OK + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n");
        bad(
                "answer-coding-twice",
                "6.1",
                OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        bad("answer-coding-1.0", "6.1", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    private void interim() {
        FaultClass interim = FaultClass.INTERIM;
        String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        List<String> probe = List.of("/", Outcome.PROBE);
        add(
                "interim-103",
                "RFC 8297 2",
                interim,
                GET,
                hints + FINE,
                new Expected.Exchanges(List.of("103", "200 fine", "200 " + Outcome.PROBE), probe));
        add(
                "interim-two",
                "RFC 9110 15.2",
                interim,
                GET,
                hints + hints + FINE,
                new Expected.Exchanges(List.of("103", "103", "200 fine", "200 " + Outcome.PROBE), probe));
        add(
                "interim-100-unasked",
                "RFC 9110 15.2.1",
                interim,
                GET,
                "HTTP/1.1 100 Continue\r\n\r\n" + FINE,
                new Expected.Exchanges(List.of("100", "200 fine", "200 " + Outcome.PROBE), probe));
        add(
                "interim-unknown",
                "RFC 9110 15.2",
                interim,
                GET,
                "HTTP/1.1 199 X\r\n\r\n" + FINE,
                new Expected.Exchanges(List.of("199", "200 fine", "200 " + Outcome.PROBE), probe));
        add(
                "interim-1.0-client",
                "RFC 9110 15.2",
                interim,
                OLD,
                hints + FINE,
                new Expected.Exchanges(List.of("200 fine", "200 " + Outcome.PROBE), probe));
        add(
                "interim-with-length",
                "RFC 9110 8.6",
                interim,
                GET,
                "HTTP/1.1 103 X\r\nContent-Length: 4\r\n\r\n" + FINE,
                new Expected.Exchanges(List.of("103", "200 fine", "200 " + Outcome.PROBE), probe));
        add(
                "interim-too-many",
                "RFC 9110 15.2",
                interim,
                GET,
                hints.repeat(40) + FINE,
                new Expected.Interrupted(103, 502));
    }
}
