package io.erulb.proxy.wire;

import java.util.ArrayList;
import java.util.List;

/** The table: which requests are served and how they are seen, and which are refused with what status. */
public final class RequestCases {
    private static final String GET = "GET / HTTP/1.1\r\n";
    private static final String HOST = "Host: a.local\r\n";
    private static final String POST = "POST /p HTTP/1.1\r\n" + HOST;
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    private final List<RequestCase> cases = new ArrayList<>();
    private FaultClass fault = FaultClass.REQUEST_LINE;

    private RequestCases() {}

    /** The whole table. */
    public static List<RequestCase> all() {
        RequestCases table = new RequestCases();
        table.requestLines();
        table.targets();
        table.fields();
        table.hosts();
        table.framing();
        table.chunks();
        return table.cases;
    }

    private void served(String id, String section, String bytes, String seen) {
        cases.add(new RequestCase(id, fault, section, bytes, 200, seen));
    }

    private void refused(String id, String section, int status, String bytes) {
        cases.add(new RequestCase(id, fault, section, bytes, status, null));
    }

    /** A request line before a good Host field. */
    private void line(String id, String section, int status, String line) {
        refused(id, section, status, line + "\r\n" + HOST + "\r\n");
    }

    /** A field behind a good Host field. */
    private void field(String id, String section, int status, String lines) {
        refused(id, section, status, GET + HOST + lines + "\r\n\r\n");
    }

    private void host(String id, String section, int status, String value) {
        refused(id, section, status, GET + "Host: " + value + "\r\n\r\n");
    }

    private void hostServed(String id, String section, String value) {
        served(id, section, GET + "Host: " + value + "\r\n\r\n", "GET / [Host: " + value + "] ");
    }

    /** A body in chunks that must not look whole to the handler. */
    private void broken(String id, String section, String body, String why) {
        cases.add(new RequestCase(id, fault, section, CHUNKED + body, 400, why));
    }

    private void chunkedServed(String id, String section, String body, String data) {
        served(id, section, CHUNKED + body, "POST /p [Host: a.local, Transfer-Encoding: chunked] " + data);
    }

    private void requestLines() {
        served("get", "3", GET + HOST + "\r\n", "GET / [Host: a.local] ");
        served("empty-line-first", "2.2", "\r\n" + GET + HOST + "\r\n", "GET / [Host: a.local] ");
        served("unknown-method", "3.1", "M-SEARCH / HTTP/1.1\r\n" + HOST + "\r\n", "M-SEARCH / [Host: a.local] ");
        served("lower-case-unknown-method", "3.1", "purge / HTTP/1.1\r\n" + HOST + "\r\n", "purge / [Host: a.local] ");
        served(
                "odd-token-method",
                "3.1",
                "!#$%&'*+-.^_`|~ / HTTP/1.1\r\n" + HOST + "\r\n",
                "!#$%&'*+-.^_`|~ / [Host: a.local] ");
        served("1.0-without-host", "3.2", "GET / HTTP/1.0\r\n\r\n", "GET / [] ");
        served("1.0-with-host", "3.2", "GET / HTTP/1.0\r\n" + HOST + "\r\n", "GET / [Host: a.local] ");
        line("two-empty-lines-first", "2.2", 400, "\r\n\r\nGET / HTTP/1.1");
        line("bare-lf-first", "2.2", 400, "\nGET / HTTP/1.1");
        line("bare-cr-first", "2.2", 400, "\rGET / HTTP/1.1");
        line("leading-blank", "3", 400, " GET / HTTP/1.1");
        line("no-method", "3", 400, "/ HTTP/1.1");
        line("method-with-colon", "3.1", 400, "GE:T / HTTP/1.1");
        line("method-with-nul", "3.1", 400, "GE\0T / HTTP/1.1");
        line("method-with-high-byte", "3.1", 400, "GE\u00e9T / HTTP/1.1");
        line("lower-case-get", "3.1", 400, "get / HTTP/1.1");
        line("mixed-case-head", "3.1", 400, "Head / HTTP/1.1");
        line("lower-case-connect", "3.1", 400, "connect a:1 HTTP/1.1");
        line("two-spaces-before-target", "3", 400, "GET  / HTTP/1.1");
        line("two-spaces-before-version", "3", 400, "GET /  HTTP/1.1");
        line("tab-before-target", "3", 400, "GET\t/ HTTP/1.1");
        line("tab-before-version", "3", 400, "GET /\tHTTP/1.1");
        line("space-behind-version", "3", 400, "GET / HTTP/1.1 ");
        line("no-version", "3", 400, "GET /");
        line("space-instead-of-version", "3", 400, "GET / ");
        line("no-target", "3", 400, "GET HTTP/1.1");
        line("empty-target", "3", 400, "GET  HTTP/1.1");
        line("lower-case-version", "2.3", 400, "GET / http/1.1");
        line("version-without-minor", "2.3", 400, "GET / HTTP/1");
        line("version-two-digits", "2.3", 400, "GET / HTTP/1.10");
        line("version-leading-zero", "2.3", 400, "GET / HTTP/01.1");
        line("version-with-comma", "2.3", 400, "GET / HTTP/1,1");
        line("version-of-letters", "2.3", 400, "GET / HTTP/x.y");
        line("other-protocol", "2.3", 400, "GET / ICAP/1.0");
        line("minor-2", "2.3", 400, "GET / HTTP/1.2");
        line("version-2", "RFC 9110 15.6.6", 505, "GET / HTTP/2.0");
        line("version-3", "RFC 9110 15.6.6", 505, "GET / HTTP/3.0");
        line("version-0.9", "RFC 9110 15.6.6", 505, "GET / HTTP/0.9");
        refused("http2-preface", "RFC 9113 3.4", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        refused("tls-hello", "3", 400, "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n");
        refused("line-ends-with-lf", "2.2", 400, "GET / HTTP/1.1\n" + HOST + "\r\n");
        refused("line-ends-with-cr", "2.2", 400, "GET / HTTP/1.1\r" + HOST + "\r\n");
        refused("line-ends-with-crcrlf", "2.2", 400, "GET / HTTP/1.1\r\r\n" + HOST + "\r\n");
        refused("blank-line-behind-line", "2.2", 400, GET + " \r\n" + HOST + "\r\n");
    }

    private void targets() {
        fault = FaultClass.TARGET;
        seenAs("query", "/a?x=1&y=%20", "/a?x=1&y=%20");
        seenAs("empty-query", "/a?", "/a?");
        seenAs("query-of-question-marks", "/a???", "/a???");
        seenAs("dots", "/a/../b/./c//d", "/a/../b/./c//d");
        seenAs("escapes", "/%2e%2E/%00%ff", "/%2e%2E/%00%ff");
        seenAs("bad-escape", "/%zz%", "/%zz%");
        seenAs("unwise", "/a|b{c}\"<>^`[]", "/a|b{c}\"<>^`[]");
        seenAs("high-bytes", "/\u00c3\u00a9", "/\u00c3\u00a9");
        seenAs("semicolon", "/a;b=c/d", "/a;b=c/d");
        seenAs("double-slash", "//a.b/c", "//a.b/c");
        absolute("absolute", "http://b.local/x?y", "/x?y", "b.local");
        absolute("absolute-port", "http://b.local:81/", "/", "b.local:81");
        absolute("absolute-no-path", "http://b.local", "/", "b.local");
        absolute("absolute-query-only", "http://b.local?q", "/?q", "b.local");
        absolute("absolute-empty-query", "http://b.local/?", "/?", "b.local");
        absolute("absolute-capitals", "HTTP://B.local/", "/", "B.local");
        absolute("absolute-https", "https://b.local/", "/", "b.local");
        absolute("absolute-ipv6", "http://[::1]:8080/", "/", "[::1]:8080");
        served("absolute-1.0", "3.2.2", "GET http://b.local/ HTTP/1.0\r\n\r\n", "GET / [Host: b.local] ");
        served("options-asterisk", "3.2.4", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", "OPTIONS * [Host: a.local] ");
        served(
                "options-absolute",
                "3.2.4",
                "OPTIONS http://b.local HTTP/1.1\r\n" + HOST + "\r\n",
                "OPTIONS * [Host: b.local] ");
        line("get-asterisk", "3.2.4", 400, "GET * HTTP/1.1");
        line("options-asterisk-and-more", "3.2.4", 400, "OPTIONS *x HTTP/1.1");
        line("connect", "3.2.3", 405, "CONNECT b.local:443 HTTP/1.1");
        line("connect-path", "3.2.3", 405, "CONNECT /x HTTP/1.1");
        line("authority-form", "3.2.3", 400, "GET b.local:80 HTTP/1.1");
        line("relative-target", "3.2", 400, "GET index.html HTTP/1.1");
        line("other-scheme", "3.2.2", 400, "GET ftp://b.local/ HTTP/1.1");
        line("one-slash-scheme", "3.2.2", 400, "GET http:/b.local/ HTTP/1.1");
        line("absolute-no-host", "3.2.2", 400, "GET http:///x HTTP/1.1");
        line("absolute-user", "RFC 9110 4.2.4", 400, "GET http://u@b.local/ HTTP/1.1");
        line("absolute-user-password", "RFC 9110 4.2.4", 400, "GET http://u:p@b.local/ HTTP/1.1");
        line("absolute-bad-port", "3.2.2", 400, "GET http://b.local:x/ HTTP/1.1");
        line("fragment", "3.2", 400, "GET /a#b HTTP/1.1");
        line("backslash", "3.2", 400, "GET /a\\b HTTP/1.1");
        line("target-with-nul", "3.2", 400, "GET /a\0b HTTP/1.1");
        line("target-with-del", "3.2", 400, "GET /a\u007fb HTTP/1.1");
        line("target-with-space", "3.2", 400, "GET /a b HTTP/1.1");
        line("target-with-cr", "3.2", 400, "GET /a\rb HTTP/1.1");
        refused("absolute-without-host-field", "3.2.2", 400, "GET http://b.local/ HTTP/1.1\r\n\r\n");
        refused("long-target", "3", 414, "GET /" + "a".repeat(16 * 1024) + " HTTP/1.1\r\n" + HOST + "\r\n");
    }

    private void seenAs(String id, String target, String seen) {
        served(
                "target-" + id,
                "3.2.1",
                "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n",
                "GET " + seen + " [Host: a.local] ");
    }

    private void absolute(String id, String target, String seen, String host) {
        served(
                id,
                "3.2.2",
                "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n",
                "GET " + seen + " [Host: " + host + "] ");
    }

    private void fields() {
        fault = FaultClass.FIELD;
        fieldServed("plain", "X: y", "X: y");
        fieldServed("blanks-around", "X: \t y \t", "X: y");
        fieldServed("no-blank", "X:y", "X: y");
        fieldServed("empty", "X:", "X: ");
        fieldServed("only-blanks", "X: \t ", "X: ");
        fieldServed("inner-blanks", "X: y \t z", "X: y \t z");
        fieldServed("twice", "X: y\r\nX: z", "X: y + z");
        fieldServed("high-bytes", "X: \u00e9\u00ff", "X: \u00e9\u00ff");
        fieldServed("colon-in-value", "X: :y:", "X: :y:");
        fieldServed("odd-name", "X!#$%&'*+-.^_`|~1: y", "X!#$%&'*+-.^_`|~1: y");
        field("blank-before-colon", "5.1", 400, "X : y");
        field("tab-before-colon", "5.1", 400, "X\t: y");
        field("name-with-space", "5.1", 400, "X Y: z");
        field("no-colon", "5", 400, "XY");
        field("no-name", "5", 400, ": y");
        field("name-with-nul", "5.1", 400, "X\0: y");
        field("name-with-high-byte", "5.1", 400, "X\u00e9: y");
        field("name-with-parenthesis", "5.1", 400, "X(: y");
        field("fold-space", "5.2", 400, "X: y\r\n z");
        field("fold-tab", "5.2", 400, "X: y\r\n\tz");
        field("fold-empty", "5.2", 400, "X: y\r\n ");
        field("nul", "RFC 9110 5.5", 400, "X: a\0b");
        field("bare-cr", "2.2", 400, "X: a\rb");
        field("bare-lf", "2.2", 400, "X: a\nY: b");
        field("lf-line-end", "2.2", 400, "X: a\nContent-Length: 5");
        field("cr-line-end", "2.2", 400, "X: a\rContent-Length: 5");
        field("control", "RFC 9110 5.5", 400, "X: a\u0001b");
        field("vertical-tab", "RFC 9110 5.5", 400, "X: a\u000bb");
        field("del", "RFC 9110 5.5", 400, "X: a\u007fb");
        refused("fold-first", "5.2", 400, GET + " X: y\r\n" + HOST + "\r\n");
        refused("lf-only-head", "2.2", 400, "GET / HTTP/1.1\nHost: a.local\n\n");
        refused("lf-ends-head", "2.2", 400, GET + HOST + "\n");
        refused("cr-ends-head", "2.2", 400, GET + HOST + "\rx");
        refused("many-fields", "5", 431, GET + HOST + "X: y\r\n".repeat(200) + "\r\n");
        refused("large-field", "5", 431, GET + HOST + "X: " + "y".repeat(32 * 1024) + "\r\n\r\n");
        refused("large-name", "5", 431, GET + HOST + "X".repeat(32 * 1024) + ": y\r\n\r\n");
    }

    private void fieldServed(String id, String line, String seen) {
        served("field-" + id, "5", GET + HOST + line + "\r\n\r\n", "GET / [Host: a.local, " + seen + "] ");
    }

    private void hosts() {
        fault = FaultClass.HOST;
        hostServed("host-port", "RFC 9110 7.2", "a.local:8080");
        hostServed("host-empty-port", "RFC 3986 3.2.3", "a.local:");
        hostServed("host-ipv4", "RFC 9110 7.2", "192.0.2.1:80");
        hostServed("host-ipv6", "RFC 9110 7.2", "[2001:db8::1]");
        hostServed("host-ipv6-port", "RFC 9110 7.2", "[::]:80");
        hostServed("host-ipv6-ipv4", "RFC 9110 7.2", "[::ffff:192.0.2.1]");
        hostServed("host-ipv6-full", "RFC 9110 7.2", "[1:2:3:4:5:6:7:8]");
        hostServed("host-underscore", "RFC 3986 3.2.2", "a_b.local");
        hostServed("host-escape", "RFC 3986 3.2.2", "a%20b");
        refused("no-host", "3.2", 400, GET + "\r\n");
        refused("two-hosts", "3.2", 400, GET + HOST + HOST + "\r\n");
        refused("two-hosts-differing", "3.2", 400, GET + HOST + "host: b.local\r\n\r\n");
        refused("two-hosts-1.0", "3.2", 400, "GET / HTTP/1.0\r\n" + HOST + HOST + "\r\n");
        refused("bad-host-1.0", "3.2", 400, "GET / HTTP/1.0\r\nHost: a b\r\n\r\n");
        host("host-empty", "3.2", 400, "");
        host("host-list", "3.2", 400, "a.local, b.local");
        host("host-path", "3.2", 400, "a.local/x");
        host("host-user", "3.2", 400, "u@a.local");
        host("host-scheme", "3.2", 400, "http://a.local");
        host("host-only-port", "3.2", 400, ":80");
        host("host-bad-port", "3.2", 400, "a.local:8o");
        host("host-large-port", "3.2", 400, "a.local:65536");
        host("host-long-port", "3.2", 400, "a.local:000080");
        host("host-two-ports", "3.2", 400, "a.local:80:80");
        host("host-negative-port", "3.2", 400, "a.local:-1");
        host("host-space", "3.2", 400, "a local");
        host("host-query", "3.2", 400, "a.local?x");
        host("host-fragment", "3.2", 400, "a.local#x");
        host("host-backslash", "3.2", 400, "a.local\\x");
        host("host-high-byte", "3.2", 400, "\u00e9.local");
        host("host-bad-escape", "3.2", 400, "a%2");
        host("host-ipv6-bare", "3.2", 400, "::1");
        host("host-ipv6-open", "3.2", 400, "[::1");
        host("host-ipv6-empty", "3.2", 400, "[]");
        host("host-ipv6-short", "3.2", 400, "[1:2:3]");
        host("host-ipv6-long", "3.2", 400, "[1:2:3:4:5:6:7:8:9]");
        host("host-ipv6-two-gaps", "3.2", 400, "[1::2::3]");
        host("host-ipv6-large-group", "3.2", 400, "[12345::]");
        host("host-ipv6-zone", "3.2", 400, "[fe80::1%25eth0]");
        host("host-ipv6-bad-ipv4", "3.2", 400, "[::1.2.3.400]");
        host("host-ipv6-trailing", "3.2", 400, "[::1]x");
    }

    private void framing() {
        fault = FaultClass.FRAMING;
        served(
                "length",
                "6.2",
                POST + "Content-Length: 5\r\n\r\nhello",
                "POST /p [Content-Length: 5, Host: a.local] hello");
        served("length-0", "6.2", POST + "Content-Length: 0\r\n\r\n", "POST /p [Content-Length: 0, Host: a.local] ");
        served(
                "length-leading-zeros",
                "6.2",
                POST + "Content-Length: 005\r\n\r\nhello",
                "POST /p [Content-Length: 005, Host: a.local] hello");
        served(
                "get-with-body",
                "6",
                GET + HOST + "Content-Length: 2\r\n\r\nhi",
                "GET / [Content-Length: 2, Host: a.local] hi");
        served("post-without-framing", "6.3", POST + "\r\n", "POST /p [Host: a.local] ");
        field("length-empty", "6.2", 400, "Content-Length:");
        field("length-plus", "6.2", 400, "Content-Length: +5");
        field("length-minus", "6.2", 400, "Content-Length: -5");
        field("length-hex", "6.2", 400, "Content-Length: 0x5");
        field("length-letters", "6.2", 400, "Content-Length: five");
        field("length-list", "6.3", 400, "Content-Length: 5, 5");
        field("length-blank-inside", "6.2", 400, "Content-Length: 5 5");
        field("length-decimal", "6.2", 400, "Content-Length: 5.0");
        field("length-overflow", "6.2", 400, "Content-Length: 18446744073709551621");
        field("length-twice-equal", "6.3", 400, "Content-Length: 5\r\nContent-Length: 5");
        field("length-twice-differing", "6.3", 400, "Content-Length: 5\r\nContent-length: 6");
        field("length-high-digit", "6.2", 400, "Content-Length: \u00b2");
        field("length-too-large", "RFC 9110 15.5.14", 413, "Content-Length: 52428801");
        field("both", "6.3", 400, "Content-Length: 5\r\nTransfer-Encoding: chunked");
        field("both-swapped", "6.3", 400, "Transfer-Encoding: chunked\r\nContent-Length: 5");
        field("coding-gzip", "6.3", 400, "Transfer-Encoding: gzip");
        field("coding-gzip-chunked", "6.1", 501, "Transfer-Encoding: gzip, chunked");
        field("coding-chunked-gzip", "6.3", 400, "Transfer-Encoding: chunked, gzip");
        field("coding-identity", "6.3", 400, "Transfer-Encoding: identity");
        field("coding-chunked-identity", "6.3", 400, "Transfer-Encoding: chunked, identity");
        field("coding-x", "6.3", 400, "Transfer-Encoding: xchunked");
        field("coding-twice", "6.3", 400, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked");
        field("coding-twice-in-one", "6.3", 400, "Transfer-Encoding: chunked, chunked");
        field("coding-empty", "6.1", 400, "Transfer-Encoding:");
        field("coding-comma", "6.1", 400, "Transfer-Encoding: ,chunked");
        field("coding-trailing-comma", "6.1", 400, "Transfer-Encoding: chunked,");
        field("coding-quoted", "6.1", 400, "Transfer-Encoding: \"chunked\"");
        field("coding-parameter", "6.1", 400, "Transfer-Encoding: chunked;q=1");
        field("coding-vertical-tab", "6.1", 400, "Transfer-Encoding: \u000bchunked");
        refused("coding-1.0", "6.1", 400, "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        served(
                "coding-capitals",
                "6.1",
                POST + "Transfer-Encoding: ChunKed\r\n\r\n0\r\n\r\n",
                "POST /p [Host: a.local, Transfer-Encoding: ChunKed] ");
    }

    private void chunks() {
        fault = FaultClass.CHUNK;
        chunkedServed("chunks-none", "7.1", "0\r\n\r\n", "");
        chunkedServed("chunks-two", "7.1", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde");
        chunkedServed("chunk-hex", "7.1", "A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789");
        chunkedServed("chunk-leading-zeros", "7.1", "0000000000000003\r\nabc\r\n000\r\n\r\n", "abc");
        chunkedServed("chunk-with-crlf-data", "7.1", "2\r\n\r\n\r\n0\r\n\r\n", "\r\n");
        chunkedServed("extension", "7.1.1", "3;x\r\nabc\r\n0;y\r\n\r\n", "abc");
        chunkedServed("extension-value", "7.1.1", "3;x=y;z=1\r\nabc\r\n0\r\n\r\n", "abc");
        chunkedServed("extension-quoted", "7.1.1", "3;x=\"a;\\\"b\"\r\nabc\r\n0\r\n\r\n", "abc");
        chunkedServed("extension-blanks", "7.1.1", "3 ; x = y\r\nabc\r\n0\r\n\r\n", "abc");
        chunkedServed("trailer-dropped", "7.1.2", "0\r\nX: y\r\nContent-Length: 5\r\n\r\n", "");
        broken("size-missing", "7.1", "\r\nabc\r\n0\r\n\r\n", "a chunk without a size");
        broken("size-letter", "7.1", "5g\r\nhello\r\n0\r\n\r\n", "a malformed chunk size");
        broken("size-sign", "7.1", "+5\r\nhello\r\n0\r\n\r\n", "a chunk without a size");
        broken("size-minus", "7.1", "-5\r\nhello\r\n0\r\n\r\n", "a chunk without a size");
        broken("size-0x", "7.1", "0x5\r\nhello\r\n0\r\n\r\n", "a malformed chunk size");
        broken("size-leading-blank", "7.1", " 5\r\nhello\r\n0\r\n\r\n", "a chunk without a size");
        broken("size-comma", "7.1", "5,5\r\nhello\r\n0\r\n\r\n", "a malformed chunk size");
        broken("size-blank-size", "7.1", "5 5\r\nhello\r\n0\r\n\r\n", "a malformed chunk extension");
        broken("size-nul", "7.1", "5\0\r\nhello\r\n0\r\n\r\n", "a malformed chunk size");
        broken("size-17-digits", "7.1", "00000000000000005\r\nhello\r\n0\r\n\r\n", "a chunk size that is too large");
        broken("size-overflow", "7.1", "ffffffffffffffff\r\nhello\r\n0\r\n\r\n", "a chunk size that is too large");
        broken("size-lf", "7.1", "5\nhello\r\n0\r\n\r\n", "a malformed chunk size");
        broken("size-cr", "7.1", "5\rhello\r\n0\r\n\r\n", "a chunk or trailer that does not end with CRLF");
        broken("data-lf", "7.1", "5\r\nhello\n0\r\n\r\n", "a chunk or trailer that does not end with CRLF");
        broken("data-too-long", "7.1", "5\r\nhello!\r\n0\r\n\r\n", "a chunk or trailer that does not end with CRLF");
        broken("data-cr", "7.1", "5\r\nhello\r0\r\n\r\n", "a chunk or trailer that does not end with CRLF");
        broken("extension-lf", "7.1.1", "5;x\nhello\r\n0\r\n\r\n", "a malformed chunk extension");
        broken("extension-then-blank", "7.1.1", "5;x \r\nhello\r\n0\r\n\r\n", "a malformed chunk extension");
        broken("extension-value-then-blank", "7.1.1", "5;x=y\t\r\nhello\r\n0\r\n\r\n", "a malformed chunk extension");
        broken("extension-control", "7.1.1", "5;x\u0001\r\nhello\r\n0\r\n\r\n", "a malformed chunk extension");
        broken("extension-nameless", "7.1.1", "5;=y\r\nhello\r\n0\r\n\r\n", "a malformed chunk extension");
        broken("extension-open-quote", "7.1.1", "5;x=\"y\r\nhello\r\n0\r\n\r\n", "a malformed chunk extension");
        broken(
                "extension-long",
                "7.1.1",
                "5;" + "x".repeat(5000) + "\r\nhello\r\n0\r\n\r\n",
                "chunk extensions of more than 4096 bytes");
        broken("trailer-no-colon", "7.1.2", "0\r\nX\r\n\r\n", "a malformed trailer name");
        broken("trailer-blank", "7.1.2", "0\r\nX : y\r\n\r\n", "a malformed trailer name");
        broken("trailer-fold", "7.1.2", "0\r\nX: y\r\n z\r\n\r\n", "a malformed trailer name");
        broken("trailer-lf", "7.1.2", "0\r\nX: y\n\r\n", "a malformed trailer");
        broken("trailer-nul", "7.1.2", "0\r\nX: \0\r\n\r\n", "a malformed trailer");
        broken(
                "trailer-long",
                "7.1.2",
                "0\r\nX: " + "y".repeat(17_000) + "\r\n\r\n",
                "trailers of more than 16384 bytes");
        broken("end-lf", "7.1", "0\r\n\n", "a malformed trailer name");
    }
}
