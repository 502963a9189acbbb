package io.erulb.server.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The thread that makes lines of entries and writes them, many at a time, a tenth of a second late at most. While it cannot
 * write it tries again each second from where it stopped, and entries wait. All but the flags is the thread's own.
 */
final class LogWriter implements Runnable, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LogWriter.class.getName());
    private static final int BUFFER = 64 * 1024;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_WAIT_MILLIS = 2_000;
    private static final long GIVE_UP_WAIT_MILLIS = 500;

    private final EntryQueue queue;
    private final LineFormat format;
    private final LogFile file;
    private final Thread thread = new Thread(this, "elb-access-log");
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final StringBuilder line = new StringBuilder();
    private @Nullable WritableByteChannel channel;
    private boolean failing;
    private int linesInBuffer;
    private long seen;
    private long told;
    private final LongAdder givenUp = new LongAdder();
    private volatile boolean reopening;
    private volatile boolean closed;

    private LogWriter(EntryQueue queue, LineFormat format, LogFile file) throws IOException {
        this.queue = queue;
        this.format = format;
        this.file = file;
        this.channel = file.open();
    }

    /** Starts to write what the queue gets. */
    static LogWriter start(EntryQueue queue, LineFormat format, LogFile file) throws IOException {
        LogWriter writer = new LogWriter(queue, format, file);
        queue.wakes(writer.thread);
        writer.thread.setDaemon(true);
        writer.thread.start();
        return writer;
    }

    /** Lines that found no room in the queue, could not be made, or were given up when the log was closed. */
    long lost() {
        return queue.refused() + givenUp.sum();
    }

    void reopen() {
        reopening = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WAIT_MILLIS);
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(GIVE_UP_WAIT_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (!closed) {
            writeAll();
            tellLosses();
            LockSupport.parkNanos(this, PAUSE);
        }
        writeAll();
        tellLosses();
        closeChannel();
    }

    private void writeAll() {
        for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
            if (reopening) {
                openAnew();
            }
            write(entry);
        }
        flush();
        if (reopening) {
            openAnew();
        }
    }

    private void openAnew() {
        reopening = false;
        flush();
        closeChannel();
        try {
            channel = file.open();
        } catch (IOException e) {
            failed(e);
        }
    }

    /** A fault in one line must not end the thread, and with it the log. */
    private void write(Entry entry) {
        line.setLength(0);
        try {
            format.write(entry, line);
        } catch (RuntimeException e) {
            givenUp.increment();
            LOG.log(Level.WARNING, "a line of the access log could not be made", e);
            return;
        }
        line.append('\n');
        buffer();
    }

    private void buffer() {
        linesInBuffer++;
        for (int i = 0; i < line.length(); i++) {
            if (!buffer.hasRemaining()) {
                flush();
                linesInBuffer = 1;
            }
            buffer.put((byte) line.charAt(i));
        }
    }

    /** Writes what is in the buffer, however long that takes, unless the log is being closed. */
    private void flush() {
        buffer.flip();
        while (buffer.hasRemaining()) {
            try {
                opened().write(buffer);
                worksAgain();
            } catch (IOException e) {
                failed(e);
                if (closed) {
                    giveUp();
                    break;
                }
                LockSupport.parkNanos(this, RETRY);
            }
        }
        buffer.clear();
        linesInBuffer = 0;
    }

    private WritableByteChannel opened() throws IOException {
        WritableByteChannel open = channel;
        if (open == null) {
            open = file.open();
            channel = open;
        }
        return open;
    }

    private void failed(IOException e) {
        closeChannel();
        if (!failing) {
            failing = true;
            LOG.warning(() -> "the access log can't be written, which is tried again each second: " + e);
        }
    }

    private void worksAgain() {
        if (failing) {
            failing = false;
            LOG.info("the access log is written again");
        }
    }

    private void giveUp() {
        int waiting = linesInBuffer;
        while (queue.poll() != null) {
            waiting++;
        }
        givenUp.add(waiting);
    }

    private void closeChannel() {
        WritableByteChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.warning(() -> "the access log can't be closed: " + e);
            }
        }
    }

    /** Once for all that were lost one soon after the other. */
    private void tellLosses() {
        long all = lost();
        boolean over = closed || all == seen;
        seen = all;
        if (over && all > told) {
            long fresh = all - told;
            told = all;
            LOG.warning(() -> fresh + " lines of the access log were lost, as they could not be written in time");
        }
    }
}
