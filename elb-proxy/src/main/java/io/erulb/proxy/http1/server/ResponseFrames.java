package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.FieldLines;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes what goes before and behind the data of an answer: heads, chunk sizes, ends. What it hands out lasts until it is
 * asked again. Confined to one thread.
 */
final class ResponseFrames {
    private static final byte[] CONNECTION_CLOSE = ascii("Connection: close\r\n");
    private static final byte[] CONNECTION_KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n");
    private static final byte[] CHUNK_END = ascii("\r\n");
    private static final byte[] CHUNK_AND_BODY_END = ascii("\r\n0\r\n\r\n");
    private static final int FRONT_SIZE = 4096;

    final HttpDate date = new HttpDate(System::currentTimeMillis);
    private final HeadBytes bytes = new HeadBytes();
    private final ByteBuffer frontBuffer;
    private final ByteBuffer chunkEnd;
    private final ByteBuffer chunkAndBodyEnd;
    private ByteBuffer[] parts = new ByteBuffer[4];

    ResponseFrames(IntFunction<ByteBuffer> allocator) {
        frontBuffer = allocator.apply(FRONT_SIZE);
        chunkEnd = allocator.apply(CHUNK_END.length).put(CHUNK_END);
        chunkAndBodyEnd = allocator.apply(CHUNK_AND_BODY_END.length).put(CHUNK_AND_BODY_END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins what goes before data. */
    ResponseFrames front() {
        bytes.clear();
        return this;
    }

    /** Adds the head. Its fields agree with the framing already, those passed on as well. */
    void head(HttpServerExchange exchange, ResponseFraming framing, @Nullable FieldLines passedOn) {
        statusLine(exchange);
        HeaderMap fields = exchange.getResponseHeaders();
        connection(exchange, fields);
        if (framing == ResponseFraming.CHUNKED) {
            bytes.put(CHUNKED);
        }
        boolean dated = fields.contains(Headers.DATE) || (passedOn != null && passedOn.hasDate());
        if (!dated && exchange.getStatusCode() >= 200) {
            bytes.put(date.line());
        }
        if (passedOn != null) {
            bytes.put(passedOn);
        }
        fields(fields);
        bytes.putLineEnd();
    }

    /** Adds the head of an interim answer. */
    void interim(int status, HeaderMap fields) {
        bytes.put(StatusLine.bytes(status));
        fields(fields);
        bytes.putLineEnd();
    }

    private void statusLine(HttpServerExchange exchange) {
        int status = exchange.getStatusCode();
        String reason = exchange.getReasonPhrase();
        if (reason == null) {
            bytes.put(StatusLine.bytes(status));
        } else {
            bytes.put(StatusLine.text(status, reason.replaceAll("[^\\x20-\\x7e]", " ")));
        }
    }

    /** The handler's own Connection field is written but where the connection closes or HTTP/1.0 needs telling. */
    private void connection(HttpServerExchange exchange, HeaderMap fields) {
        if (!exchange.isPersistent() && !exchange.isUpgrade()) {
            fields.remove(Headers.CONNECTION);
            bytes.put(CONNECTION_CLOSE);
        } else if (!exchange.isHttp11() && !fields.contains(Headers.CONNECTION)) {
            bytes.put(CONNECTION_KEEP_ALIVE);
        }
    }

    private void fields(HeaderMap fields) {
        for (long at = fields.fastIterateNonEmpty(); at != -1L; at = fields.fiNextNonEmpty(at)) {
            HeaderValues values = fields.fiCurrent(at);
            HttpString name = values.getHeaderName();
            for (int i = 0; i < values.size(); i++) {
                bytes.putField(name, values.get(i));
            }
        }
    }

    /** Adds the line before a chunk. */
    void chunk(long size) {
        bytes.put(Long.toHexString(size));
        bytes.putLineEnd();
    }

    /** Adds the last chunk and the trailers attached to the exchange. */
    void lastChunk(HttpServerExchange exchange) {
        bytes.put(LAST_CHUNK);
        HeaderMap trailers = exchange.getAttachment(HttpAttachments.RESPONSE_TRAILERS);
        if (trailers != null) {
            fields(trailers);
        }
        bytes.putLineEnd();
    }

    /** Whether anything was added yet. */
    boolean isBegun() {
        return bytes.length() > 0;
    }

    /** Adds data, which is taken. */
    void data(Run run) {
        run.moveTo(bytes);
    }

    /** Adds what goes behind a chunk's data, with or without the end of the body. */
    void endOfChunk(boolean last) {
        bytes.put(last ? CHUNK_AND_BODY_END : CHUNK_END);
    }

    /** What was added. */
    ByteBuffer frontBytes() {
        return bytes.flipInto(frontBuffer);
    }

    /** What goes behind a chunk's data, with or without the end of the body. */
    ByteBuffer chunkEnd(boolean last) {
        return last ? chunkAndBodyEnd.rewind() : chunkEnd.rewind();
    }

    /** An array with room for that many buffers, for one gathering write. */
    ByteBuffer[] parts(int count) {
        if (parts.length < count) {
            parts = new ByteBuffer[count];
        }
        return parts;
    }
}
