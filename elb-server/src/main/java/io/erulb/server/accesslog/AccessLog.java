package io.erulb.server.accesslog;

import io.erulb.proxy.RequestObserver;
import io.erulb.proxy.RoutedRequest;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A log with a line for each request that a handler gets. What it is to tell waits in a bounded queue for the log's own
 * thread; where that can't keep up, lines are lost and counted, and no request waits. Safe for use by many threads.
 *
 * <p>It is {@link #around} a proxy's handlers, and an observer of that proxy, from which it has the way of a request.
 */
public final class AccessLog implements RequestObserver, AutoCloseable {
    private static final AttachmentKey<Entry> ENTRY = AttachmentKey.create(Entry.class);

    /** A second of ten thousand requests, and some megabytes. */
    private static final int CAPACITY = 8192;

    private final List<HttpString> headers;
    private final EntryQueue queue;
    private final LogWriter writer;

    AccessLog(LogFile file, LineFormat format, int capacity) throws IOException {
        this.headers = format.headers();
        this.queue = new EntryQueue(capacity);
        this.writer = LogWriter.start(queue, format, file);
    }

    /**
     * Opens a log, which is written until it is closed.
     *
     * @throws IOException when it can't be written; the message has the setting and the file
     */
    public static AccessLog open(AccessLogSettings settings) throws IOException {
        Path file = settings.file();
        try {
            return new AccessLog(LogFile.of(file), settings.format(), CAPACITY);
        } catch (IOException e) {
            throw new IOException("ACCESS_LOG: " + file + " (expected: a file that can be written; " + e + ")", e);
        }
    }

    /**
     * Logs the requests that a handler gets.
     *
     * @param client where a request came from, such as {@link io.erulb.proxy.ElbProxy#client}
     */
    public HttpHandler around(HttpHandler next, Function<HttpServerExchange, InetAddress> client) {
        return exchange -> {
            Entry entry = new Entry(exchange, client.apply(exchange), headers, queue::offer);
            exchange.putAttachment(ENTRY, entry);
            exchange.addExchangeCompleteListener(entry);
            next.handleRequest(exchange);
        };
    }

    @Override
    public void over(RoutedRequest request, int status) {
        Entry entry = request.exchange().getAttachment(ENTRY);
        if (entry != null) {
            entry.over(request, status);
        }
    }

    /** Opens the file anew, soon: lines that wait may still go to the one that is open. Returns at once. */
    public void reopen() {
        writer.reopen();
    }

    /** How many lines were lost so far. */
    public long lost() {
        return writer.lost();
    }

    /** Writes what waits, for at most two seconds, and ends. */
    @Override
    public void close() {
        writer.close();
    }
}
