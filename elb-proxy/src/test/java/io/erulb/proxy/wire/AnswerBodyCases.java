package io.erulb.proxy.wire;

import io.erulb.proxy.wire.WireCase.Answer;
import io.erulb.proxy.wire.WireCase.Answer.Then;
import java.util.ArrayList;
import java.util.List;

/** The table of answers' bodies: how they end, what of them may look whole, and which connections serve again. */
final class AnswerBodyCases {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.local\r\n\r\n";
    private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: a.local\r\n\r\n";
    private static final String OLD = "GET / HTTP/1.0\r\nHost: a.local\r\nConnection: keep-alive\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private final List<WireCase> cases = new ArrayList<>();

    static List<WireCase> all() {
        AnswerBodyCases table = new AnswerBodyCases();
        table.whole();
        table.cut();
        table.bodiless();
        table.reuse();
        return table.cases;
    }

    private void add(String id, String section, FaultClass fault, String request, Answer answer, Expected expected) {
        cases.add(new WireCase(id, section, fault, request, answer, expected));
    }

    private void good(String id, String section, String bytes, String body, String... lines) {
        add(
                id,
                section,
                FaultClass.ANSWER_BODY,
                GET,
                new Answer(bytes, Then.SERVE),
                new Expected.Answered(200, body, true, true, lines));
    }

    private void whole() {
        good("body-length", "6.2", OK + "Content-Length: 4\r\n\r\nfine", "fine", "Content-Length: 4");
        good("body-length-0", "6.2", OK + "Content-Length: 0\r\n\r\n", "", "Content-Length: 0");
        good(
                "body-chunks",
                "7.1",
                CHUNKED + "2\r\nfi\r\n2\r\nne\r\n0\r\n\r\n",
                "fine",
                "Transfer-Encoding: chunked",
                "Content-Length:");
        good("body-no-chunks", "7.1", CHUNKED + "0\r\n\r\n", "");
        good(
                "body-chunks-capitals",
                "6.1",
                OK + "Transfer-Encoding: CHUNKED\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
                "hi",
                "Transfer-Encoding: chunked");
        good("body-extensions", "7.1.1", CHUNKED + "2;a=b;c=\"d\"\r\nhi\r\n0;e\r\n\r\n", "hi");
        good(
                "body-trailers-dropped",
                "7.1.2",
                CHUNKED + "2\r\nhi\r\n0\r\nX: y\r\nContent-Length: 9\r\n\r\n",
                "hi",
                "X:");
        good(
                "body-large-chunk",
                "7.1",
                CHUNKED + "2710\r\n" + "x".repeat(10_000) + "\r\n0\r\n\r\n",
                "x".repeat(10_000));
        add(
                "body-until-close",
                "6.3",
                FaultClass.ANSWER_BODY,
                GET,
                new Answer(OK + "\r\nfine", Then.CLOSE),
                new Expected.Answered(200, "fine", true, false, "Transfer-Encoding: chunked"));
        add(
                "body-until-close-1.0-client",
                "6.3",
                FaultClass.ANSWER_BODY,
                OLD,
                new Answer(OK + "\r\nfine", Then.CLOSE),
                new Expected.Answered(200, "fine", true, false, "Transfer-Encoding:"));
        add(
                "body-chunks-1.0-client",
                "6.1",
                FaultClass.ANSWER_BODY,
                OLD,
                new Answer(CHUNKED + "4\r\nfine\r\n0\r\n\r\n", Then.SERVE),
                new Expected.Answered(200, "fine", true, true, "Transfer-Encoding:"));
        add(
                "body-until-close-of-1.0-server",
                "6.3",
                FaultClass.ANSWER_BODY,
                GET,
                new Answer("HTTP/1.0 200 OK\r\n\r\nfine", Then.CLOSE),
                new Expected.Answered(200, "fine", true, false));
    }

    /** An answer of which a part can't be had: the client may not take it for whole. */
    private void broken(String id, String section, String bytes, Then then, String body) {
        add(
                id,
                section,
                FaultClass.ANSWER_BODY,
                GET,
                new Answer(bytes, then),
                new Expected.Answered(200, body, false, false));
    }

    private void spoilt(String id, String chunks) {
        broken("answer-chunk-" + id, "7.1", CHUNKED + "4\r\nfine\r\n", Then.CLOSE, "fine", chunks);
    }

    private void broken(String id, String section, String head, Then then, String body, String more) {
        add(id, section, FaultClass.ANSWER_BODY, GET, new Answer(head + more, then), new Expected.AtMost(body));
    }

    private void cut() {
        broken("cut-length", "8", OK + "Content-Length: 9\r\n\r\nfine", Then.CLOSE, "fine");
        broken("cut-length-reset", "8", OK + "Content-Length: 9\r\n\r\nfine", Then.RESET, "fine", "");
        broken("cut-chunk-end", "8", CHUNKED + "4\r\nfine\r\n", Then.CLOSE, "fine");
        broken("cut-in-chunk", "8", CHUNKED + "9\r\nfine", Then.CLOSE, "fine");
        broken("cut-in-size", "8", CHUNKED + "4\r\nfine\r\n1", Then.CLOSE, "fine");
        broken("cut-before-last-crlf", "8", CHUNKED + "4\r\nfine\r\n0\r\n", Then.CLOSE, "fine");
        spoilt("size-letter", "4g\r\nfine\r\n0\r\n\r\n");
        spoilt("size-sign", "+4\r\nfine\r\n0\r\n\r\n");
        spoilt("size-0x", "0x4\r\nfine\r\n0\r\n\r\n");
        spoilt("size-missing", "\r\nfine\r\n0\r\n\r\n");
        spoilt("size-overflow", "fffffffffffffffff\r\nfine\r\n0\r\n\r\n");
        spoilt("size-lf", "4\nfine\r\n0\r\n\r\n");
        spoilt("size-cr", "4\rfine\r\n0\r\n\r\n");
        spoilt("size-blank-inside", "4 4\r\nfine\r\n0\r\n\r\n");
        spoilt("data-too-long", "4\r\nfiner\r\n0\r\n\r\n");
        spoilt("data-lf", "4\r\nfine\n0\r\n\r\n");
        spoilt("extension-control", "4;\u0001\r\nfine\r\n0\r\n\r\n");
        spoilt("extension-lf", "4;x\nfine\r\n0\r\n\r\n");
        spoilt("trailer-no-colon", "0\r\nX\r\n\r\n");
        spoilt("trailer-nul", "0\r\nX: \0\r\n\r\n");
        spoilt("trailer-lf", "0\r\nX: y\n\r\n");
        spoilt("end-lf", "0\r\n\n");
    }

    private void none(
            String id, String section, String request, String bytes, int status, boolean reused, String... lines) {
        add(
                id,
                section,
                FaultClass.BODILESS,
                request,
                new Answer(bytes, Then.SERVE),
                new Expected.Answered(status, "", true, reused, lines));
    }

    private void bodiless() {
        none("head-length", "RFC 9110 9.3.2", HEAD, OK + "Content-Length: 4\r\n\r\n", 200, true, "Content-Length: 4");
        none("head-chunked", "RFC 9110 9.3.2", HEAD, CHUNKED, 200, true);
        none("head-nothing-said", "RFC 9110 9.3.2", HEAD, OK + "\r\n", 200, true);
        none(
                "head-with-body",
                "RFC 9110 9.3.2",
                HEAD,
                OK + "Content-Length: 4\r\n\r\nfine",
                200,
                false,
                "Content-Length: 4");
        none("204", "RFC 9110 15.3.5", GET, "HTTP/1.1 204 No\r\n\r\n", 204, true);
        none(
                "204-length",
                "RFC 9110 8.6",
                GET,
                "HTTP/1.1 204 No\r\nContent-Length: 4\r\n\r\n",
                204,
                true,
                "Content-Length:");
        none(
                "204-chunked",
                "6.1",
                GET,
                "HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n",
                204,
                true,
                "Transfer-Encoding:");
        none("204-with-body", "RFC 9110 15.3.5", GET, "HTTP/1.1 204 No\r\nContent-Length: 4\r\n\r\nfine", 204, false);
        none("304", "RFC 9110 15.4.5", GET, "HTTP/1.1 304 No\r\n\r\n", 304, true);
        none(
                "304-length",
                "RFC 9110 15.4.5",
                GET,
                "HTTP/1.1 304 No\r\nContent-Length: 4\r\n\r\n",
                304,
                true,
                "Content-Length: 4");
        none("304-with-body", "RFC 9110 15.4.5", GET, "HTTP/1.1 304 No\r\nContent-Length: 4\r\n\r\nfine", 304, false);
    }

    private void served(String id, String section, String bytes, String body, boolean reused) {
        add(
                id,
                section,
                FaultClass.REUSE,
                GET,
                new Answer(bytes, Then.SERVE),
                new Expected.Answered(200, body, true, reused));
    }

    private void reuse() {
        served("reuse-plain", "9.3", OK + "Content-Length: 4\r\n\r\nfine", "fine", true);
        served("reuse-said", "9.3", OK + "Connection: keep-alive\r\nContent-Length: 4\r\n\r\nfine", "fine", true);
        served(
                "reuse-1.0-said",
                "9.3",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\nfine",
                "fine",
                true);
        served("reuse-not-close", "9.6", OK + "Connection: close\r\nContent-Length: 4\r\n\r\nfine", "fine", false);
        served(
                "reuse-not-close-in-list",
                "9.6",
                OK + "Connection: x, Close\r\nContent-Length: 4\r\n\r\nfine",
                "fine",
                false);
        served(
                "reuse-not-close-and-keep-alive",
                "9.3",
                OK + "Connection: close\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\nfine",
                "fine",
                false);
        served("reuse-not-1.0", "9.3", "HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nfine", "fine", false);
        served("reuse-not-surplus", "9.2", OK + "Content-Length: 4\r\n\r\nfine!", "fine", false);
        served(
                "reuse-not-second-answer",
                "9.2",
                OK + "Content-Length: 4\r\n\r\nfine" + OK + "Content-Length: 4\r\n\r\nevil",
                "fine",
                false);
        served("reuse-not-surplus-of-chunks", "9.2", CHUNKED + "4\r\nfine\r\n0\r\n\r\n\r\n", "fine", false);
    }
}
