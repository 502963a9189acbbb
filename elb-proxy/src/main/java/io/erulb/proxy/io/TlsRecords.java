package io.erulb.proxy.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * Turns bytes into records of TLS and back, and shakes hands before. Its engine's tasks, such as to verify a certificate, run on
 * the worker of the connection, and everything else on its loop: the engine is locked as long as a task runs, so that it must not
 * be asked for anything then.
 */
final class TlsRecords {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final StreamConnection raw;
    private final StreamSourceConduit in;
    private final StreamSinkConduit out;
    private final SSLEngine engine;
    /** Ready to be filled. */
    private final ByteBuffer received;
    /** Ready to be emptied, as is the next one. */
    private final ByteBuffer plain;

    private final ByteBuffer toSend;
    private @Nullable ReadReadyHandler reader;
    private @Nullable WriteReadyHandler writer;
    private @Nullable IOException failure;
    private boolean working;
    private boolean established;
    private boolean wantsWrites;
    private boolean ended;

    TlsRecords(StreamConnection raw, SSLEngine engine) throws SSLException {
        this.raw = raw;
        this.in = raw.getSourceChannel().getConduit();
        this.out = raw.getSinkChannel().getConduit();
        this.engine = engine;
        // Twice as much as is usual: some send records larger than they may be, and the engine takes them.
        received = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
        plain = ByteBuffer.allocate(2 * engine.getSession().getApplicationBufferSize());
        plain.flip();
        toSend = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        toSend.flip();
        engine.beginHandshake();
    }

    void setReader(ReadReadyHandler handler) {
        reader = handler;
    }

    void setWriter(WriteReadyHandler handler) {
        writer = handler;
    }

    /** Reads all there is, as far as there is room; 0 when nothing is there yet, -1 at the end. */
    int read(ByteBuffer to) throws IOException {
        int before = to.position();
        try {
            fill(to);
        } catch (IOException e) {
            if (to.position() == before) {
                throw e;
            }
            // What came before counts; the next read fails.
        }
        int n = to.position() - before;
        if (n > 0 && (ended || failure != null || !to.hasRemaining())) {
            // The socket may have nothing more to tell, but we have.
            readAgain();
        }
        return n == 0 && ended ? -1 : n;
    }

    private void fill(ByteBuffer to) throws IOException {
        boolean more = true;
        while (more && to.hasRemaining()) {
            more = plain.hasRemaining() || step();
            int part = Math.min(plain.remaining(), to.remaining());
            to.put(to.position(), plain, plain.position(), part).position(to.position() + part);
            plain.position(plain.position() + part);
        }
    }

    private void readAgain() {
        raw.getIoThread().execute(() -> {
            if (raw.isOpen() && reader != null) {
                reader.readReady();
            }
        });
    }

    /** Writes what can be written at present: nothing before the handshake is over. */
    int write(ByteBuffer from) throws IOException {
        if (!established) {
            // Reads shake hands, so that all failures and ends are theirs.
            readAgain();
            return 0;
        }
        int before = from.position();
        boolean room = flush();
        while (room && from.hasRemaining()) {
            room = wrap(from);
        }
        return from.position() - before;
    }

    /** Takes a step of the handshake, or reads a record; false when that must wait for the server or for a task. */
    private boolean step() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (ended || working) {
            return false;
        }
        try {
            boolean more = switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> work();
                case NEED_WRAP -> flush() && wrap(NOTHING);
                default -> unwrap();
            };
            if (!established && !working && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
                established = true;
                wantWrites(wantsWrites);
            }
            return more;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Without a look at the socket meanwhile, which would stay readable and keep the loop busy. */
    private boolean work() {
        working = true;
        in.suspendReads();
        raw.getWorker().execute(() -> {
            try {
                Runnable task = engine.getDelegatedTask();
                while (task != null) {
                    task.run();
                    task = engine.getDelegatedTask();
                }
            } finally {
                resume();
            }
        });
        return false;
    }

    private void resume() {
        try {
            raw.getIoThread().execute(() -> {
                working = false;
                if (raw.isOpen()) {
                    in.resumeReads();
                    readAgain();
                }
            });
        } catch (RejectedExecutionException ending) {
            // The loop ends, and has closed the connection.
        }
    }

    private boolean unwrap() throws IOException {
        plain.clear();
        received.flip();
        Status status;
        try {
            status = engine.unwrap(received, plain).getStatus();
        } finally {
            received.compact();
            plain.flip();
        }
        switch (status) {
            case OK -> {
                return true;
            }
            case BUFFER_UNDERFLOW -> {
                int n = in.read(received);
                ended = n < 0;
                return n > 0;
            }
            case CLOSED -> {
                ended = true;
                return false;
            }
            default -> throw new SSLException("a record that is too large");
        }
    }

    /** Sends a record; false when no more can be sent at present. */
    private boolean wrap(ByteBuffer from) throws IOException {
        toSend.clear();
        SSLEngineResult result;
        try {
            result = engine.wrap(from, toSend);
        } finally {
            toSend.flip();
        }
        boolean sent = flush();
        if (result.getStatus() != Status.OK && from.hasRemaining()) {
            throw new ClosedChannelException();
        }
        return sent && result.getStatus() == Status.OK;
    }

    /** Sends what is left of records; false when the socket does not take all of it yet. */
    boolean flush() throws IOException {
        if (toSend.hasRemaining()) {
            out.write(toSend);
        }
        if (toSend.hasRemaining()) {
            out.resumeWrites();
            return false;
        }
        return true;
    }

    /** Whether the writer wants to be told when it can write, which it cannot before the handshake is over. */
    void wantWrites(boolean wanted) {
        wantsWrites = wanted;
        if (toSend.hasRemaining() || (wanted && established)) {
            out.resumeWrites();
        } else {
            out.suspendWrites();
        }
    }

    boolean wantsWrites() {
        return wantsWrites;
    }

    /** The socket takes more. */
    void writeReady() {
        try {
            if (!flush()) {
                return;
            }
        } catch (IOException e) {
            failure = e;
        }
        wantWrites(wantsWrites);
        if (failure != null || !established) {
            readAgain();
        } else if (wantsWrites && writer != null) {
            writer.writeReady();
        }
    }

    /** Tells the server that the connection ends, or why the handshake failed, where that can be done at once. */
    void sayGoodbye() {
        if (working) {
            return;
        }
        engine.closeOutbound();
        try {
            if (flush()) {
                wrap(NOTHING);
            }
        } catch (IOException gone) {
            // It has heard, or never will.
        }
    }
}
