package io.erulb.proxy.http1.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Why a request goes no further, told to the client before its connection is closed.
 *
 * @param status the status code
 * @param sentence what was wrong, for people
 */
record Refusal(int status, String sentence) {

    static Refusal badRequest(String sentence) {
        return new Refusal(400, sentence);
    }

    /** The whole answer. */
    ByteBuffer answer(HttpDate date) {
        String body = sentence + '\n';
        String allow = status == 405 ? "Allow: GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH\r\n" : "";
        String head = StatusLine.text(status) + "Connection: close\r\nContent-Type: text/plain\r\n" + allow
                + "Content-Length: " + body.length() + "\r\nDate: " + date.text() + "\r\n\r\n";
        return ByteBuffer.wrap((head + body).getBytes(StandardCharsets.US_ASCII));
    }
}
