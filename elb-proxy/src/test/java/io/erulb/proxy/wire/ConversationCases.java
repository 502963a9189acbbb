package io.erulb.proxy.wire;

import io.erulb.proxy.wire.WireCase.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The table of requests behind one another and of clients that end their direction. */
final class ConversationCases {
    private static final String HOST = "Host: a.local\r\n";
    private static final String FINE = "200 fine";
    private static final String PROBED = "200 " + Outcome.PROBE;

    private final List<WireCase> cases = new ArrayList<>();

    static List<WireCase> all() {
        ConversationCases table = new ConversationCases();
        table.rows();
        table.cuts();
        return table.cases;
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n";
    }

    private void row(String id, String section, String requests, List<String> answers, String... targets) {
        cases.add(new WireCase(
                id,
                section,
                FaultClass.CONVERSATION,
                requests,
                Answer.PLAIN,
                new Expected.Exchanges(answers, List.of(targets))));
    }

    private void rows() {
        row("row-of-two", "9.3.2", get("/1") + get("/2"), List.of(FINE, FINE, PROBED), "/1", "/2", Outcome.PROBE);
        row("row-of-ten", "9.3.2", get("/1").repeat(10), rowOf(10), targets(10));
        row(
                "row-behind-length",
                "9.3.2",
                "POST /1 HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello" + get("/2"),
                List.of(FINE, FINE, PROBED),
                "/1",
                "/2",
                Outcome.PROBE);
        row(
                "row-behind-chunks",
                "9.3.2",
                "POST /1 HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + get("/2"),
                List.of(FINE, FINE, PROBED),
                "/1",
                "/2",
                Outcome.PROBE);
        row(
                "row-request-in-body",
                "6",
                "POST /1 HTTP/1.1\r\n" + HOST + "Content-Length: "
                        + get("/evil").length() + "\r\n\r\n" + get("/evil"),
                List.of(FINE, PROBED),
                "/1",
                Outcome.PROBE);
        row(
                "row-request-in-chunk",
                "7.1",
                "POST /1 HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(get("/evil").length()) + "\r\n" + get("/evil") + "\r\n0\r\n\r\n",
                List.of(FINE, PROBED),
                "/1",
                Outcome.PROBE);
        row(
                "row-ends-with-close",
                "9.6",
                "GET /1 HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n" + get("/2"),
                List.of(FINE),
                "/1");
        row("row-ends-with-1.0", "9.3", "GET /1 HTTP/1.0\r\n\r\n" + get("/2"), List.of(FINE), "/1");
        row(
                "row-goes-on-with-1.0",
                "9.3",
                "GET /1 HTTP/1.0\r\n" + HOST + "Connection: keep-alive\r\n\r\n" + get("/2"),
                List.of(FINE, FINE, PROBED),
                "/1",
                "/2",
                Outcome.PROBE);
        row(
                "row-ends-with-bad-one",
                "9.3.2",
                get("/1") + "GET /2 HTTP/1.1\r\n" + HOST + HOST + "\r\n" + get("/3"),
                List.of(FINE, "400"),
                "/1");
        row(
                "row-behind-empty-line",
                "2.2",
                get("/1") + "\r\n" + get("/2"),
                List.of(FINE, FINE, PROBED),
                "/1",
                "/2",
                Outcome.PROBE);
        row(
                "row-surplus-of-length",
                "6",
                "POST /1 HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello(" + get("/2"),
                List.of(FINE, "400"),
                "/1");
        row(
                "expect-with-body-there",
                "RFC 9110 10.1.1",
                "POST /1 HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
                List.of(FINE, PROBED),
                "/1",
                Outcome.PROBE);
        row(
                "expect-1.0",
                "RFC 9110 10.1.1",
                "POST /1 HTTP/1.0\r\n" + HOST
                        + "Connection: keep-alive\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
                List.of(FINE, PROBED),
                "/1",
                Outcome.PROBE);
        row(
                "max-forwards-0",
                "RFC 9110 7.6.2",
                "OPTIONS / HTTP/1.1\r\n" + HOST + "Max-Forwards: 0\r\n\r\n",
                List.of("200", PROBED),
                Outcome.PROBE);
        row("trace", "RFC 9110 9.3.8", "TRACE / HTTP/1.1\r\n" + HOST + "\r\n", List.of("405", PROBED), Outcome.PROBE);
    }

    private static List<String> rowOf(int count) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(FINE);
        }
        answers.add(PROBED);
        return answers;
    }

    private static String[] targets(int count) {
        String[] targets = new String[count + 1];
        Arrays.fill(targets, "/1");
        targets[count] = Outcome.PROBE;
        return targets;
    }

    /** A request that ends too early, with the client's direction. */
    private void cut(String id, String request) {
        cases.add(new WireCase(id, "8", FaultClass.CUT_UPLOAD, request, Answer.PLAIN, new Expected.Cut()));
    }

    private void cuts() {
        String post = "POST / HTTP/1.1\r\n" + HOST;
        String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        cut("cut-upload-length", post + "Content-Length: 5\r\n\r\nhel");
        cut("cut-upload-before-body", post + "Content-Length: 5\r\n\r\n");
        cut("cut-upload-in-chunk", chunked + "5\r\nhel");
        cut("cut-upload-between-chunks", chunked + "5\r\nhello\r\n");
        cut("cut-upload-in-size", chunked + "5\r\nhello\r\n5");
        cut("cut-upload-before-chunks", chunked);
        cut("cut-upload-in-last-chunk", chunked + "5\r\nhello\r\n0\r\n");
        cut("cut-upload-in-trailers", chunked + "5\r\nhello\r\n0\r\nX: y\r\n");
        cut("cut-upload-put", "PUT / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        cut("cut-head", "GET / HTTP/1.1\r\nHost: a.loc");
        cut("cut-head-in-line-end", "GET / HTTP/1.1\r\n" + HOST + "\r");
        cut("cut-request-line", "GET / HT");
    }
}
