package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.FieldLines;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.HttpUpgradeListener;
import io.undertow.server.SSLSessionInfo;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * One client's connection, as handlers see it by {@link HttpServerExchange#getConnection()}. To be used on its I/O thread
 * or by whoever runs the exchange.
 */
public final class Http1Connection extends AbstractServerConnection {
    private final IoState io;
    private final ResponseSink responses;
    private final RequestLoop loop;
    private @Nullable HttpUpgradeListener upgradeListener;
    private @Nullable SSLSessionInfo sslSessionInfo;
    private volatile @Nullable Runnable clientGone;
    private String query = "";
    private boolean hasQuery;

    Http1Connection(Http1Listener listener, StreamConnection channel, IoState io) {
        super(
                channel,
                listener.pool(),
                listener.handler(),
                listener.options(),
                listener.pool().getBufferSize());
        this.io = io;
        this.responses = new ResponseSink(originalSinkConduit, this);
        this.loop = new RequestLoop(this, io, listener.limits());
        addCloseListener(closed -> closed());
    }

    RequestLoop loop() {
        return loop;
    }

    ResponseSink responses() {
        return responses;
    }

    /** Framing for the calling thread: the I/O thread has one for all of its connections. */
    ResponseFrames frames() {
        return Thread.currentThread() == getIoThread() ? io.frames : new ResponseFrames(ByteBuffer::allocate);
    }

    /**
     * The target of the request that runs, as it was sent: path and query, byte for byte (as Latin-1), with its question
     * mark even when nothing follows. Of an absolute URI that is the part behind the authority, {@code /} at least; it is
     * {@code *} for OPTIONS on the whole server. Its host is in the Host field then.
     */
    public String target() {
        HttpServerExchange running = current;
        if (running == null) {
            throw new IllegalStateException("no request runs on this connection");
        }
        String path = running.getRequestURI();
        return hasQuery ? path + '?' + query : path;
    }

    /**
     * Sends an interim answer before the final one, unless the client speaks HTTP/1.0, the final one was begun, or the
     * client has left too many of them unread.
     *
     * @param status from 100 to 199, but not 101
     * @param fields its header fields; any that tell a length are left out, as it has no body (RFC 9110 8.6)
     * @return whether it is on its way
     * @throws IOException when the client cannot be written to
     */
    public boolean sendInterim(int status, HeaderMap fields) throws IOException {
        if (status < 100 || status > 199 || status == 101) {
            throw new IllegalArgumentException("status: " + status + " (expected: 100 to 199, but not 101)");
        }
        HttpServerExchange running = current;
        if (running == null || !running.isHttp11() || running.isResponseStarted() || responses.isClogged()) {
            return false;
        }
        if (status == 100) {
            HttpContinue.markContinueResponseSent(running);
        }
        fields.remove(Headers.CONTENT_LENGTH);
        fields.remove(Headers.TRANSFER_ENCODING);
        if (!responses.interim(status, fields)) {
            pushPending(() -> {});
        }
        return true;
    }

    /**
     * Passes the fields of another server's answer on with the present exchange's, without their becoming part of it:
     * handlers do not see them. The answer's status is set already, and the first of its body, or its end, follows in the
     * same call.
     *
     * @param fields of the answer, with a Content-Length exactly when its length is known
     * @param length of the body in bytes, or -1 when it is not known
     * @return false when that cannot be; the exchange needs to get the fields then
     */
    public boolean passOn(FieldLines fields, long length) {
        return responses.passOn(fields, length);
    }

    /** Sends what the socket did not take yet as soon as it takes it, then does something else. */
    void pushPending(Runnable then) {
        ConduitStreamSinkChannel sink = channel.getSinkChannel();
        sink.setWriteListener(ready -> {
            try {
                if (responses.flushPending()) {
                    ready.suspendWrites();
                    then.run();
                }
            } catch (IOException e) {
                IoUtils.safeClose(this);
            }
        });
        sink.resumeWrites();
    }

    /**
     * Sets what is to be done when this connection is closed while the present request runs: the client reset it, or
     * cannot be written to, or someone closed it here. Not done any more once the exchange is complete. A client that
     * only ended its sending direction is not gone: it may wait for the answer.
     *
     * @param action called once, on the thread that closes the connection
     */
    public void onClientGone(Runnable action) {
        clientGone = action;
    }

    /** Whether the client ended its sending direction, as far as is known. */
    public boolean isHalfClosed() {
        return originalSourceConduit.isReadShutdown();
    }

    void begin(HttpServerExchange exchange, RequestHead head) {
        hasQuery = head.target.hasQuery();
        query = hasQuery ? head.target.query(head.bytes) : "";
        exchange.setQueryString(query);
        upgradeListener = null;
        current = exchange;
    }

    @Nullable
    HttpServerExchange running() {
        return current;
    }

    private void closed() {
        Runnable action = clientGone;
        clientGone = null;
        if (action != null && current != null) {
            action.run();
        }
        if (Thread.currentThread() == getIoThread()) {
            loop.closed();
        } else {
            getIoThread().execute(loop::closed);
        }
    }

    @Override
    protected void exchangeComplete(HttpServerExchange exchange) {
        if (exchange != current) {
            // An interim answer: the final one takes the socket as it was.
            getSinkChannel().setConduit(originalSinkConduit);
        } else {
            clientGone = null;
            if (Thread.currentThread() == getIoThread()) {
                completed(exchange);
            } else {
                getIoThread().execute(() -> completed(exchange));
            }
        }
    }

    @SuppressWarnings("NullAway") // Undertow means null by "none".
    private void completed(HttpServerExchange exchange) {
        clearChannel();
        current = null;
        loop.completed(exchange, upgradeListener);
    }

    @Override
    protected StreamSinkConduit getSinkConduit(HttpServerExchange exchange, StreamSinkConduit conduit) {
        Connectors.flattenCookies(exchange);
        loop.settlePersistence(exchange);
        responses.begin(exchange);
        return responses;
    }

    @Override
    public HttpServerExchange sendOutOfBandResponse(HttpServerExchange exchange) {
        if (exchange == null || !HttpContinue.requiresContinueResponse(exchange)) {
            throw new IllegalStateException("the client does not wait for a 100 (Continue)");
        }
        HttpServerExchange interim = new HttpServerExchange(this);
        interim.setProtocol(exchange.getProtocol());
        interim.setRequestMethod(exchange.getRequestMethod());
        interim.setRequestURI(exchange.getRequestURI());
        interim.setPersistent(true);
        Connectors.terminateRequest(interim);
        interim.addResponseWrapper((factory, made) -> new InterimSink(originalSinkConduit, responses, made));
        return interim;
    }

    @Override
    public boolean isContinueResponseSupported() {
        return true;
    }

    @Override
    public void terminateRequestChannel(HttpServerExchange exchange) {
        if (exchange == current) {
            loop.abandonBody(exchange);
        }
    }

    @Override
    protected void maxEntitySizeUpdated(HttpServerExchange exchange) {
        loop.limitBody(exchange.getMaxEntitySize());
    }

    @Override
    protected StreamConnection upgradeChannel() {
        clearChannel();
        return channel;
    }

    @Override
    protected boolean isUpgradeSupported() {
        return true;
    }

    @Override
    protected boolean isConnectSupported() {
        return false;
    }

    @Override
    protected void setUpgradeListener(HttpUpgradeListener listener) {
        upgradeListener = listener;
    }

    @Override
    protected void setConnectListener(HttpUpgradeListener listener) {
        throw new IllegalStateException("CONNECT is not served here");
    }

    @Override
    public String getTransportProtocol() {
        return "http/1.1";
    }

    @Override
    public boolean isRequestTrailerFieldsSupported() {
        return false;
    }

    /** None, as TLS is not spoken here, but what was set. */
    @Override
    public @Nullable SSLSessionInfo getSslSessionInfo() {
        return sslSessionInfo;
    }

    @Override
    public void setSslSessionInfo(SSLSessionInfo info) {
        sslSessionInfo = info;
    }
}
