package io.erulb.proxy.http1.server;

import java.io.IOException;
import org.xnio.IoUtils;

/**
 * The gentle end of a connection (RFC 9112 9.6): nothing more is said, and for a while, bounded in bytes and time, what
 * still comes is thrown away. A socket closed at once with bytes unread would be reset, and the client might lose the
 * answer. Confined to the I/O thread.
 */
final class Farewell {
    private final Http1Connection connection;
    private final IoState io;
    private long left;

    Farewell(Http1Connection connection, IoState io, long lingerBytes) {
        this.connection = connection;
        this.io = io;
        this.left = lingerBytes;
    }

    /** Sends the reason, then ends this direction. */
    void say(Refusal refusal) {
        try {
            if (connection.responses().send(refusal.answer(io.frames.date))) {
                endWrites();
            } else {
                connection.pushPending(this::endWrites);
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
    }

    /** Ends this direction; the client sees the end of the stream behind the answer. */
    void endWrites() {
        try {
            connection.getOriginalSinkConduit().terminateWrites();
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
    }

    /** Bytes came, or the end. */
    void readReady() {
        try {
            int n = connection.getOriginalSourceConduit().read(io.readBuffer.clear());
            left -= n;
            if (n < 0 || left < 0) {
                IoUtils.safeClose(connection);
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
    }
}
