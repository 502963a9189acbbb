package io.erulb.admin.testing;

/** Requests as text, each the last of its connection. */
public final class Requests {
    private Requests() {}

    /** A request without a body; each header is a whole line. */
    public static String plain(String method, String target, String... headers) {
        StringBuilder text =
                new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: t.local\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("Connection: close\r\n\r\n").toString();
    }

    /** A rule document that sends everything to one upstream. */
    public static String toUpstream(String upstream) {
        return "{\"init\":\"r1\",\"rules\":{\"r1\":{\"type\":\"backend\",\"args\":{\"servername\":\"" + upstream
                + "\"}}}}";
    }
}
